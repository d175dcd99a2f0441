// Opens a project's repository, and brings a remote's versions beside its own.

import { type Diagnostic, diagnose } from "@cuecard/model";
import { gitChoiceOf, type OpenRepository, openRepository } from "../git/open.js";
import { inspectRepository, type RepositoryFacts } from "../git/preflight.js";
import type { TagRef } from "../git/reader.js";
import { openRemote } from "../git/remote.js";
import { commitOf, compareTags, type SharedTags } from "./compare-tags.js";
import { isOf, type Lock } from "./known-versions.js";
import type { ReleaseSource } from "./release-plan.js";

export function openSource(source: ReleaseSource): Promise<OpenRepository> {
  return openRepository(source.dir, source.git ?? gitChoiceOf(process.env));
}

/** The facts of a repository that has been opened before. */
export function factsOf(source: ReleaseSource): RepositoryFacts {
  const facts = inspectRepository(source.dir);
  if (facts === undefined) throw new Error(`${source.dir} is in no repository any more`);
  return facts;
}

/**
 * Some prompts' tags of this clone and of a remote. What the remote's tags hold is fetched where neither a tag of this clone
 * nor a line of prompts.lock knows it; no ref is made.
 *
 * @param name The remote; `undefined` where the release stays in this clone.
 * @returns the finding that stands against it.
 */
export async function shareTags(
  source: ReleaseSource,
  here: readonly TagRef[],
  names: ReadonlySet<string>,
  { lines }: Lock,
  name: string | undefined,
): Promise<(SharedTags & { readonly fetched: boolean }) | Diagnostic> {
  if (name === undefined) {
    const all = here.filter((tag) => isOf(names, tag.name));
    return { all, absentHere: [], absentThere: [], diagnostics: [], fetched: false };
  }
  const failed = (problem: string) => diagnose("git/remote-failed", { remote: name, problem }, { file: "." });
  const remote = await openRemote(factsOf(source), name);
  const listed = await remote.listTags();
  if (listed.kind === "refused") return failed(listed.problem);
  const shared = compareTags(here, listed.tags, names, name, lines);
  const unknown = shared.absentHere.filter((tag) => lines.lines.get(tag.name)?.commit !== commitOf(tag));
  if (unknown.length === 0) return { ...shared, fetched: false };
  const fetched = await remote.fetchObjects(unknown.map((tag) => tag.name));
  return fetched.kind === "refused" ? failed(fetched.problem) : { ...shared, fetched: true };
}
