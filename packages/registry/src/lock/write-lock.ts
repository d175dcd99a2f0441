// Writes prompts.lock so that a reader sees the old file or the new one, never half of either.

import { join } from "node:path";
import { replaceFile } from "../replace-file.js";
import { LOCK_FILE } from "./lock-file.js";

/**
 * Writes the lock of a project.
 *
 * @param dir The project's folder.
 * @param text What `readSnapshot` gave as `lock.text`.
 * @throws what the file system throws: a full disk, a folder that may not be written.
 */
export async function writeLock(dir: string, text: string): Promise<void> {
  await replaceFile(join(dir, LOCK_FILE), text);
}
