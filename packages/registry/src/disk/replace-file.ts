// Writes a file atomically: a reader, or a killed process, sees the old content or the new one, never a part.

import { renameSync } from "node:fs";
import { chmod, link, lstat, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { errorCode } from "./error-code.js";
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
  isStill: () => boolean | Promise<boolean> = () => true,
): Promise<boolean> {
  return writeBeside(file, content, async (temporary) => {
    const still = isStill();
    if (!(typeof still === "boolean" ? still : await still)) return false;
    // Right behind the check: nothing else of this process runs in between.
    renameSync(temporary, file);
    return true;
  });
}

/**
 * Creates a file, never in the place of another: the file system refuses that, even if it appears while this runs.
 *
 * @returns Whether the file was created; `false` if there is something of this name.
 * @throws what the file system throws: the disk is full, or the folder is read-only.
 */
export async function createFile(file: string, content: string | Uint8Array): Promise<boolean> {
  return writeBeside(file, content, async (temporary) => {
    try {
      await link(temporary, file);
      return true;
    } catch (error) {
      if (errorCode(error) === "EEXIST") return false;
      if (!NO_LINKS.has(errorCode(error) ?? "")) throw error;
    }
    // A file system without links, such as FAT: what appears right now would be replaced.
    if ((await lstat(file).catch(() => undefined)) !== undefined) return false;
    await rename(temporary, file);
    return true;
  });
}

const NO_LINKS: ReadonlySet<string> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

/** Removes what processes that were killed while they wrote a file left beside it. Never throws. */
export function sweepBeside(file: string): void {
  sweepLeftovers(dirname(file), prefixOf(file));
}

function prefixOf(file: string): string {
  return `.${basename(file)}.`;
}

/** @param place Gives the new file its name, and returns whether it did. */
async function writeBeside(
  file: string,
  content: string | Uint8Array,
  place: (temporary: string) => Promise<boolean>,
): Promise<boolean> {
  sweepBeside(file);
  const temporary = join(dirname(file), temporaryName(prefixOf(file)));
  try {
    const mode = (await lstat(file).catch(() => undefined))?.mode;
    const written = await open(temporary, "wx", mode);
    try {
      await written.writeFile(content, "utf8");
      // The process's mask took something away.
      if (mode !== undefined) await chmod(temporary, mode & 0o7777);
      await syncFile(written);
    } finally {
      await written.close();
    }
    return await place(temporary);
  } finally {
    await rm(temporary, { force: true });
  }
}
