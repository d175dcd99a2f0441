// What can go wrong with following pointers. Only wrong options throw; everything else is in the state, and the last good pointers
// stay.

/**
 * - `option`: an option is wrong; `follow` throws it.
 * - `unreachable`, `timeout`, `status`, `redirect`, `too-large`: the source did not answer with a document.
 * - `source`: the source is a function and failed.
 * - `malformed`: the document cannot be read.
 * - `unsigned`, `signature`: a public key was given, and the document has no valid signature.
 * - `older`: a document with a higher sequence, or another one with the same, was accepted before.
 * - `callback`: `onChange` failed.
 */
export type FollowErrorCode =
  | "option"
  | "unreachable"
  | "timeout"
  | "status"
  | "redirect"
  | "too-large"
  | "source"
  | "malformed"
  | "unsigned"
  | "signature"
  | "older"
  | "callback";

/** Pointers could not be followed; `code` is the kind of reason. */
export class FollowError extends Error {
  override readonly name = "FollowError";
  declare readonly code: FollowErrorCode;
  /** How long the source asks to wait before the next request, in milliseconds. */
  declare readonly retryAfter?: number;

  constructor(code: FollowErrorCode, message: string, details: FollowErrorDetails = {}) {
    super(message, "cause" in details ? { cause: details.cause } : undefined);
    this.code = code;
    if (details.retryAfter !== undefined) this.retryAfter = details.retryAfter;
  }
}

export interface FollowErrorDetails {
  readonly cause?: unknown;
  readonly retryAfter?: number | undefined;
}

const MOST_SHOWN = 300;

/** A text for people, cut if a document made it long. */
export function shorten(text: string): string {
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}

/** A value that is wrong, for people. */
export function showValue(value: unknown): string {
  if (typeof value === "string") return shorten(JSON.stringify(value));
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
  return typeof value === "function" ? "a function" : String(value);
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  try {
    return error instanceof Error ? error.message || error.name : String(error);
  } catch {
    return "an error without a message";
  }
}
