// Compiles the whole package, or only some versions. Both read the project and compile what is not in the cache.

import path from "node:path";
import type { CompileOptions, CompileResult } from "@cuecard/build";
import { type Diagnostic, hasErrors, type Snapshot, sortDiagnostics } from "@cuecard/model";
import type { ProposedPointers, ReadResult, Replacement } from "@cuecard/registry";
import type { CompiledForms } from "../cache/build-cache.js";
import { hash } from "../cache/hash.js";
import type { HelpersResult } from "../helpers/read-helpers.js";
import type { Project, SnapshotNeed, SnapshotVersion } from "../read/project.js";
import { compileSettings } from "./compile-settings.js";

export interface PackageScope {
  /** Which versions the package contains. */
  readonly versions: CompileOptions["versions"];
  /** Whether it contains the working file of every prompt. */
  readonly working: boolean;
  /** Pointers that count instead of those of aliases.json. Default: none. */
  readonly replacements?: readonly Replacement[] | undefined;
  /**
   * Whether the same input, identified by the key, was compiled before. If so, only the findings of that compilation are
   * returned. Default: no.
   */
  readonly isDone?: ((key: string) => boolean) | undefined;
}

export interface VersionScope {
  /** Versions that may be selected: their texts are read unless the cache has them compiled. */
  readonly needs: (version: SnapshotVersion) => boolean;
  /** Selects what to compile, as a smaller snapshot. */
  readonly select: (snapshot: Snapshot) => Snapshot;
  /** Pointers that are about to be written to aliases.json. */
  readonly proposed?: readonly ProposedPointers[] | undefined;
}

export interface CompiledProject {
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
  readonly helpers: HelpersResult;
  /** Hash of everything that was compiled; `undefined` when reading failed. */
  readonly key: string | undefined;
  /** `undefined` if there was nothing to compile, or it was done before. */
  readonly result: CompileResult | undefined;
}

/** Compiles the contents of a package. */
export async function compilePackage(project: Project, scope: PackageScope): Promise<CompiledProject> {
  const { versions, working, replacements, isDone = () => false } = scope;
  const forms = await project.compiledForms();
  // The texts of versions that are not compiled, or were compiled before, are not needed.
  const texts = ({ digest, targeted }: SnapshotVersion) => (versions === "all" || targeted) && !forms.has(digest);
  return compile(
    project,
    { texts, replacements },
    { versions, working, isDone, keepsStamp: true, select: (snapshot) => snapshot },
  );
}

/** Compiles some versions without the rest of the project. */
export async function compileVersions(project: Project, scope: VersionScope): Promise<CompiledProject> {
  const { needs, select, proposed } = scope;
  const forms = await project.compiledForms();
  const texts = (version: SnapshotVersion) => needs(version) && !forms.has(version.digest);
  const whole = { versions: "all", working: true, isDone: () => false, keepsStamp: false } as const;
  return compile(project, { texts, proposed }, { ...whole, select });
}

interface Work extends Required<Omit<PackageScope, "replacements">> {
  readonly isDone: (key: string) => boolean;
  /** Whether the findings are kept, so that the same compilation need not be repeated. */
  readonly keepsStamp: boolean;
  readonly select: (snapshot: Snapshot) => Snapshot;
}

async function compile(project: Project, need: SnapshotNeed, work: Work): Promise<CompiledProject> {
  try {
    return await compileOnce(project, need, work);
  } catch (error) {
    if (!(error instanceof DamagedCache)) throw error;
    // The damaged entry was dropped, so its text is read this time. Other damaged entries are found the same way.
    return compile(project, need, work);
  }
}

async function compileOnce(project: Project, need: SnapshotNeed, work: Work): Promise<CompiledProject> {
  const { cache, config } = project;
  const helpers = await project.helpers();
  const reading = await project.snapshot(need);
  const snapshot = reading.snapshot && work.select(reading.snapshot);
  const { lock, brokenAliases, unlocked, unknownMerges, proposedFindings, replaced } = reading;
  const found = [...helpers.diagnostics, ...reading.diagnostics];
  const compilation = (own: Pick<CompiledProject, "key" | "result">, diagnostics: readonly Diagnostic[]) => ({
    ...{ snapshot, brokenAliases, unlocked, unknownMerges, proposedFindings, replaced, lock, helpers, ...own },
    diagnostics: sortDiagnostics([...found, ...diagnostics.filter(isTrueBeside(found))]),
  });
  // Without the helpers, every call of one would be reported as an error.
  if (snapshot === undefined || hasErrors(helpers.diagnostics))
    return compilation({ key: undefined, result: undefined }, []);
  const options = {
    ...{ versions: work.versions, working: work.working, ...compileSettings(config, helpers) },
    replaced: replaced.map(({ name, alias }) => `${name}@${alias}`),
    project: relativeToDist(config.out),
  };
  const key = compilationKey(snapshot, options);
  const stamp = work.isDone(key) ? cache.stamp(key) : undefined;
  if (stamp !== undefined) return compilation({ key, result: undefined }, stamp.diagnostics);
  const compiler = await project.compiler();
  const result = compiler.compile(snapshot, {
    ...options,
    cache: compileCache(await project.compiledForms(), snapshot),
  });
  if (work.keepsStamp && !project.isPart) cache.rememberStamp({ key, diagnostics: result.diagnostics });
  return compilation({ key, result }, result.diagnostics);
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

function compileCache(forms: CompiledForms, snapshot: Snapshot): NonNullable<CompileOptions["cache"]> {
  const absent = new Set<string>();
  for (const version of snapshot.versions) if (version.content === undefined) absent.add(version.digest);
  // A working file or another version may have the same text loaded.
  for (const { digest, content } of [...snapshot.working, ...snapshot.versions])
    if (content !== undefined) absent.delete(digest);
  return {
    get(digest) {
      const compiled = forms.get(digest);
      if (compiled === undefined && absent.has(digest)) throw new DamagedCache(digest);
      return compiled;
    },
    set: (digest, compiled) => forms.set(digest, compiled),
  };
}

/** The same key means the same result. Contents are represented by their digests. */
function compilationKey(snapshot: Snapshot, { helpers, ...options }: Omit<CompileOptions, "cache">): string {
  return hash(
    JSON.stringify([
      options,
      snapshot.promptsDir,
      snapshot.working.map(({ name, digest, content }) => [name, digest, content.prompt.path]),
      snapshot.workingNames,
      snapshot.workingPartials.map(({ path, text }) => [path, hash(text)]),
      snapshot.schemaNames,
      snapshot.versions.map(({ content, ...version }) => version),
      snapshot.aliases,
      snapshot.scores,
      helpers === undefined ? null : [helpers.signatures, helpers.entry, [...helpers.files]],
    ]),
  );
}
