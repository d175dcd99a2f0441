// Plans a release: which prompts differ from their latest version at a commit, what their next versions are, and why.

import {
  compareText,
  type Diagnostic,
  diagnose,
  hasErrors,
  PROMPT_EXTENSION,
  sortDiagnostics,
  versionTag,
} from "@cuecard/model";
import { nearest } from "@cuecard/runtime";
import { findCaseConflicts } from "../case-conflicts.js";
import { notesOf } from "../git/objects.js";
import { type GitReader, RepositoryUnreadable } from "../git/reader.js";
import { ObjectMissing } from "../git/tree-reader.js";
import { mapLimited } from "../map-limited.js";
import type { Planned } from "../planned.js";
import { ContentReader } from "../versions/content-reader.js";
import type { VersionRecord } from "../versions/read-versions.js";
import { atCommit, listCommitPrompts, readCommitPrompts } from "./commit-prompts.js";
import { type KnownVersions, type Lock, readKnownVersions, readLock, type SharedTags } from "./known-versions.js";
import { notesFromCommits } from "./notes.js";
import type {
  PlannedVersion,
  PlanReleaseOptions,
  ReleaseCandidate,
  ReleasePlan,
  ReleaseReason,
  ReleaseSource,
} from "./release-plan.js";
import { findReason } from "./release-reason.js";
import { openSource, shareTags } from "./share-tags.js";
import { readWorkingDigests } from "./uncommitted.js";

/**
 * Plans the release of prompts. Nothing is written but objects of the remote's versions, which no ref names.
 * Mistakes of users are diagnostics.
 */
export function planRelease(options: PlanReleaseOptions): Promise<Planned<ReleasePlan>> {
  return planWith(options, true);
}

/** Plans the same prompts at the same commit with the same notes, as things stand now. */
export function planReleaseAgain(plan: ReleasePlan, source: ReleaseSource): Promise<Planned<ReleasePlan>> {
  const { dir, promptsDir, git, partialReferences } = source;
  const options = {
    ...{ dir, promptsDir, git, partialReferences },
    names: promptsOf(plan),
    commit: plan.commit,
    notes: Object.fromEntries(plan.releases.map(({ name, notes }) => [name, notes])),
    push: plan.push,
  };
  return planWith(options, false);
}

/** Names of the prompts that a plan is about. */
export function promptsOf({ releases, unchanged }: ReleasePlan): string[] {
  return [...releases, ...unchanged].map(({ name }) => name);
}

/** @param seesEdits Whether edits of the working tree are worth a word. */
async function planWith(options: PlanReleaseOptions, seesEdits: boolean): Promise<Planned<ReleasePlan>> {
  try {
    return await plan(options, seesEdits);
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
  /** Digests of what stands in the working tree, where it is this commit's. */
  readonly working: ReadonlyMap<string, string>;
}

async function plan(options: PlanReleaseOptions, seesEdits: boolean): Promise<Planned<ReleasePlan>> {
  let repository = await openSource(options);
  try {
    const { reader } = repository;
    if (options.push !== undefined && reader.adapter !== "native")
      return refused([diagnose("git/needs-program", { action: "push" }, { file: "." })]);
    const subject = await readSubject(reader, options, seesEdits);
    if ("diagnostics" in subject) return refused(subject.diagnostics);
    const lock = await readLock(options.dir);
    const shared = await shareTags(options, repository.tags, new Set(subject.names), lock, options.push);
    if ("code" in shared) return refused([shared]);
    if (shared.fetched) {
      // A reader may know by now which objects there are.
      await reader.close();
      repository = await openSource(options);
    }
    return await planSubject(repository.reader, subject, shared, lock, options);
  } catch (error) {
    if (!(error instanceof ObjectMissing)) throw error;
    const { shallow } = repository.reader;
    return refused([diagnose("release/unknown-commit", { commit: options.commit ?? "HEAD", shallow }, { file: "." })]);
  } finally {
    await repository.reader.close();
  }
}

async function planSubject(
  reader: GitReader,
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
  const released = findReleased(known.versions, subject.commit);
  const changed = read.candidates.filter(({ name, digest }) => !released.has(`${name} ${digest}`));
  const checked = (await options.check?.(changed)) ?? [];
  // Where the working tree holds the same texts, findings point there.
  const isAtHand = changed.every(({ name, digest }) => subject.working.get(name) === digest);
  const diagnostics = [
    ...findEdits(options, subject, read.candidates, latest),
    ...findCaseConflicts(options.promptsDir, subject.names, []),
    ...checked.map((finding) => (isAtHand ? finding : atCommit(finding, subject.commit))),
  ];
  const releases = hasErrors(diagnostics) ? [] : await planVersions(reader, subject.commit, changed, known, options);
  for (const { name, notes } of releases) {
    const problem = notesProblem(notes);
    if (problem !== undefined)
      diagnostics.push(diagnose("release/invalid-notes", { name, problem }, placeOf(options, name)));
  }
  if (hasErrors(diagnostics)) return refused(diagnostics);
  const unchanged = read.candidates.flatMap(({ name, digest }) => {
    const version = released.get(`${name} ${digest}`);
    return version === undefined ? [] : [{ name, version }];
  });
  return {
    plan: {
      commit: subject.commit,
      push: options.push,
      releases,
      unchanged,
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
function findReleased(versions: readonly VersionRecord[], commit: string): ReadonlyMap<string, number> {
  const latest = new Map(versions.map(({ name, version }) => [name, version]));
  const released = versions.filter(({ name, version, commit: own }) => latest.get(name) === version || own === commit);
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
  seesEdits: boolean,
): Promise<Subject | { readonly diagnostics: readonly Diagnostic[] }> {
  const { commit: wanted = "HEAD", promptsDir } = options;
  const commit = await reader.resolveCommit(wanted);
  if (commit === undefined) {
    const args = { commit: wanted, shallow: reader.shallow };
    return { diagnostics: [diagnose("release/unknown-commit", args, { file: "." })] };
  }
  const all = await listCommitPrompts(reader, commit, promptsDir);
  const working = seesEdits ? await readWorkingDigests(reader, commit, options) : new Map<string, string>();
  const names = [...new Set(options.names ?? all)].sort(compareText);
  const present = new Set(all);
  const shown = wanted === commit ? commit.slice(0, 12) : wanted;
  const diagnostics = names
    .filter((name) => !present.has(name))
    .map((name) =>
      working.has(name)
        ? diagnose("release/only-uncommitted", { name, version: undefined }, placeOf(options, name))
        : diagnose(
            "release/unknown-prompt",
            { name, commit: shown, nearest: nearest(name, all) },
            placeOf(options, name),
          ),
    );
  return diagnostics.length > 0 ? { diagnostics } : { commit, names, working };
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
    if (!onlyEdits) return [diagnose("release/uncommitted", { name }, placeOf(options, name))];
    return [diagnose("release/only-uncommitted", { name, version: version.version }, placeOf(options, name))];
  });
}

async function planVersions(
  reader: GitReader,
  commit: string,
  changed: readonly ReleaseCandidate[],
  known: KnownVersions,
  { promptsDir, partialReferences, notes }: PlanReleaseOptions,
): Promise<PlannedVersion[]> {
  const latest = new Map(known.versions.map((version) => [version.name, version]));
  const contents = new ContentReader(reader, promptsDir, partialReferences);
  const given = (name: string) => {
    if (typeof notes === "string") return notes;
    return notes !== undefined && Object.hasOwn(notes, name) ? notes[name] : undefined;
  };
  const drafts = await mapLimited(changed, reader.concurrency, async ({ name, digest, content }) => {
    const before = latest.get(name);
    const earlier = before === undefined ? undefined : await contents.read(before);
    const old = earlier?.kind === "content" ? earlier.content : undefined;
    const reason: ReleaseReason = before === undefined ? { kind: "first" } : findReason(old, content, promptsDir);
    const version = (known.highest.get(name) ?? 0) + 1;
    const files = [content, ...(old === undefined ? [] : [old])].flatMap((one) => [one.prompt, ...one.partials]);
    const paths = [...new Set(files.map(({ path }) => `${reader.prefix}${path}`))];
    return { name, version, tag: versionTag({ name, version }), digest, reason, paths, since: before?.commit };
  });
  const untold = drafts.filter(({ name }) => given(name) === undefined);
  const told = await notesFromCommits(reader, commit, untold);
  return drafts.map(({ paths, since, ...version }) => {
    const text = given(version.name) ?? told.get(version.name) ?? "";
    return { ...version, notes: text.replaceAll("\r\n", "\n").trim() };
  });
}

/** Why a tag cannot hold a text as its message. */
function notesProblem(notes: string): string | undefined {
  if (notes.includes("\0")) return "they hold a NUL character";
  return notesOf(notes) === notes ? undefined : "they hold a line as signatures begin with";
}
