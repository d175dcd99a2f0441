// Every change of prompts.lock: of what stands there at that moment, while no other process of ours changes it.

import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { type Diagnostic, diagnose, type VersionId, writeFailure } from "@cuecard/model";
import { withFileLock } from "../disk/file-lock.js";
import { NO_TEXT, readProjectFile } from "../disk/project-file.js";
import { replaceFile } from "../disk/replace-file.js";
import { inspectRepository } from "../git/preflight.js";
import { LOCK_FILE } from "./lock-file.js";
import { type LockResult, rebaseLockUpdate } from "./plan-lock-update.js";
import { retireLines } from "./retire-lines.js";

/**
 * Writes what a reading found that prompts.lock should hold. What others changed since it was read stays.
 *
 * @param dir The project's folder.
 * @returns Why it was not written.
 */
export function saveLock(dir: string, lock: LockResult): Promise<Diagnostic | undefined> {
  return updateLock(dir, (now) => rebaseLockUpdate(lock, now));
}

/**
 * Marks versions as retired, or takes the mark away where there is no reason.
 *
 * @param dir The project's folder.
 * @param lock What a reading found: a version that was released since may have no line yet.
 * @returns Why it was not written: a version's line may be gone, or another one, by now.
 */
export function saveRetirement(
  dir: string,
  lock: LockResult,
  versions: readonly (VersionId & { readonly digest: string })[],
  reason: string | undefined,
): Promise<Diagnostic | undefined> {
  return updateLock(dir, (now) => {
    const settled = rebaseLockUpdate(lock, now);
    return typeof settled === "string" ? retireLines(settled, versions, reason) : settled;
  });
}

/** Turns that are lost are lost to people's editors and to git. */
const TURNS = 20;

async function updateLock(dir: string, change: (now: string) => string | Diagnostic): Promise<Diagnostic | undefined> {
  const place = { file: LOCK_FILE };
  try {
    const alone = await withFileLock(join(lockFolder(dir), "cuecard-prompts.lock"), async () => {
      for (let turn = 0; turn < TURNS; turn++) {
        const read = await readLock(dir);
        if (typeof read !== "string") return read;
        const wanted = change(read);
        if (typeof wanted !== "string") return wanted;
        const isStill = async () => (await readLock(dir)) === read;
        if (wanted === read || (await replaceFile(join(dir, LOCK_FILE), wanted, isStill))) return undefined;
      }
      return diagnose("lock/busy", {}, place);
    });
    return alone === undefined ? diagnose("lock/busy", {}, place) : alone.done;
  } catch (error) {
    return writeFailure(error, LOCK_FILE, LOCK_FILE);
  }
}

/** A repository may be writable but for git's own folder. */
function lockFolder(dir: string): string {
  const gitDir = inspectRepository(dir)?.gitDir ?? dir;
  try {
    accessSync(gitDir, constants.W_OK);
    return gitDir;
  } catch {
    return dir;
  }
}

async function readLock(dir: string): Promise<string | Diagnostic> {
  const file = (await readProjectFile(dir, LOCK_FILE)) ?? NO_TEXT;
  return file.diagnostics[0] ?? file.text;
}
