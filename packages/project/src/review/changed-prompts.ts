// Which prompts differ between the two sides of a review: also those that change only through a partial or a named schema.

import { compareText, sharedFiles, type WorkingPrompt } from "@cuecard/model";
import type { Side } from "./sides.js";

export interface ChangedPrompt {
  readonly name: string;
  readonly change: "added" | "changed" | "renamed" | "deleted";
  readonly formerName: string | undefined;
  /** `undefined` for an added prompt. */
  readonly before: WorkingPrompt | undefined;
  /** `undefined` for a deleted prompt. */
  readonly after: WorkingPrompt | undefined;
  /** The paths of partials and named schemas that differ, sorted. */
  readonly through: readonly string[];
}

/** @param formerNames The names that a prompt had, by the text of its file. */
export function findChangedPrompts(
  base: Side,
  head: Side,
  formerNames: (text: string) => readonly string[],
): ChangedPrompt[] {
  const gone = [...base.prompts.values()].filter(({ name }) => !head.names.has(name));
  const renamed = new Set<string>();
  const found: ChangedPrompt[] = [];
  for (const after of head.prompts.values()) {
    const before = base.prompts.get(after.name);
    if (before?.digest === after.digest) continue;
    if (before !== undefined) found.push(describe("changed", before, after));
    else if (!base.names.has(after.name)) {
      const names = formerNames(after.content.prompt.text);
      const former = gone.find(({ name }) => names.includes(name));
      if (former !== undefined) renamed.add(former.name);
      found.push(describe(former === undefined ? "added" : "renamed", former, after));
    }
  }
  const deleted = gone.filter(({ name }) => !renamed.has(name)).map((before) => describe("deleted", before, undefined));
  return [...found, ...deleted].sort((a, b) => compareText(a.name, b.name));
}

function describe(
  change: ChangedPrompt["change"],
  before: WorkingPrompt | undefined,
  after: WorkingPrompt | undefined,
): ChangedPrompt {
  const name = (after ?? before)?.name ?? "";
  const formerName = change === "renamed" ? before?.name : undefined;
  return { name, change, formerName, before, after, through: changedFiles(before, after) };
}

/** The files besides the prompt's own that differ. */
function changedFiles(before: WorkingPrompt | undefined, after: WorkingPrompt | undefined): string[] {
  if (before === undefined || after === undefined) return [];
  const [was, is] = [before, after].map(
    ({ content }) => new Map(sharedFiles(content).map(({ path, text }) => [path, text])),
  );
  const paths = new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])]);
  return [...paths].filter((path) => was?.get(path) !== is?.get(path)).sort(compareText);
}
