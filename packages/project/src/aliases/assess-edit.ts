// Finds what changes for callers of an alias when it moves. Callers satisfy every version that the alias points at today, and
// will get the versions that it points at afterwards. See docs/decisions/016-what-breaks-callers.md

import type { Comparison, CompiledContent, ContentChange } from "@cuecard/build";
import { type AliasTarget, describeTarget } from "@cuecard/model";
import type { AliasEdit } from "@cuecard/registry";
import type { Compiler } from "../read/compiler.js";

export interface PlannedEdit extends AliasEdit {
  /** What changes for callers, for each version that they will get; empty for a new or deleted alias. */
  readonly comparisons: readonly MetVersion[];
  /** Why existing callers may break; empty if they do not. */
  readonly breaks: readonly Break[];
  /** Set if callers must now pass a key, or no longer need one. */
  readonly key?: "needed" | "ignored";
}

/** A version that callers will get, compared with the closest of today's versions. */
export interface MetVersion {
  readonly before: VersionLabel;
  readonly after: VersionLabel;
  readonly changes: readonly MetChange[];
  /** Whether template and partials have the same text. */
  readonly sameText: boolean;
}

export interface MetChange extends ContentChange {
  /** Whether it breaks these callers. A change may break callers of one of today's versions but not of another. */
  readonly breaksCallers: boolean;
}

export interface Break {
  readonly subject: "input" | "other";
  /** `v1 → v2` */
  readonly change: string;
  /** A sentence without a period. */
  readonly problem: string;
}

/** `v3`, or `working`. */
export type VersionLabel = string;

/** @param contentOf The content of a version of the edit's prompt; `undefined` if it does not compile. */
export function assessEdit(
  edit: AliasEdit,
  contentOf: (version: VersionLabel) => CompiledContent | undefined,
  { compareContents }: Pick<Compiler, "compareContents">,
): PlannedEdit {
  const { from, to } = edit;
  if (from === undefined || to === undefined) return { ...edit, comparisons: [], breaks: [] };
  const today = labelsOf(from);
  const comparisons: MetVersion[] = [];
  const breaks: Break[] = [];
  for (const after of labelsOf(to)) {
    if (today.includes(after)) continue;
    const content = contentOf(after);
    if (content === undefined) continue;
    const candidates = today.flatMap((before) => {
      const known = contentOf(before);
      return known === undefined ? [] : [{ before, comparison: compareContents(known, content) }];
    });
    const near = closestVersion(candidates);
    if (near === undefined) continue;
    const { before, comparison } = near;
    const causes = new Set<ContentChange>();
    for (const isInput of [true, false]) {
      const breaking = candidates.map((candidate) => breakingChanges(candidate.comparison, isInput));
      // Callers satisfy all of today's versions, so one that is compatible is enough.
      if (breaking.some((changes) => changes.length === 0)) continue;
      const subject = isInput ? "input" : "other";
      for (const change of breakingChanges(comparison, isInput)) {
        causes.add(change);
        breaks.push({ subject, change: `${before} → ${after}`, problem: change.message });
      }
    }
    const changes = comparison.changes.map((change) => ({ ...change, breaksCallers: causes.has(change) }));
    comparisons.push({ before, after, changes, sameText: comparison.texts.length === 0 });
  }
  const [wasWeighted, isWeighted] = [from, to].map((target) => labelsOf(target).length > 1);
  if (wasWeighted === isWeighted) return { ...edit, comparisons, breaks };
  if (isWeighted === true) {
    const problem = "callers must pass { key }, which selects the version";
    const change = `${describeTarget(from)} → ${describeTarget(to)}`;
    return { ...edit, comparisons, breaks: [...breaks, { subject: "other", change, problem }], key: "needed" };
  }
  return { ...edit, comparisons, breaks, key: "ignored" };
}

/** The versions that a target points at. */
export function labelsOf(target: AliasTarget): readonly VersionLabel[] {
  if (target.kind === "working") return ["working"];
  return target.kind === "version" ? [`v${target.version}`] : target.arms.map(({ version }) => `v${version}`);
}

interface Candidate {
  readonly before: VersionLabel;
  readonly comparison: Comparison;
}

/** The candidate with the fewest breaking changes, then the fewest changes; the last one on a tie. */
function closestVersion(candidates: readonly Candidate[]): Candidate | undefined {
  const rank = ({ comparison }: Candidate) =>
    comparison.changes.filter(({ breaking }) => breaking).length * 1e6 + comparison.changes.length;
  return candidates.reduce<Candidate | undefined>(
    (best, candidate) => (best === undefined || rank(candidate) <= rank(best) ? candidate : best),
    undefined,
  );
}

function breakingChanges({ changes }: Comparison, isInput: boolean): ContentChange[] {
  return changes.filter(({ breaking, subject }) => breaking && (subject === "input") === isInput);
}
