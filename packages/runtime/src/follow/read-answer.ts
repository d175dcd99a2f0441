// From what a source answers to a document that may be used: its text, its signature, its sequence.

import { malformed, type PointerDocument, parseDocument, readPointers, readSigned } from "./document.js";
import { FollowError } from "./follow-error.js";
import { host } from "./host.js";
import { tooLarge } from "./http-request.js";
import type { Verifier } from "./signature.js";

/** @throws FollowError if the document is wrong, or a signature is demanded and not valid. */
export async function readText(text: string, verifier: Verifier | undefined): Promise<PointerDocument> {
  const root = parseDocument(text);
  const signed = readSigned(root);
  if (signed === undefined) {
    if (verifier === undefined) return readPointers(root);
    throw new FollowError("unsigned", "the document is not signed, and publicKey demands a signature");
  }
  await verifier?.verify(signed.payload, signed.signature);
  return readPointers(parseDocument(signed.payload));
}

export interface Sequences {
  /** That of the document in effect. */
  readonly seen: number | undefined;
  readonly least: number;
}

/** @throws FollowError if the document is older than one that was accepted, or could be. */
export function refuseOlder({ sequence }: PointerDocument, { seen, least }: Sequences): void {
  const lowest = Math.max(least, seen ?? 0);
  if (sequence === undefined) {
    if (lowest === 0 && seen === undefined) return;
    throw new FollowError("older", `the document has no sequence, but at least ${lowest} is required`);
  }
  if (sequence < lowest)
    throw new FollowError("older", `the document has sequence ${sequence}, but at least ${lowest} is required`);
  if (sequence === seen)
    throw new FollowError(
      "older",
      `a different document with sequence ${sequence} was already accepted; increase sequence`,
    );
}

/** @throws FollowError if it is larger than allowed, or not UTF-8. */
export function toText(body: string | Uint8Array, maxBytes: number): string {
  if (body.length > maxBytes || bytesOf(body, maxBytes) > maxBytes) throw tooLarge(maxBytes);
  if (typeof body === "string") return body.replace(/^\uFEFF/, "");
  try {
    return new host.TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch (cause) {
    throw malformed("it is not UTF-8", cause);
  }
}

/** How long it is as UTF-8; at most as much as its characters can have, where that is allowed anyway. */
function bytesOf(body: string | Uint8Array, maxBytes: number): number {
  if (typeof body !== "string") return body.length;
  const most = body.length * 3;
  return most <= maxBytes ? most : new host.TextEncoder().encode(body).length;
}
