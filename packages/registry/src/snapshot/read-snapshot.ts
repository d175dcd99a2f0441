// Reads a project for one build, its folder and its repository, into plain data.

import { type Diagnostic, type VersionId, versionTag } from "@cuecard/model";
import { ALIASES_FILE, type ParsedAliases, parseAliases } from "../alias-file/parse-aliases.js";
import { parseSomeAliases } from "../alias-file/parse-some-aliases.js";
import { type ReplacedPointer, type Replacement, replacePointers } from "../aliases/replace-pointers.js";
import type { ProposedPointers } from "../aliases/resolve-aliases.js";
import { NO_TEXT, type ProjectFile } from "../git/project-file.js";
import { RepositoryUnreadable, type TagRef } from "../git/reader.js";
import { findUnmerged, type MergedRecord, type Merges } from "../history/find-unmerged.js";
import { parseLock } from "../lock/lock-file.js";
import type { OpenRepository, Repository } from "../repository/repository.js";
import { readVersions, type TakeContent } from "../versions/read-versions.js";
import {
  assembleSnapshot,
  listPointedAt,
  nothingRead,
  type ProjectFiles,
  type ReadResult,
  type RepositoryContents,
} from "./assemble-snapshot.js";
import { type ChangedReading, changedReading, unchangedReading, wholeOf } from "./changed-reading.js";
import { readWorkingTree } from "./read-working-tree.js";
import type { UnparsedFiles } from "./reading-inputs.js";
import { type RememberedReadings, recall, rememberWhole } from "./remembered-reading.js";
import { rereadChanges } from "./reread-changes.js";
import type { PartReading, PartRequest } from "./reread-requests.js";
import { type ProjectView, viewProject, workingOptions } from "./view-project.js";

export interface ReadOptions {
  /** Whether the lock must not change: a tag without a line is then ignored. Default: no. */
  readonly frozen?: boolean | undefined;
  /**
   * Whether to resolve merge conflicts in prompts.lock with the lines of both sides. Default: no, they are an error.
   */
  readonly resolvesConflicts?: boolean | undefined;
  /** The digest that a version at a commit was verified to have (from a cache). Its content is then not read again. */
  readonly knownDigest?: ((id: VersionId & { readonly commit: string }) => string | undefined) | undefined;
  /** Which versions an earlier reading found to be merged. Their histories are then not read again. */
  readonly merged?: (() => MergedRecord | undefined) | undefined;
  /** The project as it was seen before. Default: it is looked at now. */
  readonly view?: ProjectView | undefined;
  /** Readings of earlier commands. Not used with proposed pointers or replacements. Default: each reading starts anew. */
  readonly remembered?: RememberedReadings | undefined;
  /** Whether a version's content is wanted in the snapshot. Default: always. */
  readonly needsContent?:
    | ((version: VersionId & { readonly digest: string; readonly targeted: boolean }) => boolean)
    | undefined;
  /** Offered each content that is wanted, as soon as it is read. Default: all are kept in the snapshot. */
  readonly take?: TakeContent | undefined;
  /** Pointers that are about to be written: they count like the file's, and their problems are reported separately. */
  readonly proposed?: readonly ProposedPointers[] | undefined;
  /** Pointers that count instead of the file's. */
  readonly replacements?: readonly Replacement[] | undefined;
  /** Called as versions are read. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Reads prompts, versions, aliases and lock of a project. Nothing is written, nothing is fetched.
 * Mistakes of users are diagnostics; it throws only unexpected errors of the file system.
 */
export async function readSnapshot(repository: Repository, options: ReadOptions = {}): Promise<ReadResult> {
  const { frozen = false, proposed = [], replacements = [] } = options;
  const view = options.view ?? (await viewProject(repository, frozen));
  const { opened, files } = view;
  const lockText = files.lockText ?? NO_TEXT;
  try {
    if (opened instanceof RepositoryUnreadable) throw opened;
    // What is kept is what the files say.
    const remembered = proposed.length + replacements.length === 0 ? options.remembered : undefined;
    const inputs = remembered === undefined ? undefined : await view.inputs();
    const known = recall(remembered, inputs, files);
    if (known !== undefined && !needsTexts(known, options)) return known;
    const near = known === undefined ? await reread(repository, { ...options, remembered, view }) : undefined;
    const whole = near && wholeOf(near);
    if (near !== undefined && whole !== undefined && !needsTexts(whole, options)) return { ...whole, ...near.keep() };
    const parsed = await readProjectFiles(repository, files, options);
    const { aliases, working } = parsed;
    const { prompts, replaced, diagnostics } = replacePointers(aliases.prompts, replacements, working.names);
    const project = { ...parsed, aliases: { prompts, diagnostics: [...aliases.diagnostics, ...diagnostics] } };
    const contents = await readContents(opened, project, options);
    const { promptsDir, only } = repository;
    const result = assembleSnapshot(project, contents, { promptsDir, only, frozen, proposed });
    const reading = { ...result, replaced, diagnostics: withoutPlaces(result.diagnostics, replaced) };
    return { ...reading, ...rememberWhole(remembered, inputs, reading, frozen) };
  } catch (error) {
    return unreadable(error, lockText.text);
  }
}

/**
 * Reads only what has changed since the last reading.
 *
 * @returns `undefined` if the whole project has to be read.
 */
export async function readChanges(repository: Repository, options: ReadOptions): Promise<ChangedReading | undefined> {
  const { frozen = false, proposed = [], replacements = [] } = options;
  if (proposed.length + replacements.length > 0) return undefined;
  try {
    return await reread(repository, { ...options, view: options.view ?? (await viewProject(repository, frozen)) });
  } catch (error) {
    if (error instanceof RepositoryUnreadable) return undefined; // reading it reports why
    throw error;
  }
}

/** Whether texts of versions are needed that the reading does not have. */
function needsTexts({ snapshot }: Pick<ReadResult, "snapshot">, { needsContent = () => true }: ReadOptions): boolean {
  return snapshot?.versions.some((version) => version.content === undefined && needsContent(version)) ?? false;
}

async function reread(
  repository: Repository,
  options: ReadOptions & { readonly view: ProjectView },
): Promise<ChangedReading | undefined> {
  const { view, remembered, frozen = false } = options;
  const { opened, files } = view;
  const last = remembered?.last();
  const inputs = last === undefined ? undefined : await view.inputs();
  if (last === undefined || inputs === undefined || opened instanceof RepositoryUnreadable) return undefined;
  if (last.isOf(inputs)) return unchangedReading(last, files);
  const working = (only?: ReadonlySet<string>) =>
    readWorkingTree({ ...workingOptions(repository), only }, files.working);
  const changes = await rereadChanges(last, {
    ...{ repository: opened, files, inputs, frozen },
    readWorking: working,
    async readPart({ names, tags, knownDigest, merged }: PartRequest): Promise<PartReading> {
      const { lockText = NO_TEXT, aliasesText } = files;
      const project = {
        lockText,
        lock: parseLock(lockText.text, { ...options, only: names }),
        aliases: readAliases(aliasesText, names),
        working: await working(names),
      };
      const contents = await readContents(opened, project, {
        ...options,
        ...{ tags, knownDigest, merged: () => merged, onProgress: () => {} },
        hasTags: async () => inputs.tags.text?.trim() !== "",
      });
      const { promptsDir } = repository;
      const part = assembleSnapshot(project, contents, { promptsDir, only: names, frozen, proposed: [] });
      return { ...part, replaced: [], lines: project.lock.lines };
    },
  });
  return changes && changedReading(changes, { files, inputs, remembered });
}

async function readProjectFiles(
  repository: Repository,
  { lockText, aliasesText, working: files }: UnparsedFiles,
  options: ReadOptions,
): Promise<ProjectFiles> {
  const working = await readWorkingTree(workingOptions(repository), files);
  return {
    lockText: lockText ?? NO_TEXT,
    lock: parseLock(lockText?.text ?? "", { ...options, only: repository.only }),
    aliases: readAliases(aliasesText, repository.only),
    working,
  };
}

function readAliases(file: ProjectFile | undefined, only: Repository["only"]): ParsedAliases {
  if (file === undefined) return { prompts: [], diagnostics: [] };
  // A file that is not text has that diagnostic only, and none about its syntax.
  if (file.diagnostics.length > 0) return { prompts: [], diagnostics: file.diagnostics };
  return only === undefined ? parseAliases(file.text) : parseSomeAliases(file.text, only);
}

async function readContents(
  repository: OpenRepository,
  { lock, aliases }: ProjectFiles,
  options: ReadOptions & { readonly tags?: readonly TagRef[]; readonly hasTags?: OpenRepository["hasTags"] },
): Promise<RepositoryContents> {
  const { reader, tagPrefix } = repository;
  const tags = options.tags ?? (await repository.tags.refs());
  const hasTags = options.hasTags ?? repository.hasTags;
  const pointedAt = listPointedAt([...aliases.prompts, ...(options.proposed ?? [])]);
  let merges: Merges = { unmerged: new Set(), unknown: new Set(), absentBranches: [], record: undefined };
  const versions = await readVersions(repository, tags, lock, {
    frozen: options.frozen ?? false,
    knownDigest: options.knownDigest ?? (() => undefined),
    needsContent: options.needsContent ?? (() => true),
    take: options.take,
    onProgress: options.onProgress ?? (() => {}),
    isPointedAt: (id) => pointedAt.has(versionTag(id)),
    async findUnmerged(found) {
      if (found.length > 0) merges = await findUnmerged(repository, found, options.merged?.());
      return merges.unmerged;
    },
  });
  return {
    versions,
    merges,
    tagPrefix,
    folder: reader.prefix,
    tagsMissing: reader.shallow ? "shallow" : (await hasTags()) ? undefined : "none",
  };
}

/** Diagnostics about a replaced pointer have no place: the file contains another one. */
function withoutPlaces(diagnostics: readonly Diagnostic[], replaced: readonly ReplacedPointer[]): Diagnostic[] {
  const keys = new Set(replaced.map(({ name, alias }) => `${name}@${alias}`));
  return diagnostics.map((diagnostic) => {
    const { range, ...placeless } = diagnostic;
    const { file, subject } = diagnostic;
    return file === ALIASES_FILE && keys.has(`${subject?.name}@${subject?.alias}`) ? placeless : diagnostic;
  });
}

function unreadable(error: unknown, lockText: string): ReadResult {
  if (!(error instanceof RepositoryUnreadable)) throw error;
  return nothingRead([error.diagnostic], lockText);
}
