// One attempt to carry out a release: writes the tag objects, then creates all tags at once. With a remote, the tags
// are created there first.

import { type Diagnostic, diagnose } from "@cuecard/model";
import type { TagRef } from "../git/reader.js";
import type { Remote } from "../git/remote.js";
import type { GitWriter, NewRef } from "../git/writer.js";
import { probeLock } from "../lock/update-lock.js";
import type { OpenRepository, Repository } from "../repository/repository.js";
import { type ApplyReleaseOptions, isEmptyRelease, type ReleasePlan } from "./release-plan.js";
import { type LackingTags, makeTagsHere, NOTHING_LACKING } from "./tags-here.js";

export interface Done {
  readonly kind: "done";
  /** The tag objects, in the order of the plan's releases. */
  readonly oids: readonly string[];
  readonly lacking: LackingTags;
}

/** No tag was created: because another release was faster or, with a diagnostic, for the reason that it gives. */
export interface Lost {
  readonly kind: "lost";
  readonly diagnostic?: Diagnostic;
}

export interface Refused {
  readonly kind: "refused";
  readonly diagnostic: Diagnostic;
}

export async function takeTurn(
  repository: Repository,
  plan: ReleasePlan,
  options: ApplyReleaseOptions,
): Promise<Done | Lost | Refused> {
  if (isEmptyRelease(plan)) return { kind: "done", oids: [], lacking: NOTHING_LACKING };
  const opened = await repository.open();
  // A tag whose line cannot be written is not created in the first place.
  const unwritable = await probeLock(opened.dir);
  if (unwritable !== undefined) return { kind: "refused", diagnostic: unwritable };
  const writer = opened.writer();
  const written = await writeTags(opened, writer, plan, options);
  if (written.kind !== "written") return written;
  const { oids } = written;
  const made = plan.releases.map(({ tag }, index): NewRef => ({ name: tag, oid: oids[index] ?? "" }));
  if (plan.push === undefined)
    return (await createTags(writer, made)) ?? { kind: "done", oids, lacking: NOTHING_LACKING };
  const remote = await opened.remote(plan.push);
  const failure = await push(plan.push, remote, [...made, ...findTags(await opened.tags.refs(), plan.unpushed)]);
  return failure ?? { kind: "done", oids, lacking: await makeTagsHere(repository, remote, made, plan) };
}

async function writeTags(
  { reader }: OpenRepository,
  writer: GitWriter,
  { releases, commit }: ReleasePlan,
  options: ApplyReleaseOptions,
): Promise<{ readonly kind: "written"; readonly oids: readonly string[] } | Refused> {
  const place = { file: "." };
  if (reader.adapter !== "native" && options.sign === true)
    return { kind: "refused", diagnostic: diagnose("git/needs-program", { action: "sign" }, place) };
  if (releases.length === 0) return { kind: "written", oids: [] };
  const wanted = releases.map(({ tag, notes }) => ({ name: tag, commit, message: notes }));
  const written = await writer.writeTags(wanted, options);
  if (written.kind === "no-identity") return { kind: "refused", diagnostic: diagnose("git/no-identity", {}, place) };
  return written.kind === "refused" ? refusedByGit(written.problem) : written;
}

/** @returns Why the tags were not created. */
async function createTags(writer: GitWriter, tags: readonly NewRef[]): Promise<Lost | Refused | undefined> {
  if (tags.length === 0) return undefined;
  const created = await writer.createRefs(tags);
  if (created.kind === "created") return undefined;
  return created.kind === "exists" ? { kind: "lost" } : refusedByGit(created.problem);
}

/** @returns Why the remote does not have the tags. */
async function push(name: string, remote: Remote, tags: readonly NewRef[]): Promise<Lost | Refused | undefined> {
  if (tags.length === 0) return undefined;
  const pushed = await remote.push(tags);
  if (pushed.kind === "pushed") return undefined;
  // The failure may be a connection that broke after the remote had created them.
  const there = await remote.listTags("again");
  const oids = new Map((there.kind === "listed" ? there.tags : []).map((tag) => [tag.name, tag.oid]));
  if (tags.every((tag) => oids.get(tag.name) === tag.oid)) return undefined;
  if (tags.some((tag) => oids.has(tag.name))) return { kind: "lost" };
  const diagnostic = diagnose("git/push-refused", { remote: name, problem: pushed.problem }, { file: "." });
  return { kind: pushed.busy ? "lost" : "refused", diagnostic };
}

function findTags(tags: readonly TagRef[], names: readonly string[]): readonly TagRef[] {
  const wanted = new Set(names);
  return tags.filter((tag) => wanted.has(tag.name));
}

function refusedByGit(problem: string): Refused {
  const args = { action: "create the tags", problem };
  return { kind: "refused", diagnostic: diagnose("git/refused", args, { file: "." }) };
}
