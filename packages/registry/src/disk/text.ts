// Decodes the bytes of a file into text, or reports why that is impossible.

import { type Diagnostic, decodeUtf8, diagnose, type Place, reportNotUtf8, type Subject } from "@cuecard/model";

/** Files and blobs above this size in bytes are not read: their data is empty. */
export const BLOB_LIMIT = 1_000_000;

const LFS_POINTER = "version https://git-lfs.github.com/spec/";

/** A file's text, or a function that creates the diagnostic for the place where the file is used. */
export type Decoded =
  | { readonly text: string; readonly report?: never }
  | { readonly text?: never; readonly report: (place: Place, subject?: Subject) => Diagnostic };

/**
 * Decodes bytes as UTF-8, without a byte-order mark and with `\n` line ends.
 *
 * @param size The file's size in bytes, if `data` was not read because the file is too large.
 * @param limit The largest allowed size in bytes.
 */
export function decodeText(data: Uint8Array, size: number = data.length, limit: number = BLOB_LIMIT): Decoded {
  if (size > limit) return { report: (...at) => diagnose("prompt/too-large", { bytes: size, limit }, ...at) };
  const { text, failure } = decodeUtf8(data);
  if (failure !== undefined) return { report: (...at) => reportNotUtf8(failure, ...at) };
  if (text.startsWith(LFS_POINTER)) return notText("it is a Git LFS pointer; keep prompts out of LFS (.gitattributes)");
  return { text: text.includes("\r") ? text.replaceAll("\r\n", "\n") : text };
}

function notText(problem: string): Decoded {
  return { report: (...at) => diagnose("prompt/not-text", { problem }, ...at) };
}
