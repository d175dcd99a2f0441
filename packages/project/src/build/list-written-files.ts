// Every file under a folder, with size and time.

import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import type { WrittenFile } from "../cache/build-state.js";

/** Paths with `/`, sorted; empty when there is no such folder. Anything but files and folders counts as a file of size -1. */
export async function listWrittenFiles(dir: string): Promise<WrittenFile[]> {
  const files: WrittenFile[] = [];
  // Synchronous on purpose: ten thousand stats take a tenth of the time that as many promises do.
  const walk = (folder: string) => {
    for (const entry of readdirSync(path.join(dir, folder), { withFileTypes: true })) {
      const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(name);
      else if (entry.isFile()) {
        const found = statSync(`${dir}/${name}`);
        files.push([name, found.size, found.mtimeMs]);
      } else files.push([name, -1, 0]);
    }
  };
  try {
    walk("");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT" && code !== "ENOTDIR") throw error;
    if (code === "ENOTDIR") return [["", -1, 0]];
  }
  return files.sort(([a], [b]) => (a < b ? -1 : 1));
}
