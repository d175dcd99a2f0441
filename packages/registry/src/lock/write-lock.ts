// Writes prompts.lock so that a reader sees the old file or the new one, never half of either.

import { randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { LOCK_FILE } from "./lock-file.js";

/**
 * Writes the lock of a project.
 *
 * @param dir The project's folder.
 * @param text What `readSnapshot` gave as `lock.text`.
 * @throws what the file system throws: a full disk, a folder that may not be written.
 */
export async function writeLock(dir: string, text: string): Promise<void> {
  const temporary = join(dir, `.${LOCK_FILE}.${randomBytes(6).toString("hex")}`);
  try {
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(text, "utf8");
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(dir, LOCK_FILE));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
