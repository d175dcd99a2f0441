// `check`: finds everything that a build and a review would find, and writes only caches.

import path from "node:path";
import type { ChangesResult } from "@cuecard/build";
import {
  type AliasEntry,
  type Diagnostic,
  diagnose,
  PROMPT_EXTENSION,
  type Snapshot,
  sharedFiles,
  sortDiagnostics,
  versionTag,
  type WorkingPrompt,
} from "@cuecard/model";
import { findUncommitted, LOCK_FILE, type ReadResult, verifySignatures } from "@cuecard/registry";
import { recordedPrompt, recordOf } from "../cache/package-record.js";
import { checkFrozen, refuseUnsigned, warnOfWorking } from "../compile/check-frozen.js";
import { type CompiledProject, compileChanges } from "../compile/compile.js";
import { checkGates } from "../gates/check-gates.js";
import type { Project } from "../read/project.js";
import { findSharedTags } from "../read/shared-tags.js";
import type { Gates, Rules } from "../settings/gates.js";
import { searchCode } from "../usages/search-code.js";
import { compareWithWitness } from "../witness/compare-with-witness.js";
import { type AddedVersion, compareWithBase } from "./compare-with-base.js";
import { findHidden } from "./find-hidden.js";
import { findTouched } from "./find-touched.js";
import { findNoPrompts } from "./no-prompts.js";

export interface CheckOptions {
  /** Whether every version's tag must have a valid signature, and aliases must not point at working files. */
  readonly requireSigned?: boolean | undefined;
  /** Who may sign: a file, relative to the project's folder or absolute. Default: the setting, otherwise git's own. */
  readonly allowedSigners?: string | undefined;
  /** Where versions were recorded (see `lock`): a file, relative to the project's folder or absolute, or a URL. */
  readonly witness?: string | undefined;
  /** What prompts.lock and aliases.json are compared with: a branch, tag or commit. Default: nothing. */
  readonly base?: string | undefined;
}

export interface CheckOutcome {
  readonly diagnostics: readonly Diagnostic[];
  /** How many prompts the working tree has, and how many versions were read. */
  readonly prompts: number;
  readonly versions: number;
  /** The versions whose lines are new in prompts.lock since the base; `undefined` without one. */
  readonly added: readonly AddedVersion[] | undefined;
  /** The findings, of `diagnostics`, at lines that differ from the base; empty without one. */
  readonly touched: readonly Diagnostic[];
  /**
   * The files of the prompts that use a partial or named schema, directly or through others, by its path; all relative to the
   * project's folder. `undefined` if the project could not be read.
   */
  readonly uses: ReadonlyMap<string, readonly string[]> | undefined;
}

/** Finds what only rendering the working files shows. */
export type Measure = (project: Project, working: readonly WorkingPrompt[]) => Promise<readonly Diagnostic[]>;

/** Checks a project, including working files that are not built. */
export async function check(project: Project, options: CheckOptions, measure: Measure): Promise<CheckOutcome> {
  const compilation = checkFrozen(project, await findChanges(project));
  const { snapshot, lock, diagnostics } = compilation;
  if (snapshot !== undefined) {
    project.cache.rememberSnapshot(snapshot, await project.compiledForms());
    await project.cache.save();
  }
  const unsigned = options.requireSigned === true ? await verifyVersions(project, snapshot, options) : [];
  const orphaned = snapshot === undefined ? [] : await findOrphanedUses(project, snapshot);
  const uncommitted = await findUncommitted(project.repository, snapshot?.working ?? []);
  const hidden = snapshot === undefined ? [] : await findHidden(project, snapshot, lock.text);
  const shared = await findSharedTags(project);
  const aboutWorking = options.requireSigned === true ? refuseUnsigned : warnOfWorking;
  const outdated = project.frozen
    ? []
    : [...lockFindings(lock), ...aboutWorking(snapshot?.aliases ?? [], project.config.workingAliases)];
  const nothing = await findNoPrompts(project, compilation);
  const budgets = snapshot === undefined ? [] : await measure(project, snapshot.working);
  const { witness } = options;
  const witnessed = witness === undefined ? [] : await compareWithWitness(project, witness, { records: false });
  const unknownMerges = await reportUnknownMerges(project, compilation.unknownMerges);
  const compared = options.base === undefined ? undefined : await compareWithBase(project, options.base, compilation);
  const gated = snapshot === undefined ? [] : checkPointers(project.config.gates, snapshot, compared?.pointers ?? []);
  const ruled = applyRules(project.config.rules, [
    // Projects that share tags are reported once.
    ...diagnostics.filter(({ code }) => shared.length === 0 || code !== "tag/other-project"),
    ...shared,
    ...outdated,
    ...unsigned,
    ...orphaned,
    ...uncommitted,
    ...hidden,
    ...nothing,
    ...witnessed,
    ...unknownMerges,
    ...gated,
    ...budgets,
    ...(compared?.diagnostics ?? []),
  ]);
  return {
    diagnostics: ruled,
    touched: compared?.commit === undefined ? [] : await findTouched(project, compared.commit, ruled),
    added: compared?.added,
    prompts: snapshot?.working.length ?? 0,
    versions: snapshot?.versions.length ?? 0,
    uses: snapshot && usesOfShared(snapshot),
  };
}

/** Compiles what has changed since an earlier check, without the package. */
async function findChanges(project: Project): Promise<CompiledProject<ChangesResult>> {
  const { cache } = project;
  const compilation = await compileChanges(project, {
    ...{ versions: "all", working: true, isDone: () => true },
    start: (keys) => ({ known: (name) => recordedPrompt(cache.record("check"), name, keys) }),
  });
  const { result, keys } = compilation;
  if (result !== undefined && keys !== undefined) cache.rememberRecord("check", recordOf(result, keys));
  return compilation;
}

/** @param base The pointers of the base: a gate that compares scores needs the version that callers got before. */
function checkPointers(
  gates: Gates,
  { aliases, scores }: Snapshot,
  base: readonly Pick<AliasEntry, "name" | "alias" | "target">[],
): Diagnostic[] {
  const before = new Map(base.map(({ name, alias, target }) => [`${name}@${alias}`, target]));
  const pointers = aliases.map(({ name, alias, target, range }) => {
    const from = before.get(`${name}@${alias}`);
    return { name, alias, to: target, from, range };
  });
  return checkGates(gates, pointers, scores);
}

/** The findings with the severities that the settings give them, sorted. */
function applyRules(rules: Rules, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const ruled = diagnostics.flatMap((finding): Diagnostic[] => {
    const severity = Object.hasOwn(rules, finding.code) ? rules[finding.code] : undefined;
    if (severity === undefined || finding.severity === "error") return [finding];
    return severity === "off" ? [] : [{ ...finding, severity }];
  });
  return sortDiagnostics(ruled);
}

/** The note about versions of which this clone does not know whether they were merged. Only `check` prints it. */
async function reportUnknownMerges({ repository, config }: Project, tags: readonly string[]): Promise<Diagnostic[]> {
  if (tags.length === 0) return [];
  const { shallow } = (await repository.open()).reader;
  return [diagnose("version/branch-unknown", { tags, shallow, branches: config.releaseBranches }, { file: LOCK_FILE })];
}

function usesOfShared({ working }: Snapshot): ReadonlyMap<string, readonly string[]> {
  const uses = new Map<string, string[]>();
  for (const { content } of working)
    for (const { path: shared } of sharedFiles(content))
      uses.set(shared, [...(uses.get(shared) ?? []), content.prompt.path]);
  return uses;
}

/** Code that loads prompts whose files were deleted. TypeScript is loaded only where there are such prompts. */
async function findOrphanedUses(project: Project, snapshot: Snapshot): Promise<Diagnostic[]> {
  const files = new Set(snapshot.workingNames);
  const deleted = new Set(snapshot.versions.flatMap(({ name }) => (files.has(name) ? [] : [name])));
  if (deleted.size === 0) return [];
  const { usages, diagnostics } = await searchCode(project, false);
  const orphaned = usages.flatMap(({ name, file, line, column }) => {
    if (name === undefined || !deleted.has(name)) return [];
    const start = { line, column };
    const path = `${snapshot.promptsDir}/${name}${PROMPT_EXTENSION}`;
    return [diagnose("prompt/deleted-in-use", { name, path }, { file, range: { start, end: start } }, { name })];
  });
  return [...orphaned, ...diagnostics];
}

async function verifyVersions(
  project: Project,
  snapshot: Snapshot | undefined,
  options: CheckOptions,
): Promise<readonly Diagnostic[]> {
  const file = options.allowedSigners ?? project.config.allowedSigners;
  const allowedSigners = file === undefined ? undefined : path.resolve(project.dir, file);
  return verifySignatures(project.repository, { versions: snapshot?.versions ?? [], allowedSigners });
}

/** The finding that prompts.lock is out of date, if it is. */
export function lockFindings(lock: ReadResult["lock"] | undefined): Diagnostic[] {
  if (lock?.changed !== true) return [];
  return [diagnose("lock/out-of-date", { tags: lock.added.map(versionTag) }, { file: LOCK_FILE })];
}
