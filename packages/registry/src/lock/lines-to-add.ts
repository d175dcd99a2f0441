// Finds the versions that prompts.lock has no line for, among those that aliases are about to point at.

import { type Diagnostic, LOCK_FILE, type VersionSnapshot, versionTag } from "@cuecard/model";
import { type LockEntry, parseLock } from "./lock-file.js";
import type { LockResult } from "./plan-lock-update.js";

export interface LinesToAdd {
  readonly entries: readonly LockEntry[];
  /** Why a line cannot be added: prompts.lock cannot be read. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * @param lock The update that was planned when the project was read.
 * @param found The findings of that reading.
 */
export function findLinesToAdd(
  versions: readonly VersionSnapshot[],
  lock: LockResult,
  found: readonly Diagnostic[],
): LinesToAdd {
  const { lines } = parseLock(lock.before, { only: new Set(versions.map(({ name }) => name)) });
  const missing = versions.filter((version) => !lines.has(versionTag(version)));
  const addable = new Set(lock.added.map(versionTag));
  const isBlocked = missing.some((version) => !addable.has(versionTag(version)));
  const reasons = found.filter(({ file, severity }) => file === LOCK_FILE && severity === "error");
  const entries = missing.map(({ name, version, commit, digest, notes, retired }) => {
    return { name, version, commit, digest, notes, retired };
  });
  return isBlocked ? { entries: [], diagnostics: reasons } : { entries, diagnostics: [] };
}
