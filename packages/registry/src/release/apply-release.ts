// Carries a release out: tag objects first, then all tags at once (on the remote first, where they are pushed), then
// prompts.lock. Where somebody else took a number meanwhile, nothing has been done yet, and it is planned again.

import { type Applied, compareVersions, type Diagnostic, diagnose, sortDiagnostics, versionTag } from "@cuecard/model";
import { openIsomorphicWriter } from "../git/isomorphic-writer.js";
import { openNativeWriter } from "../git/native-writer.js";
import { RepositoryUnreadable, type TagRef } from "../git/reader.js";
import { openRemote, type Remote } from "../git/remote.js";
import type { GitWriter, NewRef, Refusal } from "../git/writer.js";
import { LOCK_FILE } from "../lock/lock-file.js";
import { planLockUpdate } from "../lock/plan-lock-update.js";
import { saveLock } from "../lock/update-lock.js";
import { readKnownVersions, readLock } from "./known-versions.js";
import { planReleaseAgain, promptsOf } from "./plan-release.js";
import {
  type ApplyReleaseOptions,
  type BehindPrompt,
  isEmptyRelease,
  type ReleasedVersion,
  type ReleasePlan,
  type ReleaseResult,
} from "./release-plan.js";
import { factsOf, openSource } from "./share-tags.js";

/** Every turn that is lost is somebody else's release, or somebody who holds a lock. */
const TURNS = 12;

/** Everything that planning again needs. */
type Work = { readonly plan: ReleasePlan; readonly options: ApplyReleaseOptions };

/**
 * Carries a plan out. Content that has been released since it was made is not released again, and numbers that have been
 * taken are not taken again: the result tells what became of each prompt.
 */
export async function applyRelease(plan: ReleasePlan, options: ApplyReleaseOptions): Promise<Applied<ReleaseResult>> {
  try {
    return await apply({ plan, options });
  } catch (error) {
    if (!(error instanceof RepositoryUnreadable)) throw error;
    return { result: undefined, diagnostics: [error.diagnostic] };
  }
}

async function apply(work: Work): Promise<Applied<ReleaseResult>> {
  let lost: Diagnostic | undefined;
  for (let turn = 0; turn < TURNS; turn++) {
    const { plan, diagnostics } = await planReleaseAgain(work.plan, work.options);
    if (plan === undefined) return { result: undefined, diagnostics };
    const turned = await takeTurn(plan, work.options);
    if (turned.kind === "done") return finish(work, plan, turned);
    if (turned.kind === "refused") return { result: undefined, diagnostics: [turned.diagnostic] };
    lost = turned.diagnostic ?? racedBy(plan);
    // The longer it takes, the more there are who want to write.
    await new Promise((done) => setTimeout(done, Math.random() * 50 * (turn + 1)));
  }
  return { result: undefined, diagnostics: lost === undefined ? [] : [lost] };
}

function racedBy({ releases }: ReleasePlan): Diagnostic {
  return diagnose("release/raced", { tags: releases.map(({ tag }) => tag) }, { file: LOCK_FILE });
}

/** Tags that the remote has and this clone could not make. */
interface Lacking {
  readonly tags: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

const NOTHING: Lacking = { tags: [], diagnostics: [] };

type Turn =
  | { readonly kind: "done"; readonly oids: readonly string[]; readonly lacking: Lacking }
  /** The diagnostic tells what is the matter where it is not that somebody else was faster. */
  | { readonly kind: "lost"; readonly diagnostic?: Diagnostic }
  | { readonly kind: "refused"; readonly diagnostic: Diagnostic };

async function takeTurn(plan: ReleasePlan, options: ApplyReleaseOptions): Promise<Turn> {
  if (isEmptyRelease(plan)) return { kind: "done", oids: [], lacking: NOTHING };
  const { reader, tags } = await openSource(options);
  await reader.close();
  const place = { file: "." };
  const isNative = reader.adapter === "native";
  if (!isNative && options.sign === true)
    return { kind: "refused", diagnostic: diagnose("git/needs-program", { action: "sign" }, place) };
  const facts = factsOf(options);
  const writer = isNative ? openNativeWriter(facts) : openIsomorphicWriter(facts);
  const wanted = plan.releases.map(({ tag, notes }) => ({ name: tag, commit: plan.commit, message: notes }));
  const written =
    wanted.length === 0 ? { kind: "written" as const, oids: [] } : await writer.writeTags(wanted, options);
  if (written.kind === "no-identity") return { kind: "refused", diagnostic: diagnose("git/no-identity", {}, place) };
  if (written.kind === "refused") {
    const args = { action: "make the tags", problem: written.problem };
    return { kind: "refused", diagnostic: diagnose("git/refused", args, place) };
  }
  const { oids } = written;
  const made = plan.releases.map(({ tag }, index): NewRef => ({ name: tag, oid: oids[index] ?? "" }));
  if (plan.push === undefined) {
    if (made.length === 0) return { kind: "done", oids, lacking: NOTHING };
    const created = await writer.createRefs(made);
    if (created.kind === "created") return { kind: "done", oids, lacking: NOTHING };
    if (created.kind === "exists") return { kind: "lost" };
    const args = { action: "make the tags", problem: created.problem };
    return { kind: "refused", diagnostic: diagnose("git/refused", args, place) };
  }
  const remote = await openRemote(facts, plan.push);
  const unpushed = new Set(plan.unpushed);
  const refused = await push(plan.push, remote, [...made, ...tags.filter((tag) => unpushed.has(tag.name))]);
  if (refused !== undefined) return refused;
  return { kind: "done", oids, lacking: await bringHere(plan, remote, made, writer, options) };
}

/** Pushes tags; `undefined` when the remote has them. */
async function push(name: string, remote: Remote, refs: readonly NewRef[]): Promise<Turn | undefined> {
  if (refs.length === 0) return undefined;
  const pushed = await remote.push(refs);
  if (pushed.kind === "pushed") return undefined;
  // What was said may be about a connection that broke after the remote had done it.
  const there = await remote.listTags();
  const oids = new Map((there.kind === "listed" ? there.tags : []).map((tag) => [tag.name, tag.oid]));
  if (refs.every((ref) => oids.get(ref.name) === ref.oid)) return undefined;
  if (refs.some((ref) => oids.has(ref.name))) return { kind: "lost" };
  const diagnostic = diagnose("git/push-refused", { remote: name, problem: pushed.problem }, { file: "." });
  return { kind: pushed.busy ? "lost" : "refused", diagnostic };
}

/** Makes the tags here that the remote has by now: its own, whatever becomes of the others'. */
async function bringHere(
  { push: name = "", absent }: ReleasePlan,
  remote: Remote,
  made: readonly NewRef[],
  writer: GitWriter,
  options: ApplyReleaseOptions,
): Promise<Lacking> {
  const own = await makeRefs(made, writer, options);
  if (absent.length === 0) return { tags: tagNames(made, own), diagnostics: report(name, made, own) };
  const listed = await remote.listTags();
  const there = listed.kind === "listed" ? listed.tags.filter((tag) => absent.includes(tag.name)) : [];
  const fetched = listed.kind === "listed" ? await fetchMissing(remote, there, options) : listed;
  const others = fetched?.problem ?? (await makeRefs(there, writer, options));
  const missing = listed.kind === "listed" ? there : absent.map((tag) => ({ name: tag, oid: "" }));
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

/** What a line of prompts.lock told has not been fetched for the plan; git makes no ref to an object that is not here. */
async function fetchMissing(
  remote: Remote,
  tags: readonly TagRef[],
  options: ApplyReleaseOptions,
): Promise<Refusal | undefined> {
  const { reader } = await openSource(options);
  const missing: string[] = [];
  try {
    for (const { name, oid, peeled = oid } of tags)
      for (const object of new Set([oid, peeled]))
        if (!missing.includes(name) && (await reader.readObject(object)) === undefined) missing.push(name);
  } finally {
    await reader.close();
  }
  if (missing.length === 0) return undefined;
  const fetched = await remote.fetchObjects(missing, { shallow: reader.shallow });
  return fetched.kind === "refused" ? fetched : undefined;
}

/** @returns Why it could not be done. */
async function makeRefs(
  wanted: readonly NewRef[],
  writer: GitWriter,
  options: ApplyReleaseOptions,
): Promise<string | undefined> {
  let problem = "other tags stand in their place";
  for (let turn = 0; turn < 3; turn++) {
    // Somebody may be fetching them at the same time.
    const { reader, tags } = await openSource(options);
    await reader.close();
    const here = new Map(tags.map((tag) => [tag.name, tag.oid]));
    const lacking = wanted.filter((ref) => here.get(ref.name) !== ref.oid);
    if (lacking.length === 0) return undefined;
    const created = await writer.createRefs(lacking);
    if (created.kind === "created") return undefined;
    if (created.kind === "refused") problem = created.problem;
  }
  return problem;
}

async function finish(
  work: Work,
  plan: ReleasePlan,
  { oids, lacking }: Extract<Turn, { kind: "done" }>,
): Promise<Applied<ReleaseResult>> {
  const planned = new Map(work.plan.releases.map(({ name, version }) => [name, version]));
  const released = plan.releases.map((release, index): ReleasedVersion => {
    const before = planned.get(release.name);
    const moved = before === undefined || before === release.version ? {} : { planned: before };
    return { ...release, oid: oids[index] ?? "", ...moved };
  });
  const behind = plan.behind.map((prompt): BehindPrompt => {
    const before = planned.get(prompt.name);
    return before === undefined ? prompt : { ...prompt, planned: before };
  });
  const lock = await updateLock(work, plan.commit, released);
  const found = [...lacking.diagnostics, ...lock.diagnostics];
  return {
    result: {
      commit: plan.commit,
      released,
      unchanged: plan.unchanged,
      behind,
      pushed: plan.push,
      pushedToo: plan.push === undefined ? [] : plan.unpushed,
      lacking: lacking.tags,
      locked: lock.written,
    },
    diagnostics: sortDiagnostics(found),
  };
}

/** Adds a line for every version of the plan's prompts that has none. */
async function updateLock(
  { plan, options }: Work,
  commit: string,
  released: readonly ReleasedVersion[],
): Promise<{ readonly written: boolean; readonly diagnostics: readonly Diagnostic[] }> {
  const { reader, tags } = await openSource(options);
  try {
    const lock = await readLock(options.dir);
    const known = await readKnownVersions(reader, tags, lock, new Set(promptsOf(plan)), options);
    const present = new Set(known.versions.map(versionTag));
    const added = released
      .filter((version) => !present.has(version.tag))
      .map(({ name, version, digest, notes }) => ({
        ...{ name, version, commit, digest, notes },
        retired: undefined,
        line: undefined,
        content: undefined,
      }));
    const versions = [...known.versions, ...added].sort(compareVersions);
    const settled = planLockUpdate(lock.file, lock.lines, versions, false);
    if (!settled.changed) return { written: false, diagnostics: known.diagnostics };
    // The tags are made, and the next run adds the lines: that the file cannot be written does not undo the release.
    const problem = await saveLock(options.dir, settled);
    return {
      written: problem === undefined,
      diagnostics: [...known.diagnostics, ...(problem === undefined ? [] : [problem])],
    };
  } finally {
    await reader.close();
  }
}
