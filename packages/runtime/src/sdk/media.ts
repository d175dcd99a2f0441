// Media of messages: an address, or the data itself.

import type { MediaPart } from "../content.js";
import { ownProperty } from "../safe-members.js";
import { PromptRequestError } from "./request-error.js";
import type { Sendable } from "./sendable.js";

export interface Media {
  readonly url: string;
  /** `image/png`: what the template says, otherwise what a `data:` URL says. */
  readonly type: string | undefined;
  /** `image`, `audio`; media of an unknown type are images. */
  readonly kind: string;
  /** Base64, of a `data:` URL. */
  readonly data: string | undefined;
}

/** @throws PromptRequestError for a `data:` URL that is not Base64. */
export function readMedia(prompt: Sendable, part: MediaPart): Media {
  const { url } = part;
  const isData = /^data:/i.test(url);
  const comma = isData ? url.indexOf(",") : -1;
  const [given, ...parameters] = url.slice("data:".length, Math.max(comma, 0)).split(";");
  const data = parameters.at(-1)?.toLowerCase() === "base64" ? url.slice(comma + 1) : undefined;
  if (data === undefined && isData) throw new PromptRequestError(prompt.uri, "a data: URL of its media is not Base64");
  const type = (ownProperty(part, "contentType") as string | undefined) ?? (given || undefined);
  return { url, type, kind: type?.split("/", 1)[0] ?? "image", data };
}

/** A name for a file, without which OpenAI refuses it. */
export function fileName(type = ""): string {
  return `file.${type.split("/").at(-1)}`;
}

/** @throws PromptRequestError always. */
export function refuseMedia(prompt: Sendable, { type }: Media, sdk: string): never {
  const problem =
    type === undefined ? "needs the type of its media: {{media url=… contentType=…}}" : `does not accept ${type}`;
  throw new PromptRequestError(prompt.uri, `${sdk} ${problem}`);
}
