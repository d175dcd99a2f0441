// Decides a release from facts that were read before: which prompts get which version, which are skipped, and why the
// plan is refused. A pure function: all reading is in read-facts.ts.

import {
  compareText,
  type Diagnostic,
  diagnose,
  gitTag,
  hasErrors,
  inRevision,
  LOCK_FILE,
  MAX_VERSION,
  type Planned,
  PROMPT_EXTENSION,
  sortDiagnostics,
  suggestTagPrefix,
  versionTag,
} from "@cuecard/model";
import { notesOf } from "../git/objects.js";
import { findCaseConflicts } from "../snapshot/case-conflicts.js";
import type { VersionRecord } from "../versions/version-record.js";
import { type ClassifiedChanges, classifyChanges } from "./classify-changes.js";
import type { KnownVersions } from "./known-versions.js";
import type { ReleaseFacts } from "./release-facts.js";
import type { PlannedVersion, ReleaseCandidate, ReleaseNotes, ReleasePlan } from "./release-plan.js";
import { findReason } from "./release-reason.js";

/** Facts that are read later are empty while earlier ones have errors: the plan is refused because of those. */
export function decideReleases(facts: ReleaseFacts): Planned<ReleasePlan> {
  const reading = readingFindings(facts);
  if (hasErrors(reading)) return refused(reading);
  const changes = decideChanges(facts);
  const findings = changeFindings(facts, changes);
  if (hasErrors(findings)) return refused(findings);
  const latest = latestOf(facts.known);
  const releases = changes.changed.map((candidate) => nextVersion(candidate, facts, latest.has(candidate.name)));
  const own = releases.flatMap((release) => [...takenFindings(release, facts), ...notesFindings(release, facts)]);
  const diagnostics = [...findings, ...own];
  if (hasErrors(diagnostics)) return refused(diagnostics);
  const { known, tags } = facts;
  const plan: ReleasePlan = {
    commit: facts.commit,
    push: facts.push,
    named: facts.named,
    releases,
    unchanged: findUnchanged(facts),
    layoutOnly: [...facts.layoutOnly].sort(compareText).flatMap((name) => {
      const version = latest.get(name)?.version;
      return version === undefined ? [] : [{ name, version }];
    }),
    behind: changes.behind,
    unpushed: tagsOf(tags.absentThere, facts),
    absent: tagsOf(tags.absentHere, facts),
    unlocked: known.versions.filter(({ line, unmerged }) => line === undefined && unmerged !== true).map(versionTag),
  };
  return { plan, diagnostics: sortDiagnostics([...diagnostics, ...unmergedFindings(facts, changes)]) };
}

/** What was found while tags, lock and prompts were read. */
export function readingFindings({ tags, known, unreadable }: ReleaseFacts): readonly Diagnostic[] {
  return [...tags.diagnostics, ...known.diagnostics, ...unreadable];
}

/** Versions that were never merged get no line. For prompts that are skipped because of them, this is reported already. */
function unmergedFindings({ known }: ReleaseFacts, { behind }: ClassifiedChanges): Diagnostic[] {
  const skipped = new Set(behind.map(({ name }) => name));
  const tags = known.versions.flatMap((version) =>
    version.unmerged === true && !skipped.has(version.name) ? [versionTag(version)] : [],
  );
  return tags.length === 0 ? [] : [diagnose("version/not-locked", { tags }, { file: LOCK_FILE })];
}

/** The prompts whose content is not released yet. */
export function findDiffering(facts: ReleaseFacts): readonly ReleaseCandidate[] {
  const released = findReleased(facts);
  return facts.candidates.filter(({ name, digest }) => !released.has(`${name} ${digest}`));
}

/** Which of the differing prompts are to be released; needs the lineages. */
export function decideChanges(facts: ReleaseFacts): ClassifiedChanges {
  const changes = classifyChanges(findDiffering(facts), { ...facts, versions: facts.known.versions });
  return { ...changes, changed: changes.changed.filter(({ name }) => !facts.layoutOnly.has(name)) };
}

/** What was found in the changes, with what the compiler found. */
export function changeFindings(facts: ReleaseFacts, { changed, diagnostics }: ClassifiedChanges): Diagnostic[] {
  const { working, commit } = facts;
  // If the working tree has the same texts, findings point there.
  const isAtHand = changed.every(({ name, digest }) => working.get(name) === digest);
  return [
    ...diagnostics,
    ...findEdits(facts),
    ...findCaseConflicts(facts.promptsDir, facts.names, []),
    ...facts.checkFindings.map((finding) => (isAtHand ? finding : inRevision(finding, { commit }))),
  ];
}

/** The notes that the user gave for a prompt. */
export function givenNotes(notes: ReleaseNotes | undefined, name: string): string | undefined {
  if (typeof notes === "string") return notes;
  return notes !== undefined && Object.hasOwn(notes, name) ? notes[name] : undefined;
}

function refused(diagnostics: readonly Diagnostic[]): Planned<ReleasePlan> {
  return { plan: undefined, diagnostics: sortDiagnostics(diagnostics) };
}

/**
 * Versions by name and digest that leave nothing to release: each prompt's latest, and those of this very commit. (A
 * job that runs again for an old commit must not put its content after what was released since.)
 */
function findReleased({ known, commit, anyVersion }: ReleaseFacts): ReadonlyMap<string, number> {
  const latest = latestOf(known);
  const released = known.versions.filter(({ name, version, retired, commit: own }) =>
    anyVersion ? retired === undefined : latest.get(name)?.version === version || own === commit,
  );
  return new Map(released.map(({ name, digest, version }) => [`${name} ${digest}`, version]));
}

function latestOf({ versions }: KnownVersions): ReadonlyMap<string, VersionRecord> {
  return new Map(versions.map((version) => [version.name, version]));
}

function findUnchanged(facts: ReleaseFacts): ReleasePlan["unchanged"] {
  const released = findReleased(facts);
  return facts.candidates.flatMap(({ name, digest }) => {
    const version = released.get(`${name} ${digest}`);
    return version === undefined ? [] : [{ name, version }];
  });
}

/** Edits that are not committed. They are an error if a named prompt differs from its latest version only by them. */
function findEdits({ promptsDir, names, named, working, candidates, known }: ReleaseFacts): Diagnostic[] {
  const committed = new Map(candidates.map(({ name, digest }) => [name, digest]));
  const latest = latestOf(known);
  return (named ? names : [...working.keys()]).flatMap((name) => {
    const digest = committed.get(name);
    if (!working.has(name) || working.get(name) === digest) return [];
    const version = latest.get(name);
    const place = placeOf(promptsDir, name);
    const onlyEdits = named && version !== undefined && version.digest === digest;
    if (!onlyEdits) return [diagnose("release/uncommitted", { name }, place, { name })];
    return [diagnose("release/only-uncommitted", { name, version: version.version }, place, { name })];
  });
}

function nextVersion(
  { name, digest, content }: ReleaseCandidate,
  facts: ReleaseFacts,
  hasVersions: boolean,
): PlannedVersion {
  const { known, promptsDir } = facts;
  const draft = facts.drafts.get(name);
  const version = (known.highest.get(name) ?? 0) + 1;
  const notes = givenNotes(facts.notes, name) ?? draft?.generatedNotes ?? "";
  return {
    name,
    version,
    tag: gitTag({ name, version }, facts.tagPrefix),
    digest,
    reason: hasVersions ? findReason(draft?.earlier, content, promptsDir) : { kind: "first" },
    notes: notes.replaceAll("\r\n", "\n").trim(),
  };
}

/** There is no next number, or it is this project's next one, but another project of the repository has the tag. */
function takenFindings({ tag, name, version }: PlannedVersion, facts: ReleaseFacts): Diagnostic[] {
  const { known, promptsDir, tagPrefix, folder } = facts;
  if (version > MAX_VERSION) {
    const last = gitTag({ name, version: MAX_VERSION }, tagPrefix);
    return [diagnose("release/last-number", { tag: last }, placeOf(promptsDir, name), { name, version: MAX_VERSION })];
  }
  const taken = known.foreign.find((other) => other.tag === tag);
  if (taken === undefined) return [];
  const place = placeOf(promptsDir, name);
  const holder = "folder" in taken.place ? taken.place.folder : undefined;
  const args = { tag, path: place.file, holder, suggested: suggestTagPrefix(folder, tagPrefix) };
  return [diagnose("release/tag-taken", args, place, { name, version })];
}

/** Notes that a tag cannot hold, and generated notes that may be incomplete. */
function notesFindings(version: PlannedVersion, facts: ReleaseFacts): Diagnostic[] {
  const { name, notes } = version;
  const { shallow, promptsDir } = facts;
  const place = placeOf(promptsDir, name);
  const problem = notesProblem(notes);
  const draft = facts.drafts.get(name);
  return [
    ...(draft?.undecoded === undefined
      ? []
      : [diagnose("release/notes-not-text", { name, ...draft.undecoded }, place, version)]),
    ...(draft?.isTruncated === true ? [diagnose("release/shallow-notes", { name, shallow }, place, version)] : []),
    ...(problem === undefined ? [] : [diagnose("release/invalid-notes", { name, problem }, place, version)]),
  ];
}

/** Why a tag cannot hold a text as its message. */
function notesProblem(notes: string): string | undefined {
  if (notes.includes("\0")) return "they contain a NUL character";
  return notesOf(notes) === notes ? undefined : "they contain a line that marks the beginning of a signature";
}

/** The names of those tags that are usable versions; sorted. */
function tagsOf(
  tags: readonly { readonly name: string }[],
  { known: { versions }, tagPrefix }: ReleaseFacts,
): string[] {
  const known = new Set(versions.map((version) => gitTag(version, tagPrefix)));
  return tags
    .map(({ name }) => name)
    .filter((name) => known.has(name))
    .sort(compareText);
}

function placeOf(promptsDir: string, name: string): { readonly file: string } {
  return { file: `${promptsDir}/${name}${PROMPT_EXTENSION}` };
}
