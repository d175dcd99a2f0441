// Removes a file of the package.

import { rmdirSync, unlinkSync } from "node:fs";
import path from "node:path";

/** Also removes the folders that it leaves empty. */
export function removeFile(dist: string, file: string): void {
  unlinkSync(path.join(dist, file));
  for (let folder = path.posix.dirname(file); folder !== "."; folder = path.posix.dirname(folder)) {
    try {
      rmdirSync(path.join(dist, folder));
    } catch {
      return; // It has other files.
    }
  }
}
