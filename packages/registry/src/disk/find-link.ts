// Finds links in the place of a project's own files. With such a link, the author of a commit could choose a file outside of the
// repository that Cuecard then reads into a message, or overwrites.

import { lstatSync } from "node:fs";
import { dirname, join } from "node:path";

/** What is in the place of a file or folder of the project, instead of it. */
export interface NonFile {
  /** The path, relative to the same folder: the file's, or that of a folder above it. */
  readonly path: string;
  readonly what: "a symbolic link" | "a folder" | "a special file";
}

/**
 * What is in the place of a file: a link, also in the place of a folder above it, a folder or a special file. `undefined` if it is a
 * regular file or does not exist.
 *
 * @param dir The project's folder. Links above it are the user's own.
 * @param file Relative to it.
 */
export function findNonFile(dir: string, file: string): NonFile | undefined {
  const link = findLink(dir, file);
  if (link !== undefined) return link;
  const found = lstatSync(join(dir, file), { throwIfNoEntry: false });
  if (found === undefined || found.isFile()) return undefined;
  return { path: file, what: found.isDirectory() ? "a folder" : "a special file" };
}

/** A link in the place of a file or folder, or of one above it. */
export function findLink(dir: string, path: string): NonFile | undefined {
  for (let part = path; part !== "." && part !== ".."; part = dirname(part)) {
    const isLink = lstatSync(join(dir, part), { throwIfNoEntry: false })?.isSymbolicLink();
    if (isLink === true) return { path: part, what: "a symbolic link" };
  }
  return undefined;
}
