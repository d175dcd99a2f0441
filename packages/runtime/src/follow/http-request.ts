// One request and its answer, whichever module sends it.

import { FollowError } from "./follow-error.js";
import type { AbortSignalLike, UrlLike } from "./host.js";

export interface HttpRequest {
  readonly url: UrlLike;
  readonly headers: Readonly<Record<string, string>>;
  readonly maxBytes: number;
  readonly signal: AbortSignalLike;
}

export interface HttpAnswer {
  readonly status: number;
  header(name: string): string | undefined;
  /** Of the status 200 only; empty for others. */
  readonly body: Uint8Array;
}

export function tooLarge(maxBytes: number): FollowError {
  return new FollowError("too-large", `the document with pointers is larger than ${maxBytes} bytes (maxBytes)`);
}

/** The parts of a body in one. */
export function join(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
