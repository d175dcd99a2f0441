// Changes of one of the project's own files, one process at a time.

import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { withFileLock } from "../disk/file-lock.js";
import { inspectRepository } from "./preflight.js";

/**
 * Runs work that changes a file while no other process of Cuecard changes it.
 *
 * @param dir The project's folder.
 * @param subject What the file holds.
 * @returns `undefined` if another process was at work for the whole waiting time.
 */
export function whileAlone<T>(
  dir: string,
  subject: "aliases" | "prompts",
  work: () => Promise<T>,
): Promise<{ readonly done: T } | undefined> {
  return withFileLock(join(lockFolder(dir), `cuecard-${subject}.lock`), work);
}

/** Normally git's folder. If that is read-only, the project's folder. */
function lockFolder(dir: string): string {
  const gitDir = inspectRepository(dir)?.gitDir ?? dir;
  try {
    accessSync(gitDir, constants.W_OK);
    return gitDir;
  } catch {
    return dir;
  }
}
