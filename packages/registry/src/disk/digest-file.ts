// The digest that identifies a file's bytes. Requests that edit or propose a file include it, so that a change in between is found.

import { createHash } from "node:crypto";

/** @returns SHA-256 in hexadecimal digits. */
export function digestFile(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}
