// Writes planned edits of aliases.json, and before that the lines of prompts.lock that they need: under a lock between processes, starting
// from the current text.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Applied, type Diagnostic, diagnose, toStored, type VersionId, versionsOf } from "@cuecard/model";
import { editAliases } from "../alias-file/edit-aliases.js";
import { ALIASES_FILE } from "../alias-file/parse-aliases.js";
import { replaceFile } from "../disk/replace-file.js";
import { readProjectFile } from "../git/project-file.js";
import { whileAlone } from "../git/while-alone.js";
import { isSameTarget } from "../history/alias-moves.js";
import { LOCK_FILE, type LockEntry } from "../lock/lock-file.js";
import { saveLines } from "../lock/update-lock.js";
import type { AliasEdit, AliasText } from "./plan-aliases.js";
import { readAliasFile } from "./read-alias-file.js";

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

/** How often to try again after an editor or git has changed the file. */
const TURNS = 20;

/**
 * Writes planned edits. Pointers that others have moved since they were planned, and that are not the plan's, are kept; if one of the
 * plan's has moved, nothing is written. prompts.lock is written first: if the command is killed in between, the lock has a line that no
 * alias needs yet, which is valid, and the next run completes the edit.
 *
 * @param dir The project's folder.
 * @throws what the file system throws: the disk is full, or the folder is read-only.
 */
export async function applyAliasEdits(dir: string, writes: AliasWrites): Promise<Applied<AliasesApplied>> {
  const refused = (...diagnostics: readonly Diagnostic[]) => ({ result: undefined, diagnostics });
  const { edits, locks } = writes;
  const alone = await whileAlone(dir, "aliases", async () => {
    for (let turn = 0; turn < TURNS; turn++) {
      const file = (await readProjectFile(dir, ALIASES_FILE, true))?.exact;
      const after = file === writes.text.before ? writes.text.after : await rebase(dir, edits);
      if (after === undefined) break;
      const problem = locks.length === 0 ? undefined : await saveLines(dir, locks);
      if (problem !== undefined) return problem;
      const isStill = async () => (await readProjectFile(dir, ALIASES_FILE, true))?.exact === file;
      if (edits.length === 0 || (await replaceFile(join(dir, ALIASES_FILE), after, isStill))) return undefined;
    }
    return diagnose("alias/changed-meanwhile", {}, { file: ALIASES_FILE });
  });
  if (alone === undefined) return refused(diagnose("alias/busy", {}, { file: ALIASES_FILE }));
  if (alone.done !== undefined) return refused(alone.done);
  const pointsAtVersions = edits.some(({ to }) => to !== undefined && versionsOf(to).length > 0);
  const needsLock = locks.length > 0 || (pointsAtVersions && existsSync(join(dir, LOCK_FILE)));
  const files = [...(edits.length > 0 ? [ALIASES_FILE] : []), ...(needsLock ? [LOCK_FILE] : [])];
  const locked = locks.map(({ name, version }) => ({ name, version }));
  return { result: { file: ALIASES_FILE, edits, locked, files }, diagnostics: [] };
}

/** The current text with the edits; `undefined` if it cannot be edited, or one of the pointers is not where the plan saw it. */
async function rebase(dir: string, edits: readonly AliasEdit[]): Promise<string | undefined> {
  const { text, prompts, diagnostics } = await readAliasFile(dir, new Set(edits.map(({ name }) => name)));
  const isAsPlanned = edits.every(({ name, alias, from }) =>
    isSameTarget(prompts.get(name)?.get(alias)?.target, from && toStored(from)),
  );
  return diagnostics.length > 0 || !isAsPlanned
    ? undefined
    : editAliases(
        text,
        edits.map(({ name, alias, to }) => ({ name, alias, to })),
      );
}
