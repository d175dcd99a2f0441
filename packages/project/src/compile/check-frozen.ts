// What a frozen build or check, as in CI, leaves out or refuses: versions that prompts.lock does not have, and aliases that point
// at files that are not released.

import {
  ALIASES_FILE,
  type AliasEntry,
  compareVersions,
  type Diagnostic,
  diagnose,
  LOCK_FILE,
  parseVersionTag,
  sortDiagnostics,
  versionTag,
} from "@cuecard/model";
import type { Project } from "../read/project.js";
import type { CompiledProject } from "./compiled-project.js";

/** A compilation with the diagnostics about a frozen project, if it is one. */
export function checkFrozen<R>(project: Project, compilation: CompiledProject<R>): CompiledProject<R> {
  if (!project.frozen || compilation.snapshot === undefined) return compilation;
  const replaced = new Set(compilation.replaced.map(({ name, alias }) => `${name}@${alias}`));
  const aliases = compilation.snapshot.aliases.filter(({ name, alias }) => !replaced.has(`${name}@${alias}`));
  const working = findWorkingPointers(aliases, project.config.workingAliases).map(({ name, alias, range }) =>
    diagnose("alias/working-frozen", { name, alias }, { file: ALIASES_FILE, range }, { name, alias }),
  );
  const tags = findLeftOut(compilation);
  const leftOut = tags.length === 0 ? [] : [diagnose("lock/left-out", { tags }, { file: LOCK_FILE })];
  return { ...compilation, diagnostics: sortDiagnostics([...compilation.diagnostics, ...working, ...leftOut]) };
}

/** A compilation with an error if pointers were replaced although the project is frozen: it would not be that of the commit. */
export function refuseReplaced<R>(project: Project, compilation: CompiledProject<R>): CompiledProject<R> {
  const { replaced, diagnostics } = compilation;
  if (!project.frozen || replaced.length === 0) return compilation;
  const pointers = replaced.map(({ name, alias }) => `${name}@${alias}`);
  const refused = diagnose("alias/replaced-frozen", { pointers }, { file: ALIASES_FILE });
  return { ...compilation, diagnostics: sortDiagnostics([...diagnostics, refused]) };
}

/** Tags of the project's prompts without a line in prompts.lock. Those that aliases point at are reported as errors. */
function findLeftOut({ snapshot, unlocked, diagnostics }: CompiledProject<unknown>): string[] {
  const missing = diagnostics.filter(({ code }) => code === "lock/missing-line");
  const reported = new Set(missing.map(({ subject }) => `${subject?.name}@v${subject?.version}`));
  const names = new Set([...(snapshot?.workingNames ?? []), ...(snapshot?.versions ?? []).map(({ name }) => name)]);
  return unlocked
    .map(parseVersionTag)
    .filter((id) => id !== undefined)
    .filter(({ name }) => names.has(name))
    .sort(compareVersions)
    .map(versionTag)
    .filter((tag) => !reported.has(tag));
}

/** Pointers to working files whose aliases the settings do not list. */
function findWorkingPointers<E extends Pick<AliasEntry, "alias" | "target">>(
  entries: readonly E[],
  allowed: readonly string[],
): E[] {
  return entries.filter(({ alias, target }) => target.kind === "working" && !allowed.includes(alias));
}

type Pointer = Pick<AliasEntry, "name" | "alias" | "target"> & Partial<AliasEntry>;

/** The error where every version must be signed: the working file has no signature. */
export function refuseUnsigned(entries: readonly Pointer[], allowed: readonly string[]): Diagnostic[] {
  return findWorkingPointers(entries, allowed).map(({ name, alias, range }) =>
    diagnose("alias/working-unsigned", { name, alias }, { file: ALIASES_FILE, range }, { name, alias }),
  );
}

/** The warning before CI refuses them. */
export function warnOfWorking(entries: readonly Pointer[], allowed: readonly string[]): Diagnostic[] {
  return findWorkingPointers(entries, allowed).map(({ name, alias, range }) =>
    diagnose("alias/working-locally", { name, alias }, { file: ALIASES_FILE, range }, { name, alias }),
  );
}
