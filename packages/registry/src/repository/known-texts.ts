// The texts of working files, each read once as long as nothing about the file changes.

import { readFileSync, type Stats } from "node:fs";
import { diagnose } from "@cuecard/model";
import { markFile } from "../disk/file-mark.js";
import { BLOB_LIMIT, type Decoded, decodeText } from "../disk/text.js";

/** Texts of files that earlier listings of the same process read. */
export class KnownTexts {
  readonly #texts = new Map<string, { readonly mark: string; readonly text: Decoded }>();
  readonly #now: () => number;

  /** @param now The time, in milliseconds. */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /**
   * The text of a file, which is not read again if nothing about the file has changed. Its times are believed if they are so old that
   * a later change would have given it others.
   */
  read(path: string, limit: number = BLOB_LIMIT): Decoded {
    const mark = markFile(path, this.#now);
    const known = this.#texts.get(path);
    if (known !== undefined && known.mark === mark.text) return known.text;
    const text = readText(path, mark.stats, limit);
    if (mark.isSettled) this.#texts.set(path, { mark: mark.text, text });
    else this.#texts.delete(path);
    return text;
  }
}

/** The text that a file has now. */
export function readFileText(path: string, limit: number): Decoded {
  return readText(path, markFile(path).stats, limit);
}

// Synchronous: this reads many small files ten times faster than promises do, and git runs at the same time.
function readText(path: string, found: Stats | undefined, limit: number): Decoded {
  try {
    if (found === undefined) throw new Error("no file");
    if (found.isSymbolicLink())
      return { report: (...at) => diagnose("prompt/not-a-file", { what: "a symbolic link" }, ...at) };
    const { size } = found;
    return decodeText(size > limit ? new Uint8Array() : readFileSync(path), size, limit);
  } catch {
    return { report: (...at) => diagnose("prompt/not-a-file", { what: "a file that cannot be read" }, ...at) };
  }
}
