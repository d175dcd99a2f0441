// Applies a release: first the tag objects, then all tags at once (with --push, first on the remote), then prompts.lock.
// If another release took one of the numbers in the meantime, no tag has been made yet, and the release is planned again.

import { type Applied, compareVersions, type Diagnostic, diagnose, sortDiagnostics, versionTag } from "@cuecard/model";
import { RepositoryUnreadable } from "../git/reader.js";
import type { Remote } from "../git/remote.js";
import type { NewRef } from "../git/writer.js";
import { LOCK_FILE } from "../lock/lock-file.js";
import { planLockUpdate } from "../lock/plan-lock-update.js";
import { saveLock } from "../lock/update-lock.js";
import type { Repository } from "../repository/repository.js";
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
import { type LackingTags, makeTagsHere, NOTHING_LACKING } from "./tags-here.js";

/** A turn is lost to another release, or to a process that holds one of git's locks. */
const TURNS = 12;

/** Everything that planning again needs. */
type Work = { readonly repository: Repository; readonly plan: ReleasePlan; readonly options: ApplyReleaseOptions };

/**
 * Applies a plan. Content that was released after the plan was made is not released again, and numbers that were taken
 * are not used again: the result reports what happened to each prompt. The repository may be the one that the plan was
 * made with: its tags are listed again only if git refuses a tag because it exists.
 */
export async function applyRelease(
  repository: Repository,
  plan: ReleasePlan,
  options: ApplyReleaseOptions,
): Promise<Applied<ReleaseResult>> {
  try {
    return await apply({ repository, plan, options });
  } catch (error) {
    if (!(error instanceof RepositoryUnreadable)) throw error;
    return { result: undefined, diagnostics: [error.diagnostic] };
  } finally {
    repository.refresh();
  }
}

async function apply(work: Work): Promise<Applied<ReleaseResult>> {
  let lost: Diagnostic | undefined;
  for (let turn = 0; turn < TURNS; turn++) {
    const { plan, diagnostics } = await planReleaseAgain(work.repository, work.plan, work.options);
    if (plan === undefined) return { result: undefined, diagnostics };
    const turned = await takeTurn(work.repository, plan, work.options);
    if (turned.kind === "done") return finish(work, plan, turned);
    if (turned.kind === "refused") return { result: undefined, diagnostics: [turned.diagnostic] };
    lost = turned.diagnostic ?? racedBy(plan);
    work.repository.refresh();
    // The longer it takes, the more processes want to write.
    await new Promise((done) => setTimeout(done, Math.random() * 50 * (turn + 1)));
  }
  return { result: undefined, diagnostics: lost === undefined ? [] : [lost] };
}

function racedBy({ releases }: ReleasePlan): Diagnostic {
  return diagnose("release/raced", { tags: releases.map(({ tag }) => tag) }, { file: LOCK_FILE });
}

type Turn =
  | { readonly kind: "done"; readonly oids: readonly string[]; readonly lacking: LackingTags }
  /** The diagnostic gives the reason if it is not that another release was faster. */
  | { readonly kind: "lost"; readonly diagnostic?: Diagnostic }
  | { readonly kind: "refused"; readonly diagnostic: Diagnostic };

async function takeTurn(repository: Repository, plan: ReleasePlan, options: ApplyReleaseOptions): Promise<Turn> {
  if (isEmptyRelease(plan)) return { kind: "done", oids: [], lacking: NOTHING_LACKING };
  const opened = await repository.open();
  const place = { file: "." };
  if (opened.reader.adapter !== "native" && options.sign === true)
    return { kind: "refused", diagnostic: diagnose("git/needs-program", { action: "sign" }, place) };
  const writer = opened.writer();
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
    if (made.length === 0) return { kind: "done", oids, lacking: NOTHING_LACKING };
    const created = await writer.createRefs(made);
    if (created.kind === "created") return { kind: "done", oids, lacking: NOTHING_LACKING };
    if (created.kind === "exists") return { kind: "lost" };
    const args = { action: "make the tags", problem: created.problem };
    return { kind: "refused", diagnostic: diagnose("git/refused", args, place) };
  }
  const remote = await opened.remote(plan.push);
  const unpushed = new Set(plan.unpushed);
  const refused = await push(plan.push, remote, [...made, ...opened.tags.filter((tag) => unpushed.has(tag.name))]);
  if (refused !== undefined) return refused;
  return { kind: "done", oids, lacking: await makeTagsHere(repository, remote, made, plan) };
}

/** Pushes tags; `undefined` when the remote has them. */
async function push(name: string, remote: Remote, refs: readonly NewRef[]): Promise<Turn | undefined> {
  if (refs.length === 0) return undefined;
  const pushed = await remote.push(refs);
  if (pushed.kind === "pushed") return undefined;
  // The failure may be a connection that broke after the remote had made them.
  const there = await remote.listTags("again");
  const oids = new Map((there.kind === "listed" ? there.tags : []).map((tag) => [tag.name, tag.oid]));
  if (refs.every((ref) => oids.get(ref.name) === ref.oid)) return undefined;
  if (refs.some((ref) => oids.has(ref.name))) return { kind: "lost" };
  const diagnostic = diagnose("git/push-refused", { remote: name, problem: pushed.problem }, { file: "." });
  return { kind: pushed.busy ? "lost" : "refused", diagnostic };
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
  { repository, plan }: Work,
  commit: string,
  released: readonly ReleasedVersion[],
): Promise<{ readonly written: boolean; readonly diagnostics: readonly Diagnostic[] }> {
  const opened = await repository.open();
  const lock = await readLock(opened.dir);
  const known = await readKnownVersions(opened, opened.tags, lock, new Set(promptsOf(plan)));
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
  // The tags are made, and the next run adds the lines: a file that cannot be written does not undo the release.
  const problem = await saveLock(opened.dir, settled);
  return {
    written: problem === undefined,
    diagnostics: [...known.diagnostics, ...(problem === undefined ? [] : [problem])],
  };
}
