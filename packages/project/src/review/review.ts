// Reviews a branch: what it changes in the text that the model gets, for callers, in cost, and in what environments point at.
// No model is called, and nothing of the repository is executed unless the caller allows the project's helpers.

import { compareVersions, latestVersions, sortDiagnostics } from "@cuecard/model";
import { labelsOf } from "../aliases/assess-edit.js";
import type { Outcome } from "../read/outcome.js";
import type { Project } from "../read/project.js";
import { searchCodeFor } from "../usages/search-code.js";
import type { ResolvedUsage } from "../usages/usage.js";
import { findChangedPrompts } from "./changed-prompts.js";
import { findElsewhere } from "./compare-files.js";
import { compileSides, type Involved } from "./compile-sides.js";
import { loadTokenCounter } from "./count-tokens.js";
import { findBreaking } from "./find-breaking.js";
import type { MoveReview, PromptReview, Review } from "./report.js";
import { type AliasWay, findMoves, findWays, reviewMove, usagesOfMove } from "./review-moves.js";
import { reviewPrompt } from "./review-prompt.js";
import { type Pointer, readSides, type Side, WORKING } from "./sides.js";

export interface ReviewOptions {
  /**
   * What the branch is compared with: a branch, tag or commit, or several, of which the first that exists counts. The review
   * begins where both histories parted. Default: the remote's default branch.
   */
  readonly base?: string | readonly string[] | undefined;
  /** A branch, tag or commit. Default: `working`, the working tree with its uncommitted edits. */
  readonly head?: string | undefined;
  /** Whether examples that call the project's helpers are rendered, which runs them. Default: no. */
  readonly runsHelpers?: boolean | undefined;
}

/** Where branches usually begin, in the order in which they are tried. */
export const DEFAULT_BASES = ["origin/HEAD", "origin/main", "origin/master", "main", "master"] as const;

export interface ReviewRequest extends ReviewOptions {
  /** Whether the code on disk belongs to the head. Default: only if the head is what is checked out. */
  readonly searchesCode?: boolean | undefined;
}

export async function review(project: Project, request: ReviewRequest): Promise<Outcome<Review>> {
  const { base = DEFAULT_BASES, head = WORKING, runsHelpers = false } = request;
  const sides = await readSides(project, typeof base === "string" ? [base] : base, head);
  if (!("base" in sides)) return { kind: "broken", diagnostics: sortDiagnostics(sides) };
  const { readFormerNames } = await project.compiler();
  const changed = findChangedPrompts(sides.base, sides.head, readFormerNames);
  const moves = await findWays(project, sides.base, findMoves(sides.base, sides.head));
  const pointers = [...sides.head.pointers.values(), ...(await latestPointers(project))];
  const compiled = await compileSides(
    project,
    changed.flatMap(({ before }) => before ?? []),
    changed.flatMap(({ after }) => after ?? []),
    involvedVersions(
      pointers.filter(({ name }) => changed.some((prompt) => prompt.name === name)),
      moves,
    ),
  );
  const count = changed.length + moves.length === 0 ? () => 0 : await loadTokenCounter();
  const isElsewhere = findElsewhere(sides.base, sides.head);
  const prompts: Omit<PromptReview, "usages">[] = [];
  for (const prompt of changed) {
    const own = pointers.filter(({ name }) => name === prompt.name);
    prompts.push(
      await reviewPrompt(project, prompt, { sides: compiled, pointers: own, runsHelpers, count, isElsewhere }),
    );
  }
  const moved: Omit<MoveReview, "usages">[] = [];
  const facts = { head: sides.head, sides: compiled, runsHelpers, count };
  for (const move of moves) moved.push(await reviewMove(project, move, facts));
  // A call fails as well if what it names is gone.
  const breaking =
    prompts.some((prompt) => prompt.breaking) || moved.some(({ to, breaks }) => to === undefined || breaks.length > 0);
  const isWanted = ({ breaking: breaks, change }: Omit<PromptReview, "usages">) => breaks || change === "deleted";
  // The code of another commit is not on disk.
  const searched = request.searchesCode ?? sides.isCheckedOut;
  const searches = searched && (breaking || prompts.some(isWanted));
  const { usages, diagnostics: unsearched } = searches ? await findAllUsages(project) : NO_USAGES;
  const usagesOf = (prompt: Omit<PromptReview, "usages">) =>
    isWanted(prompt) ? usages.filter((usage) => usage.name === prompt.name) : [];
  const reviews = {
    prompts: prompts.map((prompt) => ({ ...prompt, usages: usagesOf(prompt) })),
    moves: moved.map((move) => ({ ...move, usages: usagesOfMove(move, usages) })),
  };
  return {
    kind: "found",
    value: {
      base: sides.base.of,
      head: sides.head.of,
      ...{ breaking, searched },
      findings: findBreaking(reviews.prompts, reviews.moves),
      ...reviews,
      ...compareLines(sides.base, sides.head),
    },
    diagnostics: sortDiagnostics([...sides.diagnostics, ...compiled.diagnostics, ...unsearched]),
  };
}

const NO_USAGES: { readonly usages: readonly ResolvedUsage[]; readonly diagnostics: Outcome<unknown>["diagnostics"] } =
  {
    usages: [],
    diagnostics: [],
  };

async function findAllUsages(project: Project): Promise<typeof NO_USAGES> {
  const { snapshot } = await project.snapshot({ texts: () => false });
  return snapshot === undefined ? NO_USAGES : searchCodeFor(snapshot, project, false);
}

/** Callers of `latest` get the newest version. */
async function latestPointers(project: Project): Promise<Pointer[]> {
  const { snapshot } = await project.snapshot({ texts: () => false });
  const latest = latestVersions(snapshot?.versions ?? []);
  return [...latest].map(([name, version]) => ({ name, alias: "latest", target: { kind: "version", version } }));
}

function involvedVersions(pointers: readonly Pointer[], moves: readonly AliasWay[]): Involved {
  const involved = new Map<string, Set<string>>();
  const add = (name: string, label: string) => involved.set(name, (involved.get(name) ?? new Set()).add(label));
  for (const { name, target } of pointers) for (const label of labelsOf(target)) add(name, label);
  for (const { name, from, to, back } of moves)
    for (const target of [from, to, back])
      for (const label of target === undefined ? [] : labelsOf(target)) add(name, label);
  return involved;
}

function compareLines(base: Side, head: Side): Pick<Review, "recorded" | "retired"> {
  const recorded: Review["recorded"][number][] = [];
  const retired: Review["retired"][number][] = [];
  for (const [tag, { name, version, commit, digest, notes, retired: reason }] of head.lines) {
    const before = base.lines.get(tag);
    if (before === undefined && !base.broken.has(tag)) recorded.push({ name, version, commit, digest, notes });
    if (reason !== undefined && before?.retired === undefined) retired.push({ name, version, reason });
  }
  return { recorded: recorded.sort(compareVersions), retired: retired.sort(compareVersions) };
}
