// Reads which prompts of which commit a release is about.

import { compareText, type Diagnostic, diagnose, PROMPT_EXTENSION } from "@cuecard/model";
import { nearest } from "@cuecard/runtime";
import type { OpenRepository } from "../repository/repository.js";
import { readWorkingTree } from "../snapshot/read-working-tree.js";
import { foldersOnPaths, listCommitPrompts } from "./commit-prompts.js";
import { findSuccessors } from "./former-versions.js";
import type { ReleaseSubject } from "./release-facts.js";
import type { PlanReleaseOptions } from "./release-plan.js";

export interface ReleaseRequest extends PlanReleaseOptions {
  /** Whether the user named the prompts. */
  readonly named: boolean;
  /**
   * The prompts that an earlier plan releases; `undefined` for a first plan, which also reports edits of the working
   * tree.
   */
  readonly alreadyPlanned: ReadonlySet<string> | undefined;
}

/** @returns The subject, or why there is none: the commit or one of the prompts does not exist. */
export async function readSubject(
  repository: OpenRepository,
  { commit: wanted = "HEAD", names: wantedNames, named, alreadyPlanned, formerNames }: ReleaseRequest,
): Promise<ReleaseSubject | { readonly diagnostics: readonly Diagnostic[] }> {
  const commit = await repository.resolveCommit(wanted);
  if (commit === undefined) {
    const args = { commit: wanted, shallow: repository.reader.shallow };
    return { diagnostics: [diagnose("release/unknown-commit", args, { file: "." })] };
  }
  const only = wantedNames && new Set(wantedNames);
  const found = await listCommitPrompts(repository, commit, only && foldersOnPaths(only));
  const names = [...(only ?? found)].sort(compareText);
  const working = alreadyPlanned === undefined ? await readWorkingDigests(repository, commit, only) : new Map();
  const present = new Set(found);
  const missing = names.filter((name) => !present.has(name));
  if (missing.length === 0) return { commit, names, named, alreadyPlanned: alreadyPlanned ?? new Set(), working };
  const all = await listCommitPrompts(repository, commit);
  const shown = wanted === commit ? commit.slice(0, 12) : wanted;
  const successors = await findSuccessors(repository, commit, all, formerNames);
  const diagnostics = missing.map((name) => {
    const place = { file: `${repository.promptsDir}/${name}${PROMPT_EXTENSION}` };
    if (repository.isIgnored(`${name}${PROMPT_EXTENSION}`))
      return diagnose("release/ignored", { path: place.file }, place, { name });
    if (working.has(name)) return diagnose("release/only-uncommitted", { name, version: undefined }, place, { name });
    const args = { name, commit: shown, nearest: nearest(name, all), renamed: successors.get(name) };
    return diagnose("release/unknown-prompt", args, place, { name });
  });
  return { diagnostics };
}

/**
 * Digests of the prompts in the working tree, by name. Empty if another commit is checked out: the working tree says
 * nothing about the released one then.
 *
 * @param only The prompts that are read. Default: all.
 */
async function readWorkingDigests(
  repository: OpenRepository,
  commit: string,
  only: ReadonlySet<string> | undefined,
): Promise<ReadonlyMap<string, string>> {
  if ((await repository.resolveCommit("HEAD")) !== commit) return new Map();
  const openReader = async () => repository.reader;
  const { prompts } = await readWorkingTree({ ...repository, only: only ?? repository.only, openReader });
  return new Map(prompts.map(({ name, digest }) => [name, digest]));
}
