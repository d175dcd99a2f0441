// Compiles the whole package, or only some versions. Both read the project and compile what is not in the cache.

import path from "node:path";
import type {
  ChangesOptions,
  ChangesResult,
  CompileOptions,
  CompileResult,
  PromptPieces,
  PromptRecord,
} from "@cuecard/build";
import { type Diagnostic, hasErrors, type Snapshot, sortDiagnostics, type VersionSnapshot } from "@cuecard/model";
import type { ProposedPointers, ReadResult, Replacement } from "@cuecard/registry";
import type { CompiledForms, RecordKind } from "../cache/build-cache.js";
import type { CompilationKeys } from "../cache/compilation-keys.js";
import { keysOf } from "../cache/package-record.js";
import type { HelpersResult } from "../helpers/read-helpers.js";
import type { Compiler } from "../read/compiler.js";
import type { Project, SnapshotNeed, SnapshotVersion } from "../read/project.js";
import { compileSettings } from "./compile-settings.js";
import { compilationKeys } from "./make-keys.js";

export interface PackageScope {
  /** Which versions the package contains. */
  readonly versions: CompileOptions["versions"];
  /** Whether it contains the working file of every prompt. */
  readonly working: boolean;
  /** Pointers that count instead of those of aliases.json. Default: none. */
  readonly replacements?: readonly Replacement[] | undefined;
}

export interface ChangesScope extends PackageScope {
  /** The command whose record of the last compilation is used. */
  readonly record: RecordKind;
  /**
   * Whether the same input, identified by the key, was compiled before. If so, only the findings of that compilation are
   * returned.
   */
  readonly isDone: (key: string) => boolean;
  /** Called before prompts are compiled; a second time if a part of the cache turns out to be damaged. */
  readonly start: (keys: CompilationKeys) => ChangesTarget;
}

/** What is known of prompts that have not changed, and where the package's files go; see `compileChanges` of the compiler. */
export interface ChangesTarget {
  readonly known: (name: string) => PromptRecord | undefined;
  readonly take?: (pieces: PromptPieces) => void;
  readonly sharedFacts?: ChangesOptions["sharedFacts"];
}

export interface VersionScope {
  /** Versions that may be selected: their texts are read unless the cache has them compiled. */
  readonly needs: (version: SnapshotVersion) => boolean;
  /** Selects what to compile, as a smaller snapshot. */
  readonly select: (snapshot: Snapshot) => Snapshot;
  /** Pointers that are about to be written to aliases.json. */
  readonly proposed?: readonly ProposedPointers[] | undefined;
}

/** @typeParam R What the compiler returned. */
export interface CompiledProject<R = CompileResult> {
  /** Findings of reading and compiling; sorted. */
  readonly diagnostics: readonly Diagnostic[];
  /** What was compiled; `undefined` if the project could not be read. */
  readonly snapshot: Snapshot | undefined;
  readonly brokenAliases: ReadResult["brokenAliases"];
  readonly unlocked: ReadResult["unlocked"];
  readonly unknownMerges: ReadResult["unknownMerges"];
  readonly proposedFindings: ReadResult["proposedFindings"];
  readonly replaced: ReadResult["replaced"];
  readonly lock: ReadResult["lock"];
  readonly keepLocked?: ReadResult["keepLocked"];
  readonly helpers: HelpersResult;
  /** Hashes of what was compiled; `undefined` when reading failed. */
  readonly keys: CompilationKeys | undefined;
  /** `undefined` if there was nothing to compile, or it was done before. */
  readonly result: R | undefined;
}

/** Compiles the contents of a package, and emits its files. */
export async function compilePackage(project: Project, scope: PackageScope): Promise<CompiledProject> {
  const { versions, working } = scope;
  return compile(project, await needOf(project, scope), {
    ...{ versions, working, recall: () => undefined, keepsStamp: true, select: (snapshot) => snapshot },
    run: (compiler, snapshot, { options }) => compiler.compile(snapshot, options),
  });
}

/**
 * Compiles the contents of a package without emitting files: for questions about them.
 *
 * @param recall The findings of the same compilation, identified by its key, if all that is asked of it is known. It is then not
 * repeated.
 */
export async function compileContents(
  project: Project,
  scope: PackageScope,
  recall: Work<CompileResult>["recall"] = () => undefined,
): Promise<CompiledProject> {
  const { versions, working } = scope;
  return compile(project, await needOf(project, scope), {
    ...{ versions, working, recall, keepsStamp: false, select: (snapshot) => snapshot },
    run: (compiler, snapshot, { options }) => compiler.compile(snapshot, { ...options, emits: false }),
  });
}

/** Compiles what has changed of a package. */
export async function compileChanges(project: Project, scope: ChangesScope): Promise<CompiledProject<ChangesResult>> {
  const { versions, working, record, isDone, start } = scope;
  return compile(project, await needOf(project, scope), {
    ...{ versions, working, record, keepsStamp: true, select: (snapshot) => snapshot },
    recall: (key) => (isDone(key) ? project.cache.stamp(key)?.diagnostics : undefined),
    run: (compiler, snapshot, { options, keys }) => compiler.compileChanges(snapshot, { ...options, ...start(keys) }),
  });
}

/** The texts of versions that are not compiled, or were compiled before, are not needed. */
async function needOf(project: Project, { versions, replacements }: PackageScope): Promise<SnapshotNeed> {
  const forms = await project.compiledForms();
  const texts = ({ digest, targeted }: SnapshotVersion) => (versions === "all" || targeted) && !forms.has(digest);
  return { texts, replacements };
}

/** Compiles some versions without the rest of the project. */
export async function compileVersions(project: Project, scope: VersionScope): Promise<CompiledProject> {
  const { needs, select, proposed } = scope;
  const forms = await project.compiledForms();
  const texts = (version: SnapshotVersion) => needs(version) && !forms.has(version.digest);
  return compile(
    project,
    { texts, proposed },
    {
      ...{ versions: "all", working: true, recall: () => undefined, keepsStamp: false, select },
      run: (compiler, snapshot, { options }) => compiler.compile(snapshot, { ...options, emits: false }),
    },
  );
}

interface Work<R> extends Pick<PackageScope, "versions" | "working">, Partial<Pick<ChangesScope, "record">> {
  /** The findings of the same compilation, if it need not be repeated. */
  readonly recall: (key: string) => readonly Diagnostic[] | undefined;
  /** Whether the findings are kept, so that the same compilation need not be repeated. */
  readonly keepsStamp: boolean;
  readonly select: (snapshot: Snapshot) => Snapshot;
  readonly run: (
    compiler: Compiler,
    snapshot: Snapshot,
    input: { readonly options: CompileOptions; readonly keys: CompilationKeys },
  ) => R;
}

type HasFindings = Pick<CompileResult, "diagnostics">;

async function compile<R extends HasFindings>(
  project: Project,
  need: SnapshotNeed,
  work: Work<R>,
): Promise<CompiledProject<R>> {
  try {
    return await compileOnce(project, need, work);
  } catch (error) {
    if (!(error instanceof DamagedCache)) throw error;
    // The damaged entry was dropped, so its text is read this time. Other damaged entries are found the same way.
    return compile(project, need, work);
  }
}

async function compileOnce<R extends HasFindings>(
  project: Project,
  need: SnapshotNeed,
  work: Work<R>,
): Promise<CompiledProject<R>> {
  const { cache, config } = project;
  const helpers = await project.helpers();
  const reading = await project.snapshot(need);
  const snapshot = reading.snapshot && work.select(reading.snapshot);
  const { lock, keepLocked, brokenAliases, unlocked, unknownMerges, proposedFindings, replaced } = reading;
  const found = [...helpers.diagnostics, ...reading.diagnostics];
  const compilation = (own: Pick<CompiledProject<R>, "keys" | "result">, diagnostics: readonly Diagnostic[]) => ({
    ...{
      snapshot,
      brokenAliases,
      unlocked,
      unknownMerges,
      proposedFindings,
      replaced,
      lock,
      keepLocked,
      helpers,
      ...own,
    },
    diagnostics: sortDiagnostics([...found, ...diagnostics.filter(isTrueBeside(found))]),
  });
  // Without the helpers, every call of one would be reported as an error.
  if (snapshot === undefined || hasErrors(helpers.diagnostics))
    return compilation({ keys: undefined, result: undefined }, []);
  const options = {
    ...{ versions: work.versions, working: work.working, ...compileSettings(config, helpers) },
    replaced: replaced.map(({ name, alias }) => `${name}@${alias}`),
    project: relativeToDist(config.out),
  };
  const known = work.record === undefined || reading.since === undefined ? undefined : cache.record(work.record);
  const keys = compilationKeys(snapshot, options, reading, known && keysOf(known));
  const recalled = work.recall(keys.whole);
  if (recalled !== undefined) return compilation({ keys, result: undefined }, recalled);
  const compiler = await project.compiler();
  const isCompiled = ({ targeted }: VersionSnapshot) => work.versions === "all" || targeted;
  const cached = { ...options, cache: compileCache(await project.compiledForms(), snapshot, isCompiled) };
  const result = work.run(compiler, snapshot, { options: cached, keys });
  if (work.keepsStamp && !project.isPart) cache.rememberStamp({ key: keys.whole, diagnostics: result.diagnostics });
  return compilation({ keys, result }, result.diagnostics);
}

/** A prompt is not unreleased if it has versions that could not be read. */
function isTrueBeside(found: readonly Diagnostic[]): (finding: Diagnostic) => boolean {
  const names = new Set(found.flatMap(({ subject }) => (subject?.version === undefined ? [] : [subject.name])));
  return ({ code, subject }) => code !== "prompt/unreleased" || subject === undefined || !names.has(subject.name);
}

/** The project's folder, relative to the dist folder of the package at `out`. */
function relativeToDist(out: string): string {
  return path.posix.relative(`/${out}/dist`, "/");
}

/** A compiled content in the cache could not be read, and its source text was not loaded. */
class DamagedCache extends Error {}

/** @param compiled Whether a version is compiled: the contents of the others are not needed. */
function compileCache(
  forms: CompiledForms,
  { versions }: Snapshot,
  compiled: (version: VersionSnapshot) => boolean,
): NonNullable<CompileOptions["cache"]> {
  const absent = new Set<string>();
  for (const version of versions) if (version.content === undefined && compiled(version)) absent.add(version.digest);
  return {
    get(digest) {
      const compiled = forms.get(digest);
      if (compiled === undefined && absent.has(digest)) throw new DamagedCache(digest);
      return compiled;
    },
    set: (digest, compiled) => forms.set(digest, compiled),
  };
}
