// Compares the version tags of this clone with those of a remote.

import { type Diagnostic, diagnose, versionTag } from "@cuecard/model";
import type { TagRef } from "../git/reader.js";
import { LOCK_FILE, type LockFile } from "../lock/lock-file.js";
import type { OpenRepository } from "../repository/repository.js";
import { commitOf, compareTags, type DifferingTag, type SharedTags } from "./compare-tags.js";
import { type Lock, versionOf } from "./known-versions.js";

/**
 * The tags that some prompts have in this clone and on a remote. Objects of tags that neither this clone nor
 * prompts.lock knows are fetched; no ref is made.
 *
 * @param name The remote; `undefined` if the release stays in this clone.
 * @returns the tags, or why the remote cannot be read.
 */
export async function shareTags(
  repository: OpenRepository,
  names: ReadonlySet<string>,
  { lines }: Lock,
  name: string | undefined,
): Promise<(SharedTags & { readonly diagnostics: readonly Diagnostic[] }) | Diagnostic> {
  const { tagPrefix, reader, remote: open } = repository;
  const here = await repository.tags.refs();
  const idOf = (tag: TagRef) => versionOf(tag, names, tagPrefix);
  if (name === undefined) {
    const all = here.filter((tag) => idOf(tag) !== undefined);
    return { all, absentHere: [], absentThere: [], differing: [], diagnostics: [] };
  }
  const failed = (problem: string) => diagnose("git/remote-failed", { remote: name, problem }, { file: "." });
  const remote = await open(name);
  const listed = await remote.listTags();
  if (listed.kind === "refused") return failed(listed.problem);
  const compared = compareTags(here, listed.tags, idOf);
  const found = await Promise.all(compared.differing.map((tag) => reportDiffering(repository, tag, lines, name)));
  const shared = { ...compared, diagnostics: found.flat() };
  const unknown = shared.absentHere.filter((tag) => {
    const id = idOf(tag);
    return id === undefined || lines.lines.get(versionTag(id))?.commit !== commitOf(tag);
  });
  if (unknown.length === 0) return shared;
  const fetched = await remote.fetchObjects(unknown.map((tag) => tag.name));
  reader.forgetMissing();
  return fetched.kind === "refused" ? failed(fetched.problem) : shared;
}

/** The tags of another project may differ. */
async function reportDiffering(
  { places }: OpenRepository,
  { id, tag, here, there }: DifferingTag,
  { lines }: LockFile,
  remote: string,
): Promise<Diagnostic[]> {
  const locked = lines.get(versionTag(id))?.commit;
  if (locked === undefined && (await places.find(id.name, here)).kind === "elsewhere") return [];
  return [diagnose("release/tag-differs", { tag, remote, here, there, locked }, { file: LOCK_FILE }, id)];
}
