// Reads the files of a repository that `init` looks at or adds to.

import { readFileSync } from "node:fs";
import path from "node:path";
import { findNonFile } from "@cuecard/project";
import { decodeInput } from "../decode-input.js";
import { RequestError } from "../exit.js";

/** The character that some editors write at the start of a UTF-8 file. */
export const BOM = "\uFEFF";

/**
 * A file's text without a byte-order mark, which JSON and YAML do not allow; `undefined` if the file does not exist.
 *
 * @throws RequestError when it is a link or not UTF-8 text, and what the file system throws when it cannot be read.
 */
export function readText(folder: string, file: string): string | undefined {
  return readExactText(folder, file)?.replace(/^\uFEFF/, "");
}

/** The same with the byte-order mark: written again, it is the same bytes. */
export function readExactText(folder: string, file: string): string | undefined {
  refuseNonFile(folder, file);
  try {
    return decodeInput(readFileSync(path.join(folder, file)), file, { keepsBom: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
}

/**
 * Refuses a link in the place of a file, or of a folder above it: it can lead out of the repository.
 *
 * @throws RequestError
 */
export function refuseNonFile(folder: string, file: string): void {
  const found = findNonFile(folder, file);
  if (found !== undefined)
    throw new RequestError(
      `${found.path} is ${found.what}, not a regular file`,
      "replace it with a regular file, then run init again",
    );
}
