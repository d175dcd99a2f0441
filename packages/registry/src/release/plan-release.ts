// Plans a release: which prompts differ from their latest version at a commit, what their next versions are, and why.

import {
  compareText,
  type Diagnostic,
  diagnose,
  hasErrors,
  type Planned,
  PROMPT_EXTENSION,
  sortDiagnostics,
  versionTag,
} from "@cuecard/model";
import { nearest } from "@cuecard/runtime";
import type { OpenRepository } from "../git/open.js";
import { type GitReader, RepositoryUnreadable } from "../git/reader.js";
import { ObjectMissing } from "../git/tree-reader.js";
import { findCaseConflicts } from "../snapshot/case-conflicts.js";
import type { VersionRecord } from "../versions/read-versions.js";
import { atCommit, listCommitPrompts, readCommitPrompts } from "./commit-prompts.js";
import type { SharedTags } from "./compare-tags.js";
import { classifyChanges } from "./detect-diverged.js";
import { findFormer, findSuccessors } from "./former-versions.js";
import { type Lock, readKnownVersions, readLock } from "./known-versions.js";
import { planVersions } from "./next-versions.js";
import type { PlanReleaseOptions, ReleaseCandidate, ReleasePlan, ReleaseSource } from "./release-plan.js";
import { openSource, shareTags } from "./share-tags.js";
import { readWorkingDigests } from "./uncommitted.js";

/**
 * Plans the release of prompts. Nothing is written but objects of the remote's versions, which no ref names.
 * Mistakes of users are diagnostics.
 */
export function planRelease(options: PlanReleaseOptions): Promise<Planned<ReleasePlan>> {
  return planWith(options, options.names !== undefined);
}

/** Plans the same prompts at the same commit with the same notes, as things stand now. */
export function planReleaseAgain(plan: ReleasePlan, source: ReleaseSource): Promise<Planned<ReleasePlan>> {
  const { dir, promptsDir, git, partialReferences, formerNames, anyVersion } = source;
  const options = {
    ...{ dir, promptsDir, git, partialReferences, formerNames, anyVersion },
    names: promptsOf(plan),
    commit: plan.commit,
    notes: Object.fromEntries(plan.releases.map(({ name, notes }) => [name, notes])),
    push: plan.push,
  };
  return planWith(options, plan.named, new Set(plan.releases.map(({ name }) => name)));
}

/** Names of the prompts that a plan is about. */
export function promptsOf({ releases, unchanged, behind }: ReleasePlan): string[] {
  return [...releases, ...unchanged, ...behind].map(({ name }) => name);
}

/**
 * @param named Whether somebody named the prompts.
 * @param again The prompts that an earlier plan released: they take the next number, whatever others released since. `undefined`
 * for a first plan, where edits of the working tree are worth a word.
 */
async function planWith(
  options: PlanReleaseOptions,
  named: boolean,
  again?: ReadonlySet<string>,
): Promise<Planned<ReleasePlan>> {
  try {
    return await plan(options, named, again);
  } catch (error) {
    if (!(error instanceof RepositoryUnreadable)) throw error;
    return refused([error.diagnostic]);
  }
}

function refused(diagnostics: readonly Diagnostic[]): Planned<ReleasePlan> {
  return { plan: undefined, diagnostics: sortDiagnostics(diagnostics) };
}

/** What the commit has, and which of it was asked for. */
interface Subject {
  readonly commit: string;
  readonly names: readonly string[];
  /** Whether somebody named them. */
  readonly named: boolean;
  /** Those that an earlier plan released. */
  readonly again: ReadonlySet<string>;
  /** Digests of what stands in the working tree, where it is this commit's. */
  readonly working: ReadonlyMap<string, string>;
}

async function plan(
  options: PlanReleaseOptions,
  named: boolean,
  again: ReadonlySet<string> | undefined,
): Promise<Planned<ReleasePlan>> {
  let repository = await openSource(options);
  try {
    const { reader } = repository;
    if (options.push !== undefined && reader.adapter !== "native")
      return refused([diagnose("git/needs-program", { action: "push" }, { file: "." })]);
    const subject = await readSubject(reader, options, named, again);
    if ("diagnostics" in subject) return refused(subject.diagnostics);
    const lock = await readLock(options.dir);
    const shared = await shareTags(options, repository.tags, new Set(subject.names), lock, options.push);
    if ("code" in shared) return refused([shared]);
    if (shared.fetched) {
      // A reader may know by now which objects there are.
      await reader.close();
      repository = await openSource(options);
    }
    return await planSubject(repository, subject, shared, lock, options);
  } catch (error) {
    if (!(error instanceof ObjectMissing)) throw error;
    const { shallow } = repository.reader;
    return refused([diagnose("release/unknown-commit", { commit: options.commit ?? "HEAD", shallow }, { file: "." })]);
  } finally {
    await repository.reader.close();
  }
}

async function planSubject(
  { reader, tags }: OpenRepository,
  subject: Subject,
  shared: SharedTags,
  lock: Lock,
  options: PlanReleaseOptions,
): Promise<Planned<ReleasePlan>> {
  const known = await readKnownVersions(reader, shared.all, lock, new Set(subject.names), options);
  const read = await readCommitPrompts(reader, subject.commit, subject.names, options);
  const found = [...shared.diagnostics, ...known.diagnostics, ...read.diagnostics];
  if (hasErrors(found)) return refused(found);
  const latest = new Map(known.versions.map((version) => [version.name, version]));
  const released = findReleased(known.versions, subject.commit, options);
  const differing = read.candidates.filter(({ name, digest }) => !released.has(`${name} ${digest}`));
  const judged = await classifyChanges(reader, subject, differing, known.versions, options);
  const { changed } = judged;
  const checked = (await options.check?.(changed)) ?? [];
  // Where the working tree holds the same texts, findings point there.
  const isAtHand = changed.every(({ name, digest }) => subject.working.get(name) === digest);
  const diagnostics = [
    ...judged.diagnostics,
    ...findEdits(options, subject, read.candidates, latest),
    ...findCaseConflicts(options.promptsDir, subject.names, []),
    ...checked.map((finding) => (isAtHand ? finding : atCommit(finding, subject.commit))),
  ];
  if (hasErrors(diagnostics)) return refused(diagnostics);
  const former = await findFormer(reader, tags, lock, changed, known.versions, options);
  const next = await planVersions(reader, subject.commit, judged, known, former, options);
  diagnostics.push(...next.diagnostics);
  if (hasErrors(diagnostics)) return refused(diagnostics);
  const unchanged = read.candidates.flatMap(({ name, digest }) => {
    const version = released.get(`${name} ${digest}`);
    return version === undefined ? [] : [{ name, version }];
  });
  return {
    plan: {
      commit: subject.commit,
      push: options.push,
      named: subject.named,
      releases: next.releases,
      unchanged,
      behind: judged.behind,
      unpushed: tagsOf(shared.absentThere, known.versions),
      absent: tagsOf(shared.absentHere, known.versions),
      unlocked: known.versions.filter(({ line }) => line === undefined).map(versionTag),
    },
    diagnostics: sortDiagnostics(diagnostics),
  };
}

/**
 * Versions by name and digest that leave nothing to release: each prompt's latest, and those of this very commit. (A job
 * that runs again for a commit must not put its content before what was released since.)
 */
function findReleased(
  versions: readonly VersionRecord[],
  commit: string,
  { anyVersion }: ReleaseSource,
): ReadonlyMap<string, number> {
  const latest = new Map(versions.map(({ name, version }) => [name, version]));
  const released = versions.filter(({ name, version, retired, commit: own }) =>
    anyVersion === true ? retired === undefined : latest.get(name) === version || own === commit,
  );
  return new Map(released.map(({ name, digest, version }) => [`${name} ${digest}`, version]));
}

/** Tags that lead to versions. */
function tagsOf(tags: readonly { readonly name: string }[], versions: readonly VersionRecord[]): string[] {
  const known = new Set(versions.map(versionTag));
  return tags
    .map(({ name }) => name)
    .filter((name) => known.has(name))
    .sort(compareText);
}

async function readSubject(
  reader: GitReader,
  options: PlanReleaseOptions,
  named: boolean,
  again: ReadonlySet<string> | undefined,
): Promise<Subject | { readonly diagnostics: readonly Diagnostic[] }> {
  const { commit: wanted = "HEAD", promptsDir } = options;
  const commit = await reader.resolveCommit(wanted);
  if (commit === undefined) {
    const args = { commit: wanted, shallow: reader.shallow };
    return { diagnostics: [diagnose("release/unknown-commit", args, { file: "." })] };
  }
  const all = await listCommitPrompts(reader, commit, promptsDir);
  const working = again === undefined ? await readWorkingDigests(reader, commit, options) : new Map<string, string>();
  const names = [...new Set(options.names ?? all)].sort(compareText);
  const present = new Set(all);
  const shown = wanted === commit ? commit.slice(0, 12) : wanted;
  const missing = names.filter((name) => !present.has(name));
  const successors = missing.length === 0 ? new Map() : await findSuccessors(reader, commit, all, options);
  const diagnostics = missing.map((name) =>
    working.has(name)
      ? diagnose("release/only-uncommitted", { name, version: undefined }, placeOf(options, name), { name })
      : diagnose(
          "release/unknown-prompt",
          { name, commit: shown, nearest: nearest(name, all), renamed: successors.get(name) },
          placeOf(options, name),
          { name },
        ),
  );
  return diagnostics.length > 0 ? { diagnostics } : { commit, names, named, working, again: again ?? new Set() };
}

function placeOf({ promptsDir }: PlanReleaseOptions, name: string): { readonly file: string } {
  return { file: `${promptsDir}/${name}${PROMPT_EXTENSION}` };
}

/** Edits that the release will not have. Where nothing but them makes a prompt differ that was asked for, an error. */
function findEdits(
  options: PlanReleaseOptions,
  { names, working }: Subject,
  candidates: readonly ReleaseCandidate[],
  latest: ReadonlyMap<string, VersionRecord>,
): Diagnostic[] {
  const committed = new Map(candidates.map(({ name, digest }) => [name, digest]));
  const isAsked = new Set(options.names === undefined ? [] : names);
  const looked = options.names === undefined ? [...working.keys()] : names;
  return looked.flatMap((name) => {
    const digest = committed.get(name);
    if (!working.has(name) || working.get(name) === digest) return [];
    const version = latest.get(name);
    const onlyEdits = isAsked.has(name) && version !== undefined && version.digest === digest;
    if (!onlyEdits) return [diagnose("release/uncommitted", { name }, placeOf(options, name), { name })];
    return [diagnose("release/only-uncommitted", { name, version: version.version }, placeOf(options, name), { name })];
  });
}
