// The tags of a repository, read from git's files: tests of killed commands look at hundreds of states, and starting git for
// each takes longer than everything else that they check there.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * @param gitDir The repository's `.git`, or the folder of a bare repository.
 * @returns The names, sorted as `git tag` does.
 * @throws Error for a file that is not a whole ref: git would ignore it with a warning.
 */
export function readTags(gitDir: string): string[] {
  const loose = readdirSync(path.join(gitDir, "refs/tags"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".lock"))
    .map((entry) => path.join(entry.parentPath, entry.name));
  for (const file of loose)
    if (!/^[0-9a-f]{40}\n$/.test(readFileSync(file, "utf8"))) throw new Error(`${file} is not a whole ref`);
  const names = loose.map((file) => path.relative(path.join(gitDir, "refs/tags"), file));
  return [...new Set([...names, ...readPacked(gitDir)])].sort();
}

function readPacked(gitDir: string): string[] {
  try {
    const lines = readFileSync(path.join(gitDir, "packed-refs"), "utf8");
    return [...lines.matchAll(/^[0-9a-f]{40} refs\/tags\/(.+)$/gm)].map(([, name = ""]) => name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
