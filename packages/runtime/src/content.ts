// The content of a message: text, or a list of parts for prompts with media.

/** A part of a message. Types and not interfaces: LangChain requires records, which no interface is assignable to. */
export type ContentPart = TextPart | MediaPart;

export type TextPart = {
  type: "text";
  text: string;
};

export type MediaPart = {
  type: "media";
  /** Where it is, or itself as a `data:` URL. */
  url: string;
  /** Its media type, such as `image/png`, if the template has one. */
  contentType?: string;
};
