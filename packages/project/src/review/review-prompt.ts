// What one changed prompt means: for callers, for the model, and for the cost of a request.

import type { CompiledContent, CompiledVersion } from "@cuecard/build";
import { type AliasTarget, isFollowing, latestVersions, PROMPT_EXTENSION } from "@cuecard/model";
import { assessEdit } from "../aliases/assess-edit.js";
import type { Project } from "../read/project.js";
import type { ChangedPrompt } from "./changed-prompts.js";
import { compareFiles, type IsElsewhere } from "./compare-files.js";
import type { CompiledSides } from "./compile-sides.js";
import type { CountTokens } from "./count-tokens.js";
import { measure } from "./measure.js";
import type { BrokenAlias, PromptReview } from "./report.js";
import { reviewExamples } from "./review-examples.js";
import { scoredIn } from "./review-moves.js";
import type { Pointer } from "./sides.js";

export interface PromptFacts {
  readonly sides: CompiledSides;
  /** The aliases of the prompt under its name, and `latest`. */
  readonly pointers: readonly Pointer[];
  readonly runsHelpers: boolean;
  readonly count: CountTokens;
  readonly isElsewhere: IsElsewhere;
}

export async function reviewPrompt(
  project: Project,
  changed: ChangedPrompt,
  facts: PromptFacts,
): Promise<Omit<PromptReview, "usages">> {
  const { sides, pointers, runsHelpers, count } = facts;
  const { name, change, formerName, through } = changed;
  const { compareContents, compareWords } = await project.compiler();
  const before = changed.before && sides.baseOf(changed.before.name);
  const after = changed.after && sides.versionOf(name, "working");
  const broken: PromptReview["broken"][number][] = [];
  if (changed.before !== undefined && before === undefined) broken.push("base");
  if (changed.after !== undefined && after === undefined) broken.push("head");
  const comparison =
    before === undefined || after === undefined ? undefined : compareContents(before.content, after.content);
  const broke = await findBrokenAliases(project, after?.content, facts);
  const versions = await findVersions(project, changed, after, sides);
  return {
    name,
    path: `${project.config.prompts}/${name}${PROMPT_EXTENSION}`,
    ...{ change, formerName, through, comparison, broken, broke },
    files: comparison === undefined ? compareFiles(changed, facts.isElsewhere, compareWords) : [],
    // Released versions can be loaded after the file is deleted.
    breaking: broke.length > 0 || (change === "deleted" && pointers.some(({ target }) => target.kind === "working")),
    examples: await reviewExamples(project, { before, after, helpers: sides.helpers, runsHelpers, count }),
    size: {
      before: await measure(project, changed.before?.content, before, facts),
      after: await measure(project, changed.after?.content, after, facts),
    },
    ...versions,
    followers: versions.next === undefined ? [] : followersOf(pointers),
  };
}

function followersOf(pointers: readonly Pointer[]): string[] {
  return pointers.flatMap(({ alias, target }) => (isFollowing(target) ? [alias] : [])).sort();
}

/** In place of the text of the base, which has no version. */
const BASE: AliasTarget = { kind: "version", version: 0 };

/** The aliases whose callers break if the alias moves to the text under review. */
async function findBrokenAliases(
  project: Project,
  after: CompiledContent | undefined,
  { sides, pointers }: PromptFacts,
): Promise<BrokenAlias[]> {
  if (after === undefined) return [];
  const compiler = await project.compiler();
  return pointers.flatMap(({ name, alias, target }) => {
    // An alias at the working file gets the change with the merge: its callers know the text of the base.
    const isWorking = target.kind === "working";
    const contentOf = (label: string) => {
      if (label === "working") return after;
      return isWorking ? sides.baseOf(name)?.content : sides.versionOf(name, label)?.content;
    };
    const from = isWorking ? BASE : target;
    const { breaks } = assessEdit({ name, alias, from, to: { kind: "working" } }, contentOf, compiler);
    return breaks.length === 0 ? [] : [{ alias, target, breaks }];
  });
}

/** The newest version, and the one that a release creates after the merge. */
async function findVersions(
  project: Project,
  { name, after: prompt }: ChangedPrompt,
  after: CompiledVersion | undefined,
  sides: CompiledSides,
): Promise<Pick<PromptReview, "next" | "latest">> {
  const own = sides.versions.filter((version) => version.name === name);
  const number = latestVersions(own).get(name);
  const latest = number === undefined ? undefined : { name, version: number, scores: scoredIn(sides, name, number) };
  if (prompt === undefined || after === undefined) return { next: undefined, latest };
  const released = own.find(({ version }) => version === number);
  const { compareContents } = await project.compiler();
  const content = number === undefined ? undefined : sides.versionOf(name, `v${number}`)?.content;
  const isSame =
    released?.digest === prompt.digest || (content !== undefined && compareContents(content, after.content).layoutOnly);
  const newest = Math.max(0, ...own.map(({ version }) => version));
  return { next: isSame ? undefined : { name, version: newest + 1 }, latest };
}
