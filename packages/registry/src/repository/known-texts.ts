// The texts of working files, each read once as long as nothing about the file changes.

import { lstatSync, readFileSync, type Stats } from "node:fs";
import { diagnose } from "@cuecard/model";
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
    const found = statFile(path);
    const mark = markOf(found);
    const known = this.#texts.get(path);
    if (known !== undefined && known.mark === mark) return known.text;
    const isOld = found !== undefined && found.ctimeMs < this.#now() - SETTLED_MILLISECONDS;
    const text = readText(path, found, limit);
    if (isOld) this.#texts.set(path, { mark, text });
    else this.#texts.delete(path);
    return text;
  }
}

/** The text that a file has now. */
export function readFileText(path: string, limit: number): Decoded {
  return readText(path, statFile(path), limit);
}

/** The clocks of file systems are not finer than this. */
const SETTLED_MILLISECONDS = 3000;

function statFile(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}

function markOf(found: Stats | undefined): string {
  return found === undefined ? "" : `${found.dev} ${found.ino} ${found.size} ${found.mtimeMs} ${found.ctimeMs}`;
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
