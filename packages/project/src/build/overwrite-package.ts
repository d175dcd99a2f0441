// Brings a dist folder up to date file by file, as `build --watch` does. `node --watch` watches each imported file by its inode: it
// would notice only the first time that the folder, or a file in it, is replaced by another.

import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import path from "node:path";
import { type Patch, readPatch } from "./joined-file.js";
import { removeFile } from "./remove-file.js";

export interface Overwrite {
  /** The folder with the new files, absolute. */
  readonly from: string;
  /** The files in it, by path within the folder. */
  readonly changed: readonly string[];
  /** Files that are removed. */
  readonly superfluous: readonly string[];
  /** The files that are not in the new folder: what they will contain, as pieces of what they contain now. */
  readonly patches: ReadonlyMap<string, Patch>;
}

/**
 * The entry points are written after what they import, and files that nothing imports any more are removed at the end. If
 * the process is killed in between, the next build completes the folder.
 *
 * @param dist The folder, absolute.
 */
export function overwritePackage(dist: string, { from, changed, superfluous, patches }: Overwrite): void {
  const isEntry = (file: string) => /^(?:index|follow)\./.test(file);
  for (const file of [...changed.filter((one) => !isEntry(one)), ...changed.filter(isEntry)]) {
    const patch = patches.get(file);
    if (patch === undefined) overwriteFile(path.join(dist, file), readFileSync(path.join(from, file)), 0);
    else {
      const { start, bytes, size } = readPatch(patch);
      overwriteFile(path.join(dist, file), bytes, start, size);
    }
  }
  for (const file of superfluous) removeFile(dist, file);
}

/** The text is written in one step, and what is left of a longer text is cut off after it: the file is never empty. */
function overwriteFile(file: string, bytes: Buffer, start: number, size: number = bytes.length): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const handle = openForWriting(file);
  try {
    let at = 0;
    while (at < bytes.length) at += writeSync(handle, bytes, at, bytes.length - at, start + at);
    ftruncateSync(handle, size);
  } finally {
    closeSync(handle);
  }
}

function openForWriting(file: string): number {
  try {
    return openSync(file, "r+");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return openSync(file, "w");
  }
}
