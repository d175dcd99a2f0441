// A project opened for one use case: everything needed to read, compile and plan, each resolved once.

import {
  type ChangedReading,
  type GitChoice,
  openRepository,
  type ProjectView,
  type ProposedPointers,
  type ReadResult,
  type Replacement,
  type Repository,
  type TakeContent,
  viewProject,
  type WatchMemory,
} from "@cuecard/registry";
import type { BuildCache, CompiledForms } from "../cache/build-cache.js";
import type { ReferenceKind } from "../cache/current-snapshot.js";
import { hash } from "../cache/hash.js";
import { type HelpersResult, readHelpers } from "../helpers/read-helpers.js";
import { parseBranches } from "../settings/branches.js";
import { createIgnore } from "../settings/ignore.js";
import type { ProjectSettings } from "../settings/read-settings.js";
import { type Compiler, loadCompiler } from "./compiler.js";
import { readChanges, readSnapshot } from "./read-snapshot.js";

/** What stays the same for as long as a registry is open. */
export interface ProjectOptions extends ProjectSettings {
  readonly git: GitChoice;
  /** Whether prompts.lock is used without changes. */
  readonly frozen: boolean;
  readonly cache: BuildCache;
  /** `undefined` if nothing may be fetched. */
  readonly onFetch: ((objects: number) => void) | undefined;
  readonly onProgress: ((done: number, total: number) => void) | undefined;
  /** What a process that watches knows of files. Default: nothing. */
  readonly memory?: WatchMemory | undefined;
}

/**
 * A project as one use case sees it. Repository, helpers and snapshot are read when they are first needed and then shared,
 * so a use case that needs them twice sees the same state. The next use case on the same
 * registry starts anew and sees what has changed on disk.
 */
export interface Project extends ProjectOptions {
  readonly repository: Repository;
  /** Whether it is only about some prompts: see {@link Project.about}. */
  readonly isPart: boolean;
  /**
   * The project as it is for some prompts: only what is theirs is read, so that a question about one prompt costs the same in
   * a project of ten prompts and of ten thousand. It caches nothing. Its findings are those about these
   * prompts and about files that all prompts share.
   *
   * @param names Default: all of them.
   * @param drafts Texts that count in place of working files, by their paths relative to the project's folder. Default: none.
   */
  about(names: readonly string[] | undefined, drafts?: ReadonlyMap<string, string>): Project;
  /** The compiler, loaded when there is something to compile. */
  compiler(): Promise<Compiler>;
  /** The project's template helpers. */
  helpers(): Promise<HelpersResult>;
  /** The compiled contents in the cache that fit the current helpers. */
  compiledForms(): Promise<CompiledForms>;
  /** Prompts, versions, aliases and lock. They are read again only if texts are needed that no earlier reading kept. */
  snapshot(need: SnapshotNeed): Promise<ReadResult>;
  /** The same, but only what has changed since an earlier reading; `undefined` if everything has to be read. */
  changes(need: Pick<SnapshotNeed, "texts" | "take">): Promise<ChangedReading | undefined>;
  /** What {@link snapshot} reads, before any of it is parsed. */
  view(): Promise<ProjectView>;
  /** Ends the processes that read its repository. */
  close(): Promise<void>;
}

export interface SnapshotNeed {
  /** Which versions' texts are needed; see {@link NO_TEXTS} and {@link ALL_TEXTS}. */
  readonly texts: (version: SnapshotVersion) => boolean;
  /** Takes texts that are needed, as soon as they are read. Default: all are kept. */
  readonly take?: TakeContent | undefined;
  /** Whether merge conflict markers in prompts.lock are resolved by the lines of both sides. Default: no. */
  readonly resolvesConflicts?: boolean | undefined;
  /** Pointers that are about to be written to aliases.json. Default: none. */
  readonly proposed?: readonly ProposedPointers[] | undefined;
  /** Pointers that count instead of those of aliases.json. Default: none. */
  readonly replacements?: readonly Replacement[] | undefined;
  /** Whether prompts.lock is used without changes. Default: the project's choice. */
  readonly frozen?: boolean | undefined;
}

export interface SnapshotVersion {
  readonly name: string;
  readonly version: number;
  readonly digest: string;
  /** Whether an alias points at it, or it is its prompt's latest. */
  readonly targeted: boolean;
}

export const NO_TEXTS = (): boolean => false;
export const ALL_TEXTS = (): boolean => true;

/** @param repository One that an earlier use case left open. Default: a new one. */
export function createProject(options: ProjectOptions, repository?: Repository): Project {
  let helpers: Promise<HelpersResult> | undefined;
  return openPart(options, {
    repository: repository ?? openProjectRepository(options),
    isPart: false,
    helpers() {
      helpers ??= readHelpers(options, options.cache.folder);
      return helpers;
    },
  });
}

function openPart(options: ProjectOptions, own: Pick<Project, "repository" | "isPart" | "helpers">): Project {
  const parts: Project[] = [];
  let view: Promise<ProjectView> | undefined;
  let known: { readonly texts: readonly SnapshotNeed["texts"][]; readonly result: ReadResult } | undefined;
  const project: Project = {
    ...options,
    ...own,
    compiler: loadCompiler,
    about(names, drafts) {
      const part = openPart(options, {
        repository: openProjectRepository(options, { only: names && new Set(names), drafts }),
        isPart: true,
        helpers: own.helpers,
      });
      parts.push(part);
      return part;
    },
    async compiledForms() {
      const { helpers } = await project.helpers();
      const { metadataKeys, allowCharacters } = options.config;
      const settings = [
        ...(helpers === undefined ? [] : [helpers.signatures]),
        ...(metadataKeys.length === 0 ? [] : [metadataKeys]),
        ...(allowCharacters.length === 0 ? [] : [{ allowCharacters }]),
      ];
      const forms = options.cache.compiledForms(settings.length === 0 ? "" : hash(JSON.stringify(settings)));
      // To find the few contents of a part in the cache takes longer than to compile them.
      return own.isPart ? { ...forms, has: () => false, get: () => undefined, set: () => {} } : forms;
    },
    async snapshot(need) {
      // These reads describe a state that differs from the one on disk.
      const { proposed, replacements = [], resolvesConflicts, frozen } = need;
      if (proposed !== undefined || replacements.length > 0 || resolvesConflicts === true || frozen !== undefined)
        return readSnapshot(project, need);
      if (known !== undefined && hasTexts(known.result, need)) return known.result;
      const texts = [...(known?.texts ?? []), need.texts];
      const all = (version: SnapshotVersion) => texts.some((wants) => wants(version));
      const result = await readSnapshot(project, { texts: all, take: texts.length === 1 ? need.take : undefined });
      known = { texts, result };
      return result;
    },
    changes: (need) => readChanges(project, need),
    view() {
      view ??= viewProject(own.repository, options.frozen);
      return view;
    },
    async close() {
      await Promise.all([own.repository.close(), ...parts.map((part) => part.close())]);
    },
  };
  return project;
}

function hasTexts({ snapshot }: ReadResult, { texts }: SnapshotNeed): boolean {
  return snapshot?.versions.every((version) => version.content !== undefined || !texts(version)) ?? true;
}

function openProjectRepository(
  { dir, config, git, cache, onFetch, memory }: ProjectOptions,
  { only, drafts }: Pick<Repository, "only" | "drafts"> = {},
): Repository {
  let compiler: Compiler | undefined;
  const findReferences = async (
    { kind, text, of }: { kind: ReferenceKind; text: string; of: "working" | "version" },
    find: (compiler: Compiler) => readonly string[],
  ) => {
    // Each text of a version is read once, so looking it up in the cache pays only if it spares loading the compiler.
    const isLookedUp = only === undefined && (of === "working" || compiler === undefined);
    const known = isLookedUp ? cache.references(kind, text) : undefined;
    if (known !== undefined) return known;
    compiler ??= await loadCompiler();
    const found = find(compiler);
    // An edited text will be another one soon.
    if (of === "working" && only === undefined && drafts === undefined) cache.rememberReferences(kind, text, found);
    return found;
  };
  return openRepository({
    dir,
    promptsDir: config.prompts,
    tagPrefix: config.tagPrefix,
    git,
    partialReferences: (text, of) =>
      findReferences({ kind: "partials", text, of }, (own) => own.partialReferences(text)),
    schemaReferences: (file, of) =>
      findReferences({ kind: "schemas", text: file.text, of }, (own) => own.schemaReferences(file)),
    trimMessages: config.trimMessages,
    isIgnored: createIgnore(config.ignore),
    releaseBranches: parseBranches(config.releaseBranches),
    only,
    onFetch,
    memory,
    drafts,
  });
}
