// Plans what prompts.lock should contain, and applies the same update to a lock that has changed since it was read.

import { type Diagnostic, type VersionId, versionTag } from "@cuecard/model";
import type { ProjectFile } from "../git/project-file.js";
import { type LockEntry, type LockFile, type LockLine, parseLock, printLock } from "./lock-file.js";

/** What prompts.lock should contain. If `changed`, write it with `saveLock`. */
export interface LockResult {
  /** Its text when it was read. */
  readonly before: string;
  readonly text: string;
  readonly changed: boolean;
  /** Versions that get a new line. */
  readonly added: readonly VersionId[];
  /** Whether this resolves a merge conflict with the lines of both sides. */
  readonly resolved: boolean;
}

export interface LockUpdateOptions {
  readonly frozen: boolean;
  /** Whether only the lines of some prompts were parsed. The new lines are then named, and no text is made of them. */
  readonly isPart?: boolean | undefined;
}

/**
 * A frozen lock stays unchanged, and so does one with errors: a file that cannot be read is not overwritten. A version that was
 * never merged gets no line.
 */
export function planLockUpdate(
  file: ProjectFile,
  lock: LockFile,
  all: readonly (LockEntry & { readonly line: LockLine | undefined; readonly unmerged?: true })[],
  { frozen, isPart = false }: LockUpdateOptions,
): LockResult {
  const versions = all.filter(({ line, unmerged }) => line !== undefined || unmerged !== true);
  const before = file.text;
  const unchanged = { before, text: before, changed: false, added: [], resolved: false };
  if (frozen || lock.diagnostics.length > 0 || file.diagnostics.length > 0) return unchanged;
  const added = versions.filter(({ line }) => line === undefined).map(({ name, version }) => ({ name, version }));
  if (isPart) return { ...unchanged, added };
  const read = new Set(versions.map(versionTag));
  const kept = [...lock.lines].filter(([tag]) => !read.has(tag)).map(([, line]) => line);
  const text = printLock(lock.head, [...kept, ...versions]);
  return text === before ? unchanged : { before, text, changed: true, added, resolved: lock.resolved };
}

/**
 * Applies a planned update to the lock's current text. Lines that others have changed since the lock was read are kept.
 *
 * @returns The new text, or the finding that the current one cannot be read.
 */
export function rebaseLockUpdate({ before, text, resolved }: LockResult, now: string): string | Diagnostic {
  if (now === before) return text;
  const there = parseLock(now, { resolvesConflicts: resolved });
  const [problem] = there.diagnostics;
  if (problem !== undefined) return problem;
  const read = parseLock(before, { resolvesConflicts: resolved });
  const lines = new Map<string, LockLine>(there.lines);
  for (const [tag, wanted] of parseLock(text).lines) {
    const [was, is] = [read.lines.get(tag), there.lines.get(tag)];
    if (isSameLine(was, is)) lines.set(tag, wanted);
  }
  return printLock(there.head, lines.values());
}

function isSameLine(a: LockLine | undefined, b: LockLine | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.commit === b.commit && a.digest === b.digest && a.notes === b.notes && a.retired === b.retired;
}
