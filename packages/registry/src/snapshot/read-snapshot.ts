// Reads a repository for one build: all I/O of the registry, in one function, into plain data.

import {
  type AliasEntry,
  compareText,
  type Diagnostic,
  diagnose,
  latestVersions,
  PROMPT_EXTENSION,
  parseVersionTag,
  type Snapshot,
  sortDiagnostics,
  type VersionId,
  type VersionSnapshot,
  versionsOf,
  versionTag,
} from "@cuecard/model";
import { ALIASES_FILE, type ParsedAliases, parseAliases } from "../alias-file/parse-aliases.js";
import {
  type AliasContext,
  type ProposedPointers,
  resolveAliases,
  validatePlannedAliases,
} from "../aliases/resolve-aliases.js";
import { NO_TEXT, type ProjectFile, readProjectFile } from "../disk/project-file.js";
import { RepositoryUnreadable } from "../git/reader.js";
import { LOCK_FILE, type LockFile, parseLock } from "../lock/lock-file.js";
import { type LockResult, planLockUpdate } from "../lock/plan-lock-update.js";
import type { OpenRepository, Repository } from "../repository/repository.js";
import { readVersions, type VersionsResult } from "../versions/read-versions.js";
import type { VersionRecord } from "../versions/version-record.js";
import { findCaseConflicts } from "./case-conflicts.js";
import { readWorkingTree, type WorkingTree } from "./read-working-tree.js";

export interface ReadOptions {
  /** Whether the lock must not change: a tag without a line is then ignored. Default: no. */
  readonly frozen?: boolean | undefined;
  /**
   * Whether to resolve merge conflicts in prompts.lock with the lines of both sides. Default: no, they are an error.
   */
  readonly resolvesConflicts?: boolean | undefined;
  /** The digest that a version at a commit was verified to have (from a cache). Its content is then not read again. */
  readonly knownDigest?: ((id: VersionId & { readonly commit: string }) => string | undefined) | undefined;
  /** Whether a version's content is wanted in the snapshot. Default: always. */
  readonly needsContent?:
    | ((version: VersionId & { readonly digest: string; readonly targeted: boolean }) => boolean)
    | undefined;
  /** Pointers that are about to be written: they count like the file's, and their problems are reported separately. */
  readonly proposed?: readonly ProposedPointers[] | undefined;
  /** Called as versions are read. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

export interface ReadResult {
  /** `undefined` only if the repository cannot be read at all. */
  readonly snapshot: Snapshot | undefined;
  /**
   * Aliases whose target does not exist or cannot be used. They are not in the snapshot; the diagnostics give the
   * reasons.
   */
  readonly brokenAliases: readonly AliasEntry[];
  /** What is wrong with the pointers that were proposed. */
  readonly proposedFindings: readonly Diagnostic[];
  readonly lock: LockResult;
  /** Sorted. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads prompts, versions, aliases and lock of a project. Nothing is written, nothing is fetched.
 * Mistakes of users are diagnostics; it throws only unexpected errors of the file system.
 */
export async function readSnapshot(repository: Repository, options: ReadOptions = {}): Promise<ReadResult> {
  // git lists the tags while the files are read: it is started first, and files are read synchronously.
  const [opened, files] = await Promise.allSettled([repository.open(), readProjectFiles(repository, options)]);
  if (files.status === "rejected") throw files.reason;
  const { lockText } = files.value;
  if (opened.status === "rejected") return unreadable(opened.reason, lockText.text);
  try {
    return await assembleSnapshot(opened.value, files.value, options);
  } catch (error) {
    return unreadable(error, lockText.text);
  }
}

/** What is in the project's folder: everything but git. */
interface ProjectFiles {
  readonly lockText: ProjectFile;
  readonly lock: LockFile;
  readonly aliases: ParsedAliases;
  readonly working: WorkingTree;
}

async function readProjectFiles(repository: Repository, options: ReadOptions): Promise<ProjectFiles> {
  const { dir } = repository;
  const [lockText, aliasesText, working] = await Promise.all([
    readProjectFile(dir, LOCK_FILE),
    readProjectFile(dir, ALIASES_FILE),
    readWorkingTree(repository),
  ]);
  return {
    lockText: lockText ?? NO_TEXT,
    lock: parseLock(lockText?.text ?? "", options),
    aliases: readAliases(aliasesText),
    working,
  };
}

function readAliases(file: ProjectFile | undefined): ParsedAliases {
  if (file === undefined) return { prompts: [], diagnostics: [] };
  // A file that is not text has that diagnostic only, and none about its syntax.
  return file.diagnostics.length > 0 ? { prompts: [], diagnostics: file.diagnostics } : parseAliases(file.text);
}

async function assembleSnapshot(
  repository: OpenRepository,
  { lockText, lock, aliases, working }: ProjectFiles,
  options: ReadOptions,
): Promise<ReadResult> {
  const { reader, tags, promptsDir } = repository;
  const proposed = options.proposed ?? [];
  const pointedAt = listPointedAt([...aliases.prompts, ...proposed]);
  const frozen = options.frozen ?? false;
  const versions = await readVersions(repository, tags, lock, {
    frozen,
    knownDigest: options.knownDigest ?? (() => undefined),
    needsContent: options.needsContent ?? (() => true),
    onProgress: options.onProgress ?? (() => {}),
    isPointedAt: (id) => pointedAt.has(versionTag(id)),
  });
  const byName = groupVersions(versions.versions);
  const latest = latestVersions(versions.versions);
  const context: AliasContext = {
    promptsDir,
    working: working.names,
    versions: byName,
    unusable: versions.unusable,
    unlocked: versions.unlocked,
    brokenNames: namesOf([...versions.unusable, ...versions.unlocked]),
    tagsMissing: reader.shallow ? "shallow" : tags.length === 0 ? "none" : undefined,
  };
  const resolved = resolveAliases(aliases.prompts, context);
  const diagnostics = [
    ...lockText.diagnostics,
    ...lock.diagnostics,
    ...aliases.diagnostics,
    ...resolved.diagnostics,
    ...working.diagnostics,
    ...versions.diagnostics,
    ...findUnknownScores(working, byName, versions),
    ...findCaseConflicts(promptsDir, [...working.names, ...byName.keys()], working.partials),
  ];
  return {
    snapshot: {
      promptsDir,
      working: working.prompts,
      workingNames: [...working.names].sort(compareText),
      workingPartials: working.partials,
      versions: versions.versions.map((record) =>
        toSnapshot(record, promptsDir, latest.get(record.name) === record.version || pointedAt.has(versionTag(record))),
      ),
      aliases: resolved.entries,
      scores: working.scores.map(({ range, file, ...score }) => score),
    },
    brokenAliases: resolved.broken,
    proposedFindings: sortDiagnostics(validatePlannedAliases(proposed, context)),
    lock: planLockUpdate(lockText, lock, versions.versions, frozen),
    diagnostics: sortDiagnostics(diagnostics),
  };
}

function toSnapshot(record: VersionRecord, promptsDir: string, targeted: boolean): VersionSnapshot {
  const { name, version, commit, digest, notes, retired, content } = record;
  const path = `${promptsDir}/${name}${PROMPT_EXTENSION}`;
  return { name, version, commit, digest, notes, retired, path, targeted, content };
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

function listPointedAt(prompts: readonly ProposedPointers[]): ReadonlySet<string> {
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

function unreadable(error: unknown, lockText: string): ReadResult {
  if (!(error instanceof RepositoryUnreadable)) throw error;
  return {
    snapshot: undefined,
    brokenAliases: [],
    proposedFindings: [],
    lock: { before: lockText, text: lockText, changed: false, added: [], resolved: false },
    diagnostics: [error.diagnostic],
  };
}
