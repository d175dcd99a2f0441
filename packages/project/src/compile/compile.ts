// Compiles the whole package, or only some versions. Both read the project and compile what is not in the cache.

import type { ChangesResult, CompileOptions, CompileResult } from "@cuecard/build";
import { type Diagnostic, hasErrors, type Snapshot, sortDiagnostics, type VersionSnapshot } from "@cuecard/model";
import type { ProposedPointers } from "@cuecard/registry";
import type { CompilationKeys } from "../cache/compilation-keys.js";
import { keysOf } from "../cache/package-record.js";
import type { Compiler } from "../read/compiler.js";
import type { Project, SnapshotNeed, SnapshotVersion } from "../read/project.js";
import { needOf } from "./compile-ahead.js";
import { compileCache, retryDamaged } from "./compile-cache.js";
import { compilePart } from "./compile-part.js";
import { compileOptions, isTrueBeside } from "./compile-settings.js";
import type { ChangesScope, CompiledProject, PackageScope } from "./compiled-project.js";
import { compilationKeys } from "./make-keys.js";

export interface VersionScope {
  /** Versions that may be selected: their texts are read unless the cache has them compiled. */
  readonly needs: (version: SnapshotVersion) => boolean;
  /** Selects what to compile, as a smaller snapshot. */
  readonly select: (snapshot: Snapshot) => Snapshot;
  /** Pointers that are about to be written to aliases.json. */
  readonly proposed?: readonly ProposedPointers[] | undefined;
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

/** Compiles what has changed of a package, and reads the rest only if it has to. */
export async function compileChanges(project: Project, scope: ChangesScope): Promise<CompiledProject<ChangesResult>> {
  const { versions, working, record, isDone, start } = scope;
  const part = await retryDamaged(() => compilePart(project, scope));
  if (part !== undefined) return part;
  return compile(project, await needOf(project, scope), {
    ...{ versions, working, record, keepsStamp: true, select: (snapshot) => snapshot },
    recall: (key) => (isDone(key) ? project.cache.stamp(key)?.diagnostics : undefined),
    run: (compiler, snapshot, { options, keys }) => compiler.compileChanges(snapshot, { ...options, ...start(keys) }),
  });
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
  return retryDamaged(() => compileOnce(project, need, work));
}

async function compileOnce<R extends HasFindings>(
  project: Project,
  need: SnapshotNeed,
  work: Work<R>,
): Promise<CompiledProject<R>> {
  const { cache } = project;
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
  const options = compileOptions(project, helpers, { ...work, replaced });
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
