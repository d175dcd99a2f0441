// Writes prompts.lock: under a lock between processes, starting from the current text.

import { join } from "node:path";
import { type Diagnostic, diagnose, type VersionId, writeFailure } from "@cuecard/model";
import { replaceFile } from "../disk/replace-file.js";
import { NO_TEXT, readProjectFile } from "../git/project-file.js";
import { whileAlone } from "../git/while-alone.js";
import { addLines } from "./add-lines.js";
import { LOCK_FILE, type LockEntry } from "./lock-file.js";
import { type LockResult, rebaseLockUpdate } from "./plan-lock-update.js";
import { retireLines } from "./retire-lines.js";

/**
 * Writes a planned update of prompts.lock. Lines that others have changed since it was planned are kept.
 *
 * @param dir The project's folder.
 * @returns Why it was not written; `undefined` if it was.
 */
export function saveLock(dir: string, lock: LockResult): Promise<Diagnostic | undefined> {
  return updateLock(dir, (now) => rebaseLockUpdate(lock, now));
}

/**
 * Marks versions as retired, or removes the mark if no reason is given.
 *
 * @param dir The project's folder.
 * @param lock The update that is written with it: a version may not have its line yet.
 * @returns Why it was not written: the line of a version may be missing or different by now. `undefined` if it was.
 */
export function saveRetirement(
  dir: string,
  lock: LockResult,
  versions: readonly (VersionId & { readonly digest: string })[],
  reason: string | undefined,
): Promise<Diagnostic | undefined> {
  return updateLock(dir, (now) => {
    const rebased = rebaseLockUpdate(lock, now);
    return typeof rebased === "string" ? retireLines(rebased, versions, reason) : rebased;
  });
}

/**
 * Adds the lines of versions. Lines that prompts.lock has by now are kept.
 *
 * @param dir The project's folder.
 * @returns Why they were not added: the line of a version may be different by now. `undefined` if they were.
 */
export function saveLines(dir: string, entries: readonly LockEntry[]): Promise<Diagnostic | undefined> {
  return updateLock(dir, (now) => addLines(now, entries));
}

/**
 * Checks that prompts.lock can be written, by doing everything but the last step.
 *
 * @returns Why it cannot.
 */
export async function probeLock(dir: string): Promise<Diagnostic | undefined> {
  try {
    const read = await readLock(dir);
    if (typeof read !== "string") return read;
    await replaceFile(join(dir, LOCK_FILE), read, async () => false);
    return undefined;
  } catch (error) {
    return writeFailure(error, LOCK_FILE, LOCK_FILE);
  }
}

/** How often to try again after an editor or git has changed the file. */
const TURNS = 20;

async function updateLock(dir: string, change: (now: string) => string | Diagnostic): Promise<Diagnostic | undefined> {
  const place = { file: LOCK_FILE };
  try {
    const alone = await whileAlone(dir, "prompts", async () => {
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

async function readLock(dir: string): Promise<string | Diagnostic> {
  const file = (await readProjectFile(dir, LOCK_FILE, true)) ?? NO_TEXT;
  return file.diagnostics[0] ?? file.text;
}
