// Assembles what was read from a project's folder and its repository into one snapshot. A pure function.

import {
  CONFIG_FILE,
  compareText,
  type Diagnostic,
  diagnose,
  latestVersions,
  PROMPT_EXTENSION,
  parseVersionTag,
  type Snapshot,
  sortDiagnostics,
  suggestTagPrefix,
  type VersionId,
  type VersionSnapshot,
  versionsOf,
  versionTag,
} from "@cuecard/model";
import type { ParsedAliases } from "../alias-file/parse-aliases.js";
import type { ReplacedPointer } from "../aliases/replace-pointers.js";
import {
  type AliasContext,
  type ProposedPointers,
  resolveAliases,
  type UnresolvedAlias,
  validatePlannedAliases,
} from "../aliases/resolve-aliases.js";
import type { ProjectFile } from "../git/project-file.js";
import type { MergedRecord, Merges } from "../history/find-unmerged.js";
import type { LockFile } from "../lock/lock-file.js";
import { type LockResult, planLockUpdate } from "../lock/plan-lock-update.js";
import type { VersionsResult } from "../versions/read-versions.js";
import type { VersionRecord } from "../versions/version-record.js";
import { findCaseConflicts } from "./case-conflicts.js";
import type { KeptReading } from "./kept-reading.js";
import { findNeverMerged } from "./never-merged.js";
import type { WorkingTree } from "./read-working-tree.js";

export interface ReadResult {
  /** `undefined` only if the repository cannot be read at all. */
  readonly snapshot: Snapshot | undefined;
  /**
   * Aliases whose target does not exist or cannot be used. They are not in the snapshot; the diagnostics give the
   * reasons.
   */
  readonly brokenAliases: readonly UnresolvedAlias[];
  /** Tags of versions that a frozen lock does not have, sorted. They are not in the snapshot. */
  readonly unlocked: readonly string[];
  /** Versions for which this clone lacks the commits that would show whether they were merged, sorted. */
  readonly unknownMerges: readonly string[];
  /** What was found out about the history, for the next reading. */
  readonly merged: MergedRecord | undefined;
  /** What is wrong with the pointers that were proposed. */
  readonly proposedFindings: readonly Diagnostic[];
  /** The pointers that replaced those of aliases.json. */
  readonly replaced: readonly ReplacedPointer[];
  readonly lock: LockResult;
  /** Sorted. */
  readonly diagnostics: readonly Diagnostic[];
  /** This reading, if it was kept. */
  readonly kept?: KeptReading | undefined;
  /** Keeps what the next reading finds, once prompts.lock is as planned. */
  readonly keepLocked?: (() => KeptReading | undefined) | undefined;
  /** An earlier reading, and the prompts whose part of the snapshot may differ from that in it. Left out if that is not known. */
  readonly since?: { readonly reading: KeptReading; readonly names: ReadonlySet<string> } | undefined;
}

/** What is in the project's folder: everything but git. */
export interface ProjectFiles {
  readonly lockText: ProjectFile;
  readonly lock: LockFile;
  readonly aliases: ParsedAliases;
  readonly working: WorkingTree;
}

/** The result if nothing could be read. The lock stays as it is. */
export function nothingRead(diagnostics: readonly Diagnostic[], lockText = ""): ReadResult {
  return {
    snapshot: undefined,
    brokenAliases: [],
    unlocked: [],
    unknownMerges: [],
    merged: undefined,
    proposedFindings: [],
    replaced: [],
    lock: { before: lockText, text: lockText, changed: false, added: [], resolved: false },
    diagnostics: sortDiagnostics(diagnostics),
  };
}

/** What is in the repository. */
export interface RepositoryContents {
  readonly versions: VersionsResult;
  readonly merges: Merges;
  readonly tagPrefix: string;
  /** The project's folder, relative to the top of the repository, with a `/` at the end; empty at the top. */
  readonly folder: string;
  /** Why tags may be missing from this clone; `undefined` if they probably are not. */
  readonly tagsMissing: AliasContext["tagsMissing"];
}

export interface AssembleOptions {
  readonly promptsDir: string;
  /** The prompts that are asked about; see {@link RepositoryOptions.only}. */
  readonly only: ReadonlySet<string> | undefined;
  readonly frozen: boolean;
  /** Pointers that are about to be written. */
  readonly proposed: readonly ProposedPointers[];
}

export function assembleSnapshot(
  { lockText, lock, aliases, working }: ProjectFiles,
  contents: RepositoryContents,
  { promptsDir, only, frozen, proposed }: AssembleOptions,
): Omit<ReadResult, "replaced" | "kept" | "since" | "keepLocked"> {
  const { versions, tagsMissing } = contents;
  const pointedAt = listPointedAt([...aliases.prompts, ...proposed]);
  const byName = groupVersions(versions.versions);
  const latest = latestVersions(versions.versions);
  const context: AliasContext = {
    promptsDir,
    working: working.names,
    ignored: working.ignored,
    versions: byName,
    latest,
    unusable: versions.unusable,
    unlocked: versions.unlocked,
    brokenNames: namesOf([...versions.unusable, ...versions.unlocked]),
    tagsMissing,
  };
  // The latest version of a name is one that is not retired.
  const stillIgnored = [...working.ignored].filter((name) => latest.has(name));
  const resolved = resolveAliases(aliases.prompts, context);
  const diagnostics = [
    ...lockText.diagnostics,
    ...lock.diagnostics,
    ...aliases.diagnostics,
    ...resolved.diagnostics,
    ...working.diagnostics,
    ...versions.diagnostics,
    ...stillIgnored.map((name) => reportIgnored(promptsDir, name, versions.versions)),
    ...findOtherProjects(contents, new Set([...working.names, ...byName.keys()])),
    ...findUnknownScores(working, byName, versions),
    ...findNeverMerged(versions.versions, [...aliases.prompts, ...proposed], frozen),
    ...contents.merges.absentBranches.map((pattern) =>
      diagnose("version/branch-missing", { pattern }, { file: CONFIG_FILE }),
    ),
    ...findCaseConflicts(promptsDir, [...working.names, ...byName.keys()], [...working.partials, ...working.schemas]),
  ].filter(({ subject }) => only === undefined || subject === undefined || only.has(subject.name));
  return {
    snapshot: {
      promptsDir,
      working: working.prompts,
      workingNames: [...working.names, ...stillIgnored].sort(compareText),
      workingPartials: working.partials,
      schemaNames: working.schemaNames,
      versions: versions.versions.map((record) =>
        toSnapshot(record, promptsDir, latest.get(record.name) === record.version || pointedAt.has(versionTag(record))),
      ),
      aliases: resolved.entries,
      scores: working.scores.map(({ range, file, ...score }) => score),
    },
    brokenAliases: resolved.broken,
    unlocked: [...versions.unlocked].sort(compareText),
    unknownMerges: versions.versions.map(versionTag).filter((tag) => contents.merges.unknown.has(tag)),
    merged: contents.merges.record,
    proposedFindings: sortDiagnostics(validatePlannedAliases(proposed, context)),
    lock: planLockUpdate(lockText, lock, versions.versions, { frozen, isPart: only !== undefined }),
    diagnostics: sortDiagnostics(diagnostics),
  };
}

function toSnapshot(record: VersionRecord, promptsDir: string, targeted: boolean): VersionSnapshot {
  const { line, ...version } = record;
  return { ...version, path: `${promptsDir}/${record.name}${PROMPT_EXTENSION}`, targeted };
}

function reportIgnored(promptsDir: string, name: string, versions: readonly VersionRecord[]): Diagnostic {
  const file = `${promptsDir}/${name}${PROMPT_EXTENSION}`;
  const own = versions.filter((version) => version.name === name && version.retired === undefined);
  const args = { name, path: file, versions: own.map(({ version }) => `v${version}`) };
  return diagnose("prompt/ignored", args, { file }, { name });
}

/** Tags of other projects for prompts that this project has as well: one finding for each folder. */
function findOtherProjects(
  { versions, tagPrefix, folder }: RepositoryContents,
  names: ReadonlySet<string>,
): Diagnostic[] {
  const tags = new Map<string, string[]>();
  for (const { id, tag, place } of versions.foreign)
    if (place.kind === "elsewhere" && names.has(id.name))
      tags.set(place.folder, [...(tags.get(place.folder) ?? []), tag]);
  return [...tags].map(([other, own]) => {
    const suggested = suggestTagPrefix(folder, tagPrefix);
    // Without its prompts folder, which is usually called `prompts`.
    const project = other.split("/").slice(0, -1).join("/");
    const args = { tags: own, folder: other, project, suggested, otherSuggested: suggestTagPrefix(project) };
    return diagnose("tag/other-project", args, { file: "." });
  });
}

/** Scores for versions that do not exist, and do not have an error of their own. */
function findUnknownScores(
  { scores }: WorkingTree,
  byName: ReadonlyMap<string, readonly number[]>,
  { unusable, unlocked }: VersionsResult,
): Diagnostic[] {
  return scores.flatMap(({ name, version, file, range }) => {
    const tag = versionTag({ name, version });
    if (byName.get(name)?.includes(version) === true || unusable.has(tag) || unlocked.has(tag)) return [];
    return [diagnose("scores/unknown-version", { tag }, { file, range }, { name, version })];
  });
}

/** The tags of all versions that pointers lead to. */
export function listPointedAt(prompts: readonly ProposedPointers[]): ReadonlySet<string> {
  const tags = prompts.flatMap(({ name, pointers }) =>
    pointers.flatMap(({ target }) => versionsOf(target).map((version) => versionTag({ name, version }))),
  );
  return new Set(tags);
}

function groupVersions(versions: readonly VersionId[]): Map<string, number[]> {
  const byName = new Map<string, number[]>();
  for (const { name, version } of versions) {
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [version]);
    else known.push(version);
  }
  return byName;
}

function namesOf(tags: readonly string[]): ReadonlySet<string> {
  return new Set(tags.map((tag) => parseVersionTag(tag)?.name).filter((name) => name !== undefined));
}
