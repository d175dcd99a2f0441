// One compilation of a project: read, then compile, or find that nothing changed since the last time.

import type { CompileOptions, CompileResult, ProjectHelpers } from "@cuecard/build";
import { type Diagnostic, hasErrors, type Snapshot, sortDiagnostics } from "@cuecard/model";
import type { ReadResult } from "@cuecard/registry";
import { type BuildCache, hash } from "../cache/build-cache.js";
import { type HelpersReading, readHelpers } from "../helpers/read-helpers.js";
import { loadCompiler } from "../read/compiler.js";
import { type ReadSettings, type ReadVersion, readProject } from "../read/read-project.js";
import type { Project } from "../settings/open-project.js";

export interface CompileSettings extends ReadSettings {
  readonly versions: CompileOptions["versions"];
  readonly working: boolean;
  /** Whether an earlier compilation of the same input will do; asked with its key. */
  readonly accepts?: (key: string) => boolean;
  /** Narrows what is compiled: to one prompt, say. */
  readonly select?: (snapshot: Snapshot) => Snapshot;
}

export interface Compilation {
  /** Sorted; of reading and of compiling. */
  readonly diagnostics: readonly Diagnostic[];
  readonly snapshot: Snapshot | undefined;
  readonly brokenAliases: ReadResult["brokenAliases"];
  readonly proposedFindings: ReadResult["proposedFindings"];
  readonly lock: ReadResult["lock"];
  readonly helpers: HelpersReading;
  /** Hash of everything that was compiled; `undefined` when reading failed. */
  readonly key: string | undefined;
  /** What the compiler made; `undefined` when it was not needed, or had nothing to work on. */
  readonly result: CompileResult | undefined;
}

export async function compileProject(project: Project, settings: CompileSettings): Promise<Compilation> {
  try {
    return await compileOnce(project, settings);
  } catch (error) {
    if (!(error instanceof DamagedCache)) throw error;
    // The entry is forgotten by now, so its text is read; other damaged entries are found in turn.
    return compileProject(project, settings);
  }
}

async function compileOnce(project: Project, settings: CompileSettings): Promise<Compilation> {
  const { cache } = settings;
  const helpers = await readHelpers(project);
  cache.helpers = helpers.helpers === undefined ? "" : hash(JSON.stringify(helpers.helpers.signatures));
  // Of versions that are not compiled, and of those compiled before, no text is needed.
  const wantsContent = ({ digest, targeted }: ReadVersion) =>
    (settings.versions === "all" || targeted) && !cache.hasCompiled(digest);
  const reading = await readProject(project, { wantsContent, ...settings });
  const { lock, brokenAliases, proposedFindings } = reading;
  const found = [...helpers.diagnostics, ...reading.diagnostics];
  const snapshot = reading.snapshot && (settings.select?.(reading.snapshot) ?? reading.snapshot);
  // Without the helpers, every call of one would count as a mistake.
  if (snapshot === undefined || hasErrors(helpers.diagnostics)) {
    const diagnostics = sortDiagnostics(found);
    return { diagnostics, snapshot, brokenAliases, proposedFindings, lock, helpers, key: undefined, result: undefined };
  }
  const { versions, working } = settings;
  const options = { versions, working, validation: project.config.validation };
  const key = compilationKey(snapshot, options, helpers.helpers);
  const stamp = settings.select === undefined && settings.accepts?.(key) === true ? cache.stamp(key) : undefined;
  if (stamp !== undefined)
    return {
      diagnostics: sortDiagnostics([...found, ...stamp.diagnostics]),
      snapshot,
      brokenAliases,
      proposedFindings,
      lock,
      helpers,
      key,
      result: undefined,
    };
  const compiler = await loadCompiler();
  const compiled = compiler.compile(snapshot, {
    ...options,
    cache: compileCache(cache, snapshot),
    ...(helpers.helpers === undefined ? {} : { helpers: helpers.helpers }),
  });
  if (settings.select === undefined) cache.rememberStamp({ key, diagnostics: compiled.diagnostics });
  return {
    diagnostics: sortDiagnostics([...found, ...compiled.diagnostics]),
    snapshot,
    brokenAliases,
    proposedFindings,
    lock,
    helpers,
    key,
    result: compiled,
  };
}

class DamagedCache extends Error {}

function compileCache(cache: BuildCache, snapshot: Snapshot): NonNullable<CompileOptions["cache"]> {
  const absent = new Set<string>();
  for (const version of snapshot.versions) if (version.content === undefined) absent.add(version.digest);
  // A working file, or another version, may have the same text, and have it here.
  for (const { digest, content } of [...snapshot.working, ...snapshot.versions])
    if (content !== undefined) absent.delete(digest);
  return {
    get(digest) {
      const compiled = cache.compiled(digest);
      if (compiled === undefined && absent.has(digest)) throw new DamagedCache(digest);
      return compiled;
    },
    set: (digest, compiled) => cache.rememberCompiled(digest, compiled),
  };
}

/** The same key, the same result: contents stand in it by their digests. */
function compilationKey(
  snapshot: Snapshot,
  options: Required<Pick<CompileOptions, "versions" | "working" | "validation">>,
  helpers: ProjectHelpers | undefined,
): string {
  return hash(
    JSON.stringify([
      options.versions,
      options.working,
      options.validation,
      snapshot.promptsDir,
      snapshot.working.map(({ name, digest, content }) => [name, digest, content.prompt.path]),
      snapshot.workingNames,
      snapshot.workingPartials.map(({ path, text }) => [path, hash(text)]),
      snapshot.versions.map(({ content, ...version }) => version),
      snapshot.aliases,
      snapshot.scores,
      helpers === undefined ? null : [helpers.signatures, helpers.entry, [...helpers.files]],
    ]),
  );
}
