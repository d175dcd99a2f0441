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
import { RepositoryUnreadable } from "../git/reader.js";
import { ObjectMissing } from "../git/tree-reader.js";
import type { OpenRepository, Repository } from "../repository/repository.js";
import { findCaseConflicts } from "../snapshot/case-conflicts.js";
import type { VersionRecord } from "../versions/read-versions.js";
import { atCommit, listCommitPrompts, readCommitPrompts } from "./commit-prompts.js";
import type { SharedTags } from "./compare-tags.js";
import { classifyChanges } from "./detect-diverged.js";
import { findFormer, findSuccessors } from "./former-versions.js";
import { type Lock, readKnownVersions, readLock } from "./known-versions.js";
import { planVersions } from "./next-versions.js";
import type { PlanReleaseOptions, ReleaseCandidate, ReleasePlan, ReleaseRules } from "./release-plan.js";
import { shareTags } from "./share-tags.js";
import { readWorkingDigests } from "./uncommitted.js";

/**
 * Plans the release of prompts. Nothing is written but objects of the remote's versions, which no ref names.
 * Mistakes of users are diagnostics.
 */
export function planRelease(repository: Repository, options: PlanReleaseOptions): Promise<Planned<ReleasePlan>> {
  return planWith(repository, options, options.names !== undefined);
}

/** Plans the same prompts at the same commit with the same notes, against the repository's current tags. */
export function planReleaseAgain(
  repository: Repository,
  plan: ReleasePlan,
  { formerNames, anyVersion }: ReleaseRules,
): Promise<Planned<ReleasePlan>> {
  const options = {
    ...{ formerNames, anyVersion },
    names: promptsOf(plan),
    commit: plan.commit,
    notes: Object.fromEntries(plan.releases.map(({ name, notes }) => [name, notes])),
    push: plan.push,
  };
  return planWith(repository, options, plan.named, new Set(plan.releases.map(({ name }) => name)));
}

/** Names of the prompts that a plan is about. */
export function promptsOf({ releases, unchanged, behind }: ReleasePlan): string[] {
  return [...releases, ...unchanged, ...behind].map(({ name }) => name);
}

/**
 * @param named Whether the user named the prompts.
 * @param again The prompts that an earlier plan released: they get the next number, whatever others released since. `undefined`
 * for a first plan, which reports edits of the working tree.
 */
async function planWith(
  repository: Repository,
  options: PlanReleaseOptions,
  named: boolean,
  again?: ReadonlySet<string>,
): Promise<Planned<ReleasePlan>> {
  try {
    return await plan(await repository.open(), options, named, again);
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
  /** Whether the options list them. */
  readonly asked: boolean;
  /** Whether the user named them. */
  readonly named: boolean;
  /** Those that an earlier plan released. */
  readonly again: ReadonlySet<string>;
  /** Digests of what stands in the working tree, where it is this commit's. */
  readonly working: ReadonlyMap<string, string>;
}

async function plan(
  repository: OpenRepository,
  options: PlanReleaseOptions,
  named: boolean,
  again: ReadonlySet<string> | undefined,
): Promise<Planned<ReleasePlan>> {
  try {
    if (options.push !== undefined && repository.reader.adapter !== "native")
      return refused([diagnose("git/needs-program", { action: "push" }, { file: "." })]);
    const subject = await readSubject(repository, options, named, again);
    if ("diagnostics" in subject) return refused(subject.diagnostics);
    const lock = await readLock(repository.dir);
    const shared = await shareTags(repository, new Set(subject.names), lock, options.push);
    if ("code" in shared) return refused([shared]);
    return await planSubject(repository, subject, { shared, lock }, options);
  } catch (error) {
    if (!(error instanceof ObjectMissing)) throw error;
    const { shallow } = repository.reader;
    return refused([diagnose("release/unknown-commit", { commit: options.commit ?? "HEAD", shallow }, { file: "." })]);
  }
}

async function planSubject(
  repository: OpenRepository,
  subject: Subject,
  { shared, lock }: { readonly shared: SharedTags; readonly lock: Lock },
  options: PlanReleaseOptions,
): Promise<Planned<ReleasePlan>> {
  const { promptsDir } = repository;
  const known = await readKnownVersions(repository, shared.all, lock, new Set(subject.names));
  const read = await readCommitPrompts(repository, subject.commit, subject.names);
  const found = [...shared.diagnostics, ...known.diagnostics, ...read.diagnostics];
  if (hasErrors(found)) return refused(found);
  const latest = new Map(known.versions.map((version) => [version.name, version]));
  const released = findReleased(known.versions, subject.commit, options);
  const differing = read.candidates.filter(({ name, digest }) => !released.has(`${name} ${digest}`));
  const judged = await classifyChanges(repository, subject, differing, known.versions);
  const { changed } = judged;
  const checked = (await options.check?.(changed)) ?? [];
  // Where the working tree holds the same texts, findings point there.
  const isAtHand = changed.every(({ name, digest }) => subject.working.get(name) === digest);
  const diagnostics = [
    ...judged.diagnostics,
    ...findEdits(promptsDir, subject, read.candidates, latest),
    ...findCaseConflicts(promptsDir, subject.names, []),
    ...checked.map((finding) => (isAtHand ? finding : atCommit(finding, subject.commit))),
  ];
  if (hasErrors(diagnostics)) return refused(diagnostics);
  const former = await findFormer(repository, lock, { changed, versions: known.versions }, options.formerNames);
  const next = await planVersions(repository, subject.commit, { judged, known, former }, options.notes);
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
  { anyVersion }: ReleaseRules,
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
  repository: OpenRepository,
  options: PlanReleaseOptions,
  named: boolean,
  again: ReadonlySet<string> | undefined,
): Promise<Subject | { readonly diagnostics: readonly Diagnostic[] }> {
  const { commit: wanted = "HEAD" } = options;
  const { promptsDir } = repository;
  const commit = await repository.resolveCommit(wanted);
  if (commit === undefined) {
    const args = { commit: wanted, shallow: repository.reader.shallow };
    return { diagnostics: [diagnose("release/unknown-commit", args, { file: "." })] };
  }
  const all = await listCommitPrompts(repository, commit);
  const working = again === undefined ? await readWorkingDigests(repository, commit) : new Map<string, string>();
  const names = [...new Set(options.names ?? all)].sort(compareText);
  const present = new Set(all);
  const shown = wanted === commit ? commit.slice(0, 12) : wanted;
  const missing = names.filter((name) => !present.has(name));
  const successors =
    missing.length === 0 ? new Map() : await findSuccessors(repository, commit, all, options.formerNames);
  const diagnostics = missing.map((name) =>
    working.has(name)
      ? diagnose("release/only-uncommitted", { name, version: undefined }, placeOf(promptsDir, name), { name })
      : diagnose(
          "release/unknown-prompt",
          { name, commit: shown, nearest: nearest(name, all), renamed: successors.get(name) },
          placeOf(promptsDir, name),
          { name },
        ),
  );
  return diagnostics.length > 0
    ? { diagnostics }
    : { commit, names, asked: options.names !== undefined, named, working, again: again ?? new Set() };
}

function placeOf(promptsDir: string, name: string): { readonly file: string } {
  return { file: `${promptsDir}/${name}${PROMPT_EXTENSION}` };
}

/** Edits that the release will not have. Where nothing but them makes a prompt differ that was asked for, an error. */
function findEdits(
  promptsDir: string,
  { asked, names, working }: Subject,
  candidates: readonly ReleaseCandidate[],
  latest: ReadonlyMap<string, VersionRecord>,
): Diagnostic[] {
  const committed = new Map(candidates.map(({ name, digest }) => [name, digest]));
  const isAsked = new Set(asked ? names : []);
  const looked = asked ? names : [...working.keys()];
  return looked.flatMap((name) => {
    const digest = committed.get(name);
    if (!working.has(name) || working.get(name) === digest) return [];
    const version = latest.get(name);
    const onlyEdits = isAsked.has(name) && version !== undefined && version.digest === digest;
    if (!onlyEdits) return [diagnose("release/uncommitted", { name }, placeOf(promptsDir, name), { name })];
    return [
      diagnose("release/only-uncommitted", { name, version: version.version }, placeOf(promptsDir, name), { name }),
    ];
  });
}
