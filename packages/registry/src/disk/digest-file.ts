// The digest that identifies a file's bytes: who edits or proposes a file gives it back, and learns whether the file is still the same.

import { createHash } from "node:crypto";

/** @returns SHA-256 in hexadecimal digits. */
export function digestFile(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}
