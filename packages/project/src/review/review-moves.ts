// What each pointer that moves means for callers: the versions on the way, what changes, and the way back.

import {
  ALIASES_FILE,
  type AliasTarget,
  compareText,
  compareVersions,
  type Score,
  versionsOf,
  versionTag,
} from "@cuecard/model";
import { type AliasEdit, findWaysBack, isSameTarget } from "@cuecard/registry";
import { assessEdit, type PlannedEdit } from "../aliases/assess-edit.js";
import { refuseTargets } from "../aliases/refuse-targets.js";
import type { Project } from "../read/project.js";
import type { ResolvedUsage } from "../usages/usage.js";
import type { CompiledSides } from "./compile-sides.js";
import type { CountTokens } from "./count-tokens.js";
import { measure } from "./measure.js";
import type { MovedText, MoveReview, ScoredVersion } from "./report.js";
import { reviewExamples } from "./review-examples.js";
import type { Side } from "./sides.js";

export function findMoves(base: Side, head: Side): AliasEdit[] {
  const pointers = new Set([...base.pointers.keys(), ...head.pointers.keys()]);
  return [...pointers]
    .flatMap((key) => {
      const [was, is] = [base.pointers.get(key), head.pointers.get(key)];
      const pointer = is ?? was;
      if (pointer === undefined || isSameTarget(was?.target, is?.target)) return [];
      // Where a file has mistakes, it is not known whether a pointer is missing.
      if ((was === undefined && !isComplete(base)) || (is === undefined && !isComplete(head))) return [];
      const { name, alias } = pointer;
      return [{ name, alias, ...(was && { from: was.target }), ...(is && { to: is.target }) }];
    })
    .sort((a, b) => compareText(a.name, b.name) || compareText(a.alias, b.alias));
}

function isComplete({ of }: Side): boolean {
  return !of.incomplete.includes(ALIASES_FILE);
}

/** A move, with where a rollback leads after it. */
export interface AliasWay extends AliasEdit {
  readonly back: AliasTarget | undefined;
}

export async function findWays(project: Project, base: Side, moves: readonly AliasEdit[]): Promise<AliasWay[]> {
  const back = await findWaysBack(project.repository, base.of.commit, moves);
  return moves.map((move, index) => ({ ...move, back: back[index] }));
}

export interface MoveFacts {
  /** The state under review. */
  readonly head: Pick<Side, "lines" | "names">;
  readonly sides: CompiledSides;
  readonly runsHelpers: boolean;
  readonly count: CountTokens;
}

export async function reviewMove(
  project: Project,
  move: AliasWay,
  facts: MoveFacts,
): Promise<Omit<MoveReview, "usages">> {
  const { sides } = facts;
  const compiler = await project.compiler();
  const { name, alias, to } = move;
  const back = move.back === undefined || to === undefined ? undefined : { name, alias, from: to, to: move.back };
  const contentOf = (label: string) => sides.versionOf(name, label)?.content;
  const { back: _, ...edit } = move;
  const planned = assessEdit(edit, contentOf, compiler);
  return {
    ...planned,
    texts: await readTexts(project, planned, facts),
    between: passedVersions(move, sides),
    scores: scoresOf(move, sides),
    rollback:
      back === undefined
        ? undefined
        : {
            target: back.to,
            acceptsCallers: assessEdit(back, contentOf, compiler).breaks.length === 0,
            refused: refuseRollback(project, back, facts),
          },
  };
}

/** Why `rollback` would refuse, in words. Whether it breaks callers is another question: they can allow it. */
function refuseRollback(
  { config }: Project,
  { name, alias, to }: { readonly name: string; readonly alias: string; readonly to: AliasTarget },
  { head, sides }: MoveFacts,
): string[] {
  const versions = sides.versions.map(({ unmerged, ...id }) => ({
    ...{ name: id.name, version: id.version, unmerged },
    retired: head.lines.get(versionTag(id))?.retired,
  }));
  const refused = refuseTargets([{ name, alias, from: undefined, to }], {
    ...{ versions, names: head.names, promptsDir: config.prompts, gates: config.gates },
    scores: versionsOf(to).flatMap((version) => scoredIn(sides, name, version)),
  });
  const unreadable = versionsOf(to).filter((version) => sides.versionOf(name, `v${version}`) === undefined);
  return [
    ...refused.map(({ message }) => message),
    ...unreadable.map((version) => `v${version} cannot be read, or does not compile`),
  ];
}

async function readTexts(
  project: Project,
  { name, comparisons }: PlannedEdit,
  { sides, runsHelpers, count }: MoveFacts,
): Promise<MovedText[]> {
  const { compareContents } = await project.compiler();
  const texts: MovedText[] = [];
  for (const { before, after } of comparisons) {
    const [was, is] = [sides.versionOf(name, before), sides.versionOf(name, after)];
    if (was === undefined || is === undefined) continue;
    const examples = await reviewExamples(project, {
      runsHelpers,
      count,
      before: was,
      after: is,
      helpers: sides.helpers,
    });
    const size = {
      before: await measure(project, sides.sourceOf(name, before), was, { sides, count }),
      after: await measure(project, sides.sourceOf(name, after), is, { sides, count }),
    };
    texts.push({ before, after, texts: compareContents(was.content, is.content).texts, examples, size });
  }
  return texts;
}

/** The places in the code that load the alias, if its callers have to know. */
export function usagesOfMove(
  { name, alias, to, breaks }: Pick<MoveReview, "name" | "alias" | "to" | "breaks">,
  usages: readonly ResolvedUsage[],
): ResolvedUsage[] {
  if (breaks.length === 0 && to !== undefined) return [];
  return usages.filter((usage) => usage.name === name && usage.ref === alias);
}

/** The versions after the older target's newest one, up to the newer target's. */
function passedVersions({ name, from, to }: AliasEdit, { versions }: CompiledSides): MoveReview["between"] {
  const [was, is] = [from, to].map((target) => Math.max(0, ...(target === undefined ? [] : versionsOf(target))));
  if (was === undefined || is === undefined || was === 0 || is === 0) return [];
  const [first, last] = [Math.min(was, is), Math.max(was, is)];
  return versions
    .filter((version) => version.name === name && version.version > first && version.version <= last)
    .map(({ version, commit, notes }) => ({ name, version, commit, notes }));
}

function scoresOf({ name, from, to }: AliasEdit, sides: CompiledSides): ScoredVersion[] {
  const numbers = new Set([from, to].flatMap((target) => (target === undefined ? [] : versionsOf(target))));
  return [...numbers]
    .map((version) => ({ name, version, scores: scoredIn(sides, name, version) }))
    .filter(({ scores }) => scores.length > 0)
    .sort(compareVersions);
}

/** The newest scores of a version. */
export function scoredIn(sides: CompiledSides, name: string, version: number): readonly Score[] {
  return sides.versionOf(name, `v${version}`)?.scores ?? [];
}
