// The programmatic API over one project: what the commands do, as functions.

import path from "node:path";
import type { CompileOptions, CompileResult } from "@cuecard/build";
import type { Diagnostic, Snapshot } from "@cuecard/model";
import type { ReadResult } from "@cuecard/registry";
import { BuildCache } from "./cache/build-cache.js";
import type { Config } from "./config/config.js";
import { type BuildOutcome, buildProject } from "./project/build-project.js";
import { type CheckOutcome, checkProject } from "./project/check-project.js";
import { compileProject } from "./project/compile-project.js";
import { findGitDir } from "./project/find-git-dir.js";
import { type Listing, listProject } from "./project/list-project.js";
import { type LoadOutcome, loadVersion } from "./project/load-version.js";
import { openProject } from "./project/open-project.js";
import { readProject } from "./project/read-project.js";
import { readSources } from "./project/read-sources.js";
import type { SourceLookup } from "./report/sources.js";

export interface RegistryOptions {
  /** The project's folder: where prompts/ and aliases.json are. */
  readonly dir: string;
  /** Settings that go before the project's own. */
  readonly config?: Partial<Config>;
  /** Whether prompts.lock is taken as it is. Default: no. */
  readonly frozen?: boolean;
  /** Called as versions are read. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** The result of compiling a project without writing anything. */
export interface Compilation {
  /** Text by path within the package's dist folder; empty when there are errors. */
  readonly files: ReadonlyMap<string, string>;
  readonly prompts: CompileResult["prompts"];
  readonly snapshot: Snapshot | undefined;
  /** Of settings, repository and prompts; sorted. */
  readonly diagnostics: readonly Diagnostic[];
}

/** One project's prompts. Users' mistakes are diagnostics in the results; only bugs and a failing disk throw. */
export interface Registry {
  /** Absolute. */
  readonly dir: string;
  readonly config: Config;
  /** What is wrong with the settings. */
  readonly diagnostics: readonly Diagnostic[];
  /** Reads the repository: prompts, versions with their texts, aliases, lock. */
  snapshot(): Promise<ReadResult>;
  /** The same, without the texts of versions. */
  read(): Promise<ReadResult>;
  /** Compiles the package in memory. */
  compile(options?: Partial<Pick<CompileOptions, "versions" | "working">>): Promise<Compilation>;
  /** Finds what is wrong, and writes nothing but caches. */
  check(): Promise<CheckOutcome>;
  /** Compiles, and writes the generated package and prompts.lock. */
  build(options?: { readonly keepsCache?: boolean }): Promise<BuildOutcome>;
  /** Every prompt with its latest version and aliases. */
  list(): Promise<Listing>;
  /**
   * One version, by `name`, `name@alias`, `name@v3` or `prompts:/` URI.
   *
   * @param options.key Whom a weighted alias is asked for.
   */
  load(reference: string, options?: { readonly key?: string | undefined }): Promise<LoadOutcome>;
  /** The texts that findings point into, read for their code frames. */
  sources(diagnostics: readonly Diagnostic[]): Promise<SourceLookup>;
  /** Puts what was learnt into the cache on disk; `build` and `check` do it themselves unless told not to. */
  save(): Promise<void>;
  /** Lets go of cache files. */
  close(): void;
}

/**
 * Opens the project in a folder.
 *
 * @throws UsageError when the folder does not exist.
 * @example
 * const registry = await openRegistry({ dir: "." });
 * const { diagnostics } = await registry.check();
 * registry.close();
 */
export async function openRegistry(options: RegistryOptions): Promise<Registry> {
  const own = await openProject(options.dir);
  const project = { ...own, config: { ...own.config, ...options.config } };
  const root = (await findGitDir(project.dir))?.root ?? project.dir;
  const cache = new BuildCache(project.dir, path.relative(root, path.join(project.dir, project.config.prompts)));
  const settings = {
    cache,
    frozen: options.frozen ?? false,
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
  };
  return {
    ...project,
    snapshot: () => readProject(project, { ...settings, wantsContent: () => true }),
    read: () => readProject(project, { ...settings, wantsContent: () => false }),
    async compile(choice = {}) {
      const { versions = project.config.versions, working = project.config.working } = choice;
      const { result, snapshot, diagnostics } = await compileProject(project, { ...settings, versions, working });
      return { files: result?.files ?? new Map(), prompts: result?.prompts ?? [], snapshot, diagnostics };
    },
    check: () => checkProject(project, settings),
    build: (choice = {}) => buildProject(project, { ...settings, ...choice }),
    list: () => listProject(project, settings),
    load: (reference, choice = {}) => loadVersion(project, reference, { ...settings, key: choice.key }),
    sources: (diagnostics) => readSources(project, settings, diagnostics),
    save: () => cache.save(),
    close: () => cache.close(),
  };
}

/**
 * Compiles the project in a folder, without writing anything.
 *
 * @example
 * const { files, diagnostics } = await compile({ dir: "." });
 */
export async function compile(options: RegistryOptions): Promise<Compilation> {
  const registry = await openRegistry(options);
  try {
    return await registry.compile();
  } finally {
    registry.close();
  }
}
