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
import { checkFrozen, refuseUnsigned, warnOfWorking } from "../compile/check-frozen.js";
import { compileEverything } from "../compile/compile-everything.js";
import type { CompiledProject } from "../compile/compiled-project.js";
import { checkGates } from "../gates/check-gates.js";
import { answerOnce } from "../read/answer-once.js";
import { NO_TEXTS, type Project } from "../read/project.js";
import { findSharedTags } from "../read/shared-tags.js";
import type { Rules } from "../settings/gates.js";
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
  const { config, frozen } = project;
  let compiled: Promise<CompiledProject<ChangesResult>> | undefined;
  const compile = () => {
    compiled ??= compileEverything(project).then((compilation) => checkFrozen(project, compilation));
    return compiled;
  };
  const own = await answerOnce(project, "checked", async () => findOwn(project, await compile(), measure));
  const { requireSigned = false, witness, base } = options;
  const signed = requireSigned ? (await compile()).snapshot : undefined;
  const unsigned = signed === undefined ? [] : await verifyVersions(project, signed, options);
  const aliases = signed?.aliases ?? [];
  const working = requireSigned && !frozen ? refuseUnsigned(aliases, config.workingAliases) : own.working;
  const orphaned = await findOrphanedUses(project, own.deleted);
  const uncommitted = await findUncommitted(
    project.repository,
    async () => (await project.snapshot({ texts: NO_TEXTS })).snapshot?.working ?? [],
  );
  const shared = await findSharedTags(project);
  const nothing = own.prompts + own.versions > 0 ? [] : await findNoPrompts(project, await compile());
  const witnessed = witness === undefined ? [] : await compareWithWitness(project, witness, { records: false });
  const compared = base === undefined ? undefined : await compareWithBase(project, base, await compile());
  const gated = compared === undefined ? own.gated : findGated(project, await compile(), compared.pointers);
  const ruled = applyRules(config.rules, [
    // Projects that share tags are reported once.
    ...own.diagnostics.filter(({ code }) => shared.length === 0 || code !== "tag/other-project"),
    ...shared,
    ...unsigned,
    ...working,
    ...orphaned,
    ...uncommitted,
    ...nothing,
    ...witnessed,
    ...gated,
    ...(compared?.diagnostics ?? []),
  ]);
  return {
    diagnostics: ruled,
    touched: compared?.commit === undefined ? [] : await findTouched(project, compared.commit, ruled),
    added: compared?.added,
    prompts: own.prompts,
    versions: own.versions,
    uses: own.uses && new Map(own.uses),
  };
}

/** What a check finds in what {@link Project.snapshot} reads. */
interface OwnFindings {
  readonly diagnostics: readonly Diagnostic[];
  /** Findings about aliases that point at working files. */
  readonly working: readonly Diagnostic[];
  /** Findings of the gates, for aliases that have no earlier target. */
  readonly gated: readonly Diagnostic[];
  /** Names of prompts that have versions and no file. */
  readonly deleted: readonly string[];
  readonly prompts: number;
  readonly versions: number;
  readonly uses: readonly (readonly [path: string, users: readonly string[]])[] | undefined;
}

async function findOwn(
  project: Project,
  compilation: CompiledProject<ChangesResult>,
  measure: Measure,
): Promise<OwnFindings> {
  const { config, frozen } = project;
  const { snapshot, lock, unknownMerges } = compilation;
  const diagnostics = [
    ...compilation.diagnostics,
    ...(frozen ? [] : lockFindings(lock)),
    ...(snapshot === undefined ? [] : await findHidden(project, snapshot, lock.text)),
    ...(await reportUnknownMerges(project, unknownMerges)),
    ...(snapshot === undefined ? [] : await measure(project, snapshot.working)),
  ];
  const files = new Set(snapshot?.workingNames);
  const names = new Set(snapshot?.versions.map(({ name }) => name));
  return {
    diagnostics,
    working: frozen ? [] : warnOfWorking(snapshot?.aliases ?? [], config.workingAliases),
    gated: findGated(project, compilation, []),
    deleted: [...names].filter((name) => !files.has(name)),
    prompts: snapshot?.working.length ?? 0,
    versions: snapshot?.versions.length ?? 0,
    uses: snapshot && [...usesOfShared(snapshot)],
  };
}

/** @param base The pointers of the base: a gate that compares scores needs the version that callers got before. */
function findGated(
  { config }: Project,
  { snapshot, brokenAliases }: CompiledProject<unknown>,
  base: readonly Pick<AliasEntry, "name" | "alias" | "target">[],
): Diagnostic[] {
  const { aliases = [], scores = [] } = snapshot ?? {};
  const before = new Map(base.map(({ name, alias, target }) => [`${name}@${alias}`, target]));
  // An alias that follows releases is against the gate before the first release as well.
  const waiting = brokenAliases.filter(({ target }) => target.kind === "latest");
  const pointers = [...aliases, ...waiting].map(({ name, alias, target, range }) => {
    const from = before.get(`${name}@${alias}`);
    return { name, alias, to: target, from, range };
  });
  return checkGates(config.gates, pointers, scores);
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
async function findOrphanedUses(project: Project, names: readonly string[]): Promise<Diagnostic[]> {
  if (names.length === 0) return [];
  const deleted = new Set(names);
  const { usages, diagnostics } = await searchCode(project, false);
  const orphaned = usages.flatMap(({ name, file, line, column }) => {
    if (name === undefined || !deleted.has(name)) return [];
    const start = { line, column };
    const path = `${project.config.prompts}/${name}${PROMPT_EXTENSION}`;
    return [diagnose("prompt/deleted-in-use", { name, path }, { file, range: { start, end: start } }, { name })];
  });
  return [...orphaned, ...diagnostics];
}

async function verifyVersions(
  project: Project,
  { versions }: Snapshot,
  options: CheckOptions,
): Promise<readonly Diagnostic[]> {
  const file = options.allowedSigners ?? project.config.allowedSigners;
  const allowedSigners = file === undefined ? undefined : path.resolve(project.dir, file);
  return verifySignatures(project.repository, { versions, allowedSigners });
}

/** The finding that prompts.lock is out of date, if it is. */
export function lockFindings(lock: ReadResult["lock"] | undefined): Diagnostic[] {
  if (lock?.changed !== true) return [];
  return [diagnose("lock/out-of-date", { tags: lock.added.map(versionTag) }, { file: LOCK_FILE })];
}
