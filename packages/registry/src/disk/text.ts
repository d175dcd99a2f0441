// From the bytes of a file to the text that Cuecard works with, or the reason why there is none.

import type { Diagnostic, Place } from "@cuecard/model";
import { diagnose } from "@cuecard/model";
import { BLOB_LIMIT } from "../git/reader.js";

const utf8 = new TextDecoder("utf-8", { fatal: true });
const LFS_POINTER = "version https://git-lfs.github.com/spec/";

/** A file's text, or the function that makes its diagnostic at the place where it turns up. */
export type Decoded =
  | { readonly text: string; readonly report?: never }
  | { readonly text?: never; readonly report: (place: Place) => Diagnostic };

/**
 * Reads bytes as UTF-8 text without byte-order mark and with `\n` line ends.
 *
 * @param size The file's size in bytes, when `data` was not read because of it.
 * @param limit How many bytes it may have.
 */
export function decodeText(data: Uint8Array, size: number = data.length, limit: number = BLOB_LIMIT): Decoded {
  if (size > limit) return { report: (place) => diagnose("prompt/too-large", { bytes: size, limit }, place) };
  let text: string;
  try {
    text = utf8.decode(data);
  } catch {
    return notText("it is not valid UTF-8");
  }
  if (text.includes("\0")) return notText("it holds a NUL byte");
  if (text.startsWith(LFS_POINTER)) return notText("it is a Git LFS pointer; keep prompts out of LFS (.gitattributes)");
  return { text: text.includes("\r") ? text.replaceAll("\r\n", "\n") : text };
}

function notText(problem: string): Decoded {
  return { report: (place) => diagnose("prompt/not-text", { problem }, place) };
}
