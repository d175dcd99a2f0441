// Suggests a file for a misspelled path, from the same folder.

import { readdirSync } from "node:fs";
import path from "node:path";
import { nearest } from "@cuecard/runtime";

export function nearestFile(dir: string, file: string): string | undefined {
  const folder = path.posix.dirname(file);
  try {
    const found = nearest(path.posix.basename(file), readdirSync(path.join(dir, folder)));
    return found === undefined ? undefined : path.posix.join(folder, found);
  } catch {
    return undefined;
  }
}
