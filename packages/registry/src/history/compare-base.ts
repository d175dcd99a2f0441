// Compares prompts.lock and aliases.json with their base. prompts.lock only grows: whatever else changed is reported. Pure functions.

import {
  ALIASES_FILE,
  type AliasEntry,
  type AliasTarget,
  type Diagnostic,
  describeTarget,
  diagnose,
  LOCK_FILE,
  versionsOf,
} from "@cuecard/model";
import type { LockLine } from "../lock/lock-file.js";
import type { Base } from "./read-base.js";

/** The state of the branch that is compared. */
export interface Branch {
  readonly lines: ReadonlyMap<string, LockLine>;
  /** Versions whose lines cannot be read: these are reported already. */
  readonly broken: ReadonlySet<string>;
  readonly aliases: readonly AliasEntry[];
  /** The versions that have a tag in this clone; `undefined` if it may lack tags. */
  readonly tagged: ReadonlySet<string> | undefined;
}

export function compareBase(base: Base, { lines, broken, aliases, tagged }: Branch): Diagnostic[] {
  const removed: string[] = [];
  const changed: Diagnostic[] = [];
  const gone: string[] = [];
  for (const [tag, was] of base.lines) {
    const is = lines.get(tag);
    if (is !== undefined) changed.push(...compareLines(tag, base.commit, [was, is]));
    else if (!broken.has(tag)) removed.push(tag);
    if (is !== undefined && tagged?.has(tag) === false) gone.push(tag);
  }
  return [
    ...(removed.length === 0
      ? []
      : [diagnose("lock/removed-line", { tags: removed, commit: base.commit }, { file: LOCK_FILE })]),
    ...changed,
    ...(gone.length === 0 ? [] : [diagnose("tag/gone", { tags: gone }, { file: LOCK_FILE })]),
    ...findMovedBack(base, aliases),
  ];
}

function compareLines(tag: string, base: string, [was, is]: readonly [LockLine, LockLine]): Diagnostic[] {
  const place = { file: LOCK_FILE, range: is.range };
  const { name, version } = is;
  const id = { name, version };
  const found: Diagnostic[] = [];
  for (const what of ["commit", "digest"] as const)
    if (was[what] !== is[what])
      found.push(diagnose("lock/changed-line", { tag, what, before: was[what], after: is[what], base }, place, id));
  if (was.notes !== is.notes) found.push(diagnose("lock/changed-notes", { tag, base }, place, id));
  if (was.retired !== undefined && is.retired === undefined)
    found.push(diagnose("lock/unretired", { tag, reason: was.retired }, place, id));
  return found;
}

/** Aliases that were removed, or that give some callers an earlier version than in the base. */
function findMovedBack({ pointers }: Base, aliases: readonly AliasEntry[]): Diagnostic[] {
  const before = new Map<string, AliasTarget>(
    pointers.map(({ name, alias, target }) => [`${name}@${alias}`, target] as const),
  );
  const movedBack = aliases.flatMap(({ name, alias, target, range }) => {
    const pointer = `${name}@${alias}`;
    const was = before.get(pointer);
    before.delete(pointer);
    if (was === undefined || !isBack(was, target)) return [];
    const args = { pointer, before: describeTarget(was), after: describeTarget(target) };
    return [diagnose("alias/moved-back", args, { file: ALIASES_FILE, range }, { name, alias })];
  });
  const gone = [...before].map(([pointer, was]) => `${pointer} (${describeTarget(was)})`);
  if (gone.length === 0) return movedBack;
  return [...movedBack, diagnose("alias/removed", { pointers: gone }, { file: ALIASES_FILE })];
}

/** Whether fewer callers than before get some version or a later one. */
function isBack(was: AliasTarget, is: AliasTarget): boolean {
  if (was.kind === "working" || is.kind === "working") return false;
  return versionsOf(was).some((version) => shareFrom(is, version) < shareFrom(was, version));
}

/** The share of callers that get a version or a later one, from 0 to 1. */
function shareFrom(target: AliasTarget, version: number): number {
  if (target.kind === "working") return 0;
  const arms = target.kind === "version" ? [{ version: target.version, weight: 1 }] : target.arms;
  const sum = (own: typeof arms) => own.reduce((total, { weight }) => total + weight, 0);
  return sum(arms.filter((arm) => arm.version >= version)) / sum(arms);
}
