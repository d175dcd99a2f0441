// Puts a folder in the place of another one, and cleans up after a process that was killed while it did so.

import { existsSync, renameSync } from "node:fs";
import { rename } from "node:fs/promises";
import path from "node:path";
import { findLeftovers, temporaryName } from "@cuecard/registry";
import { removeFolder } from "./remove-folder.js";

/** A folder that is replaced as a whole, and the names of the folders beside it while that happens. */
export interface ReplacedFolder {
  /** Absolute. */
  readonly dir: string;
  /** The prefix of a folder that is being written. */
  readonly newPrefix: string;
  /** The prefix of a folder that was replaced. */
  readonly oldPrefix: string;
}

const ATTEMPTS = 20;

/**
 * Two renames, one right after the other. Between them the folder is missing for some microseconds, because Node has no
 * atomic exchange. If another process comes between them, the later one wins. If the second one fails, the folder is put back.
 *
 * @param leave Takes the folder that was replaced.
 */
export async function replaceFolder(
  { dir, oldPrefix }: ReplacedFolder,
  next: string,
  leave: (old: string) => Promise<void>,
): Promise<void> {
  const moved: string[] = [];
  try {
    for (let attempt = 0; ; attempt++) {
      const old = path.join(path.dirname(dir), temporaryName(oldPrefix));
      if (tryRename(dir, old, ["ENOENT"])) moved.push(old);
      if (tryRename(next, dir, attempt < ATTEMPTS ? ["ENOTEMPTY", "EEXIST", "EPERM"] : [])) return;
    }
  } catch (error) {
    const last = moved.pop();
    if (last !== undefined && !tryRename(last, dir, ["ENOTEMPTY", "EEXIST", "EPERM"])) moved.push(last);
    throw error;
  } finally {
    for (const old of moved) await leave(old);
  }
}

/** Removes folders that are half written, and puts a folder back that was caught between two renames. */
export async function recoverFolder({ dir, newPrefix, oldPrefix }: ReplacedFolder): Promise<void> {
  const parent = path.dirname(dir);
  for (const name of findLeftovers(parent, oldPrefix)) {
    const folder = path.join(parent, name);
    if (existsSync(dir)) await removeFolder(folder);
    else await rename(folder, dir);
  }
  for (const name of findLeftovers(parent, newPrefix)) await removeFolder(path.join(parent, name));
}

/** Whether it succeeded; `false` if it failed for an expected reason. */
function tryRename(from: string, to: string, expected: readonly string[]): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (!expected.includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    return false;
  }
}
