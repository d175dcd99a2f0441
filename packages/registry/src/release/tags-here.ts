// After a push: creates the tags that the remote has now in this clone as well.

import { type Diagnostic, diagnose } from "@cuecard/model";
import type { TagRef } from "../git/reader.js";
import type { Remote } from "../git/remote.js";
import type { NewRef, Refusal } from "../git/writer.js";
import { LOCK_FILE } from "../lock/lock-file.js";
import type { Repository } from "../repository/repository.js";
import type { ReleasePlan } from "./release-plan.js";

/** Tags that the remote has and that could not be created here. */
export interface LackingTags {
  readonly tags: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

export const NOTHING_LACKING: LackingTags = { tags: [], diagnostics: [] };

/** @param made The tags that were pushed; they are created here even if the others fail. */
export async function makeTagsHere(
  repository: Repository,
  remote: Remote,
  made: readonly NewRef[],
  { push: name = "", absent }: ReleasePlan,
): Promise<LackingTags> {
  const own = await makeRefs(repository, made);
  if (absent.length === 0) return { tags: tagNames(made, own), diagnostics: report(name, made, own) };
  const listed = await remote.listTags("again");
  const there = listed.kind === "listed" ? listed.tags.filter((tag) => absent.includes(tag.name)) : [];
  const fetched = listed.kind === "listed" ? await fetchMissing(repository, remote, there) : listed;
  const others = fetched?.problem ?? (await makeRefs(repository, there));
  const missing = listed.kind === "listed" ? there : absent.map((tag) => ({ name: tag, oid: "" }));
  // prompts.lock gets their lines as well.
  repository.refresh();
  return {
    tags: [...tagNames(made, own), ...tagNames(missing, others)],
    diagnostics: [...report(name, made, own), ...report(name, missing, others)],
  };
}

function tagNames(refs: readonly NewRef[], problem: string | undefined): string[] {
  return problem === undefined ? [] : refs.map((ref) => ref.name);
}

function report(remote: string, refs: readonly NewRef[], problem: string | undefined): Diagnostic[] {
  const tags = tagNames(refs, problem);
  if (problem === undefined || tags.length === 0) return [];
  return [diagnose("release/tags-not-here", { tags, remote, problem }, { file: LOCK_FILE })];
}

/** Planning does not fetch objects of tags that prompts.lock knows, but git needs the object to create a ref. */
async function fetchMissing(
  repository: Repository,
  remote: Remote,
  tags: readonly TagRef[],
): Promise<Refusal | undefined> {
  const { reader } = await repository.open();
  const missing: string[] = [];
  for (const { name, oid, peeled = oid } of tags)
    for (const object of new Set([oid, peeled]))
      if (!missing.includes(name) && (await reader.readObject(object)) === undefined) missing.push(name);
  if (missing.length === 0) return undefined;
  const fetched = await remote.fetchObjects(missing, { shallow: reader.shallow });
  reader.forgetMissing();
  return fetched.kind === "refused" ? fetched : undefined;
}

/** @returns Why the refs could not be created. */
async function makeRefs(repository: Repository, wanted: readonly NewRef[]): Promise<string | undefined> {
  let problem = "other tags with these names exist";
  for (let turn = 0; turn < 3; turn++) {
    const opened = await repository.open();
    const here = new Map((await opened.tags.refs()).map((tag) => [tag.name, tag.oid]));
    const lacking = wanted.filter((ref) => here.get(ref.name) !== ref.oid);
    if (lacking.length === 0) return undefined;
    const created = await opened.writer().createRefs(lacking);
    if (created.kind === "created") return undefined;
    if (created.kind === "refused") problem = created.problem;
    // Another process may be fetching them at the same time.
    repository.refresh();
  }
  return problem;
}
