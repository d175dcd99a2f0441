// Writes a file atomically: a reader, or a killed process, sees the old content or the new one, never a part.

import { lstat, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { sweepLeftovers, temporaryName } from "./leftovers.js";
import { syncFile } from "./sync-file.js";

/**
 * Replaces a file's content, or creates the file. Permissions are kept. A symbolic link in its place is replaced by the file: a link is
 * never followed, since it could lead out of the repository.
 *
 * @param isStill Checked right before the new content takes the old one's place; `false` leaves the file unchanged.
 * @returns Whether the file has the new content.
 * @throws what the file system throws: the disk is full, or the folder is read-only.
 */
export async function replaceFile(
  file: string,
  content: string | Uint8Array,
  isStill?: () => Promise<boolean>,
): Promise<boolean> {
  const folder = dirname(file);
  const prefix = `.${basename(file)}.`;
  sweepLeftovers(folder, prefix);
  const temporary = join(folder, temporaryName(prefix));
  try {
    const mode = (await lstat(file).catch(() => undefined))?.mode;
    const written = await open(temporary, "wx", mode);
    try {
      await written.writeFile(content, "utf8");
      await syncFile(written);
    } finally {
      await written.close();
    }
    if (isStill !== undefined && !(await isStill())) {
      await rm(temporary, { force: true });
      return false;
    }
    await rename(temporary, file);
    return true;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
