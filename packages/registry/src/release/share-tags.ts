// Compares the version tags of this clone with those of a remote.

import { type Diagnostic, diagnose } from "@cuecard/model";
import type { OpenRepository } from "../repository/repository.js";
import { commitOf, compareTags, type SharedTags } from "./compare-tags.js";
import { isOf, type Lock } from "./known-versions.js";

/**
 * The tags that some prompts have in this clone and on a remote. Objects of tags that neither this clone nor
 * prompts.lock knows are fetched; no ref is made.
 *
 * @param name The remote; `undefined` if the release stays in this clone.
 * @returns the tags, or why the remote cannot be read.
 */
export async function shareTags(
  { tags: here, reader, remote: open }: OpenRepository,
  names: ReadonlySet<string>,
  { lines }: Lock,
  name: string | undefined,
): Promise<SharedTags | Diagnostic> {
  if (name === undefined) {
    const all = here.filter((tag) => isOf(names, tag.name));
    return { all, absentHere: [], absentThere: [], diagnostics: [] };
  }
  const failed = (problem: string) => diagnose("git/remote-failed", { remote: name, problem }, { file: "." });
  const remote = await open(name);
  const listed = await remote.listTags();
  if (listed.kind === "refused") return failed(listed.problem);
  const shared = compareTags(here, listed.tags, names, name, lines);
  const unknown = shared.absentHere.filter((tag) => lines.lines.get(tag.name)?.commit !== commitOf(tag));
  if (unknown.length === 0) return shared;
  const fetched = await remote.fetchObjects(unknown.map((tag) => tag.name));
  reader.forgetMissing();
  return fetched.kind === "refused" ? failed(fetched.problem) : shared;
}
