// Writes planned edits of aliases.json, unless the file has changed since they were planned, and before that the lines of
// prompts.lock that they need.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Applied, diagnose, type VersionId, versionsOf } from "@cuecard/model";
import { ALIASES_FILE } from "../alias-file/parse-aliases.js";
import { replaceFile } from "../disk/replace-file.js";
import { readProjectFile } from "../git/project-file.js";
import { LOCK_FILE, type LockEntry } from "../lock/lock-file.js";
import { saveLines } from "../lock/update-lock.js";
import type { AliasEdit, AliasText } from "./plan-aliases.js";

export interface AliasesApplied {
  /** aliases.json */
  readonly file: string;
  readonly edits: readonly AliasEdit[];
  /** Versions that got a line in prompts.lock. */
  readonly locked: readonly VersionId[];
  /** The files to commit together: prompts.lock must have a line for each version that an alias points at. */
  readonly files: readonly string[];
}

/** The part of a plan that is written. */
export interface AliasWrites {
  readonly edits: readonly AliasEdit[];
  readonly text: AliasText;
  /** Versions that edited aliases point at and that have no line in prompts.lock. */
  readonly locks: readonly LockEntry[];
}

/**
 * If aliases.json has changed since the plan was made, nothing is written. prompts.lock comes first: if the command is
 * killed in between, the lock has a line that no alias needs yet, which is valid, and the next run continues.
 *
 * @param dir The project's folder.
 * @throws what the file system throws: the disk is full, or the folder is read-only.
 */
export async function applyAliasEdits(
  dir: string,
  { edits, text, locks }: AliasWrites,
): Promise<Applied<AliasesApplied>> {
  const path = join(dir, ALIASES_FILE);
  const isStill = async () => (await readProjectFile(dir, ALIASES_FILE))?.exact === text.before;
  const changed = { result: undefined, diagnostics: [diagnose("alias/changed-meanwhile", {}, { file: ALIASES_FILE })] };
  if (!(await isStill())) return changed;
  const problem = locks.length === 0 ? undefined : await saveLines(dir, locks);
  if (problem !== undefined) return { result: undefined, diagnostics: [problem] };
  if (edits.length > 0 && !(await replaceFile(path, text.after, isStill))) return changed;
  const pointsAtVersions = edits.some(({ to }) => to !== undefined && versionsOf(to).length > 0);
  const needsLock = locks.length > 0 || (pointsAtVersions && existsSync(join(dir, LOCK_FILE)));
  const files = [...(edits.length > 0 ? [ALIASES_FILE] : []), ...(needsLock ? [LOCK_FILE] : [])];
  const locked = locks.map(({ name, version }) => ({ name, version }));
  return { result: { file: ALIASES_FILE, edits, locked, files }, diagnostics: [] };
}
