// What a message says: text, or for prompts with media a list of parts.

/** A part of a message. Types and not interfaces: LangChain's contents are records, and an interface is none. */
export type ContentPart = TextPart | MediaPart;

export type TextPart = {
  type: "text";
  text: string;
};

export type MediaPart = {
  type: "media";
  /** Where it is, or itself as a `data:` URL. */
  url: string;
  /** Its media type, such as `image/png`, where the template says it. */
  contentType?: string;
};
