// Plans changes of aliases. The registry finds the pointers that move, the snapshot shows whether their new targets exist, and
// the compiler checks whether the targets compile and what changes for callers.

import type { CompiledContent } from "@cuecard/build";
import {
  type Applied,
  type Diagnostic,
  describeTarget,
  diagnose,
  hasErrors,
  latestVersions,
  type Planned,
  parseVersionNumber,
  promptNameProblem,
  type Snapshot,
  sortDiagnostics,
  type VersionSnapshot,
  versionsOf,
  versionTag,
  writeFailure,
} from "@cuecard/model";
import {
  ALIASES_FILE,
  type AliasEdits,
  type AliasesApplied,
  type AliasRequest,
  type AliasText,
  applyAliasEdits,
  type CommittedText,
  findLinesToAdd,
  type LockEntry,
  type Newest,
  planAliasEdits,
} from "@cuecard/registry";
import { warnOfWorking } from "../compile/check-frozen.js";
import { compileVersions } from "../compile/compile.js";
import type { CompiledProject } from "../compile/compiled-project.js";
import { findContentProblems, findReasons } from "../compile/find-reasons.js";
import type { Compiler } from "../read/compiler.js";
import { NO_TEXTS, type Project } from "../read/project.js";
import type { Gates } from "../settings/gates.js";
import { assessEdit, labelsOf, type PlannedEdit, type VersionLabel } from "./assess-edit.js";
import { type ProposedMove, refuseTargets } from "./refuse-targets.js";

export interface AliasPlan {
  /** The pointers that move, sorted by name and alias. */
  readonly edits: readonly PlannedEdit[];
  /** Pointers that were requested but are already there. */
  readonly unchanged: AliasEdits["unchanged"];
  /** Whether existing callers may break. */
  readonly breaking: boolean;
  /** Whether it may be applied even if it is breaking. */
  readonly allowsBreaking: boolean;
  readonly text: AliasText;
  /** Why prompts were left out of a partial promotion; empty for any other request. */
  readonly leftOut: readonly Diagnostic[];
  /** Versions that the pointers lead to and that get a line in prompts.lock, where they have none. */
  readonly locks: readonly LockEntry[];
}

export interface PlanAliasesOptions {
  /** Whether to plan changes that break today's callers anyway. */
  readonly allowBreaking: boolean;
  /** The aliases.json that is edited. Default: that of the working tree. */
  readonly base?: CommittedText | undefined;
}

/** Reads only the prompts that the request names. Why something cannot be planned is explained by the whole project. */
export async function planAliases(
  project: Project,
  request: AliasRequest,
  options: PlanAliasesOptions,
): Promise<Planned<AliasPlan>> {
  const { chosen, ...planned } = await planAll(project, request, options);
  if (request.kind !== "promote" || request.partial !== true) return planned;
  const leftOut = planned.diagnostics.filter(({ severity }) => severity === "error");
  const refused = new Set(leftOut.map(({ subject }) => subject?.name));
  if (leftOut.length === 0 || refused.has(undefined)) return planned;
  const names = chosen.filter((name) => !refused.has(name));
  const { plan, diagnostics } = await planAll(project, { ...request, names }, options);
  return { plan: plan && { ...plan, leftOut }, diagnostics };
}

/** A plan, and the prompts whose pointers were requested. */
type ChosenPlan = Planned<AliasPlan> & { readonly chosen: readonly string[] };

async function planAll(project: Project, request: AliasRequest, options: PlanAliasesOptions): Promise<ChosenPlan> {
  const names = request.kind === "promote" ? request.names : [request.name];
  const isPart = names !== "all" && names.every((name) => promptNameProblem(name) === undefined);
  const planned = isPart ? await planWith(project.about(names), request, options) : undefined;
  return planned?.plan === undefined ? planWith(project, request, options) : planned;
}

async function planWith(project: Project, request: AliasRequest, options: PlanAliasesOptions): Promise<ChosenPlan> {
  const refuse = (diagnostics: readonly Diagnostic[]) => ({ plan: undefined, chosen: [], diagnostics });
  if (hasErrors(project.diagnostics)) return refuse(sortDiagnostics(project.diagnostics));
  const newest = () => readNewest(project);
  const { plan: chosen, diagnostics: asked } = await planAliasEdits(project.repository, request, newest, options.base);
  if (chosen === undefined) return refuse(asked);
  const names = [...chosen.edits, ...chosen.unchanged].map(({ name }) => name);
  const involved = involvedVersions(chosen);
  let targets: readonly VersionSnapshot[] = [];
  const compilation = await compileVersions(project, {
    proposed: chosen.proposed,
    needs: ({ name, version }) => involved.get(name)?.has(`v${version}`) === true,
    select(snapshot) {
      targets = selectTargets(snapshot, chosen);
      return selectInvolved(snapshot, chosen, involved);
    },
  });
  const lines = findLinesToAdd(targets, compilation.lock, compilation.diagnostics);
  const found = sortDiagnostics([
    ...withoutRepetition(asked, compilation),
    ...findingsOf(compilation, chosen, request, project.config.gates),
    ...lines.diagnostics,
    ...warnOfWorking(
      chosen.edits.flatMap(({ name, alias, to }) => (to === undefined ? [] : [{ name, alias, target: to }])),
      project.config.workingAliases,
    ),
  ]);
  if (hasErrors(found)) return { plan: undefined, chosen: names, diagnostics: found };
  const assessed = assess(chosen, compilation, await project.compiler());
  const { allowBreaking } = options;
  const plan = { ...assessed, allowsBreaking: allowBreaking, leftOut: [], locks: lines.entries };
  const broken = allowBreaking ? [] : plan.edits.flatMap((edit) => breakFindings(edit, chosen));
  return { plan, chosen: names, diagnostics: sortDiagnostics([...found, ...broken]) };
}

/** Writes what was planned, first prompts.lock, if aliases.json has not changed since. Breaking changes must be allowed by the plan. */
export async function applyAliases(project: Project, plan: AliasPlan): Promise<Applied<AliasesApplied>> {
  if (plan.breaking && !plan.allowsBreaking) return { result: undefined, diagnostics: refuseBreaking(plan.edits) };
  try {
    return await applyAliasEdits(project.dir, plan);
  } catch (error) {
    return { result: undefined, diagnostics: [writeFailure(error, "aliases.json", ALIASES_FILE)] };
  }
}

async function readNewest(project: Project): Promise<Newest> {
  const { snapshot } = await project.snapshot({ texts: NO_TEXTS });
  const { versions = [], workingNames = [] } = snapshot ?? {};
  return {
    latest: latestVersions(versions),
    files: new Set(workingNames),
    released: new Set(versions.map(({ name }) => name)),
  };
}

/** The versions on either side of each edit, by prompt. */
function involvedVersions({ edits }: AliasEdits): ReadonlyMap<string, ReadonlySet<VersionLabel>> {
  const involved = new Map<string, Set<VersionLabel>>();
  for (const { name, from, to } of edits) {
    const own = involved.get(name) ?? new Set();
    involved.set(name, own);
    for (const target of [from, to])
      for (const version of target === undefined ? [] : labelsOf(target)) own.add(version);
  }
  return involved;
}

/** The versions that the requested pointers lead to, also those of pointers that are already there. */
function selectTargets({ versions }: Snapshot, { edits, unchanged }: AliasEdits): readonly VersionSnapshot[] {
  const pointers = [...edits.map(({ name, to }) => ({ name, target: to })), ...unchanged];
  const wanted = new Set(
    pointers.flatMap(({ name, target }) =>
      target === undefined ? [] : versionsOf(target).map((version) => versionTag({ name, version })),
    ),
  );
  return versions.filter((version) => wanted.has(versionTag(version)));
}

function selectInvolved(
  snapshot: Snapshot,
  { edits }: AliasEdits,
  involved: ReadonlyMap<string, ReadonlySet<VersionLabel>>,
): Snapshot {
  const wanted = new Set(
    edits.flatMap(({ name, to }) => (to === undefined ? [] : labelsOf(to).map((version) => `${name}@${version}`))),
  );
  return {
    ...snapshot,
    aliases: [],
    working: snapshot.working.filter(({ name }) => involved.get(name)?.has("working")),
    versions: snapshot.versions
      .filter(({ name, version }) => involved.get(name)?.has(`v${version}`))
      // Problems of a new target are errors; a current target with problems is only not compared.
      .map((version) => ({ ...version, targeted: wanted.has(`${version.name}@v${version.version}`) })),
  };
}

/** Why new targets cannot be used: they do not exist, are damaged, or do not compile. */
function findingsOf(
  compilation: CompiledProject,
  { edits }: AliasEdits,
  request: AliasRequest,
  gates: Gates,
): Diagnostic[] {
  const { snapshot, result, diagnostics, brokenAliases, proposedFindings } = compilation;
  if (snapshot === undefined || (result === undefined && edits.length > 0))
    return diagnostics.filter(({ severity }) => severity === "error");
  const found = [
    ...proposedFindings,
    ...refuseTargets(movesOf(edits, request), {
      ...{ versions: snapshot.versions, names: new Set(snapshot.workingNames), promptsDir: snapshot.promptsDir },
      ...{ gates, scores: snapshot.scores },
    }),
  ];
  for (const { name, to } of edits)
    for (const version of to === undefined ? [] : labelsOf(to)) {
      if (contentOf(compilation, name, version) !== undefined) continue;
      // Versions that the lock does not have are already reported with the pointers.
      const problems = { snapshot, brokenAliases, unlocked: [], diagnostics };
      const content = { name, version: parseVersionNumber(version) };
      found.push(...findReasons(`${name}@${version}`, problems));
      found.push(...findContentProblems(content, problems).filter(({ severity }) => severity === "error"));
    }
  if (request.kind === "rollback" && request.to === undefined && hasErrors(found))
    for (const { name, alias, to } of edits)
      if (to !== undefined) {
        const args = { name, alias, target: describeTarget(to) };
        found.push(diagnose("alias/earlier-target-unusable", args, { file: ALIASES_FILE }, { name, alias }));
      }
  return found;
}

/** A rollback leaves a version that did badly: the limits that compare with it do not count. */
function movesOf(edits: AliasEdits["edits"], { kind }: AliasRequest): ProposedMove[] {
  return edits.flatMap(({ name, alias, from, to }) =>
    to === undefined ? [] : [{ name, alias, to, from: kind === "rollback" ? undefined : from }],
  );
}

const OF_KNOWN_PROMPTS = ["alias/unknown-alias", "alias/nothing-to-follow", "alias/not-promotable"];

/** A prompt that does not exist is reported once, without its missing alias. */
function withoutRepetition(asked: readonly Diagnostic[], { proposedFindings }: CompiledProject): readonly Diagnostic[] {
  const isUnknown = proposedFindings.some(({ code }) => code === "alias/unknown-prompt");
  return isUnknown ? asked.filter(({ code }) => !OF_KNOWN_PROMPTS.includes(code)) : asked;
}

function contentOf({ result }: CompiledProject, name: string, version: VersionLabel): CompiledContent | undefined {
  return result?.prompts
    .find((prompt) => prompt.name === name)
    ?.versions.find((compiled) => version === (compiled.version === "working" ? "working" : `v${compiled.version}`))
    ?.content;
}

function assess(
  { edits, unchanged, text }: AliasEdits,
  compilation: CompiledProject,
  compiler: Compiler,
): Omit<AliasPlan, "allowsBreaking" | "leftOut" | "locks"> {
  const planned = edits.map((edit) =>
    assessEdit(edit, (version) => contentOf(compilation, edit.name, version), compiler),
  );
  return { edits: planned, unchanged, breaking: planned.some(({ breaks }) => breaks.length > 0), text };
}

/** What a plan breaks, as errors. */
export function refuseBreaking(edits: readonly PlannedEdit[]): Diagnostic[] {
  return sortDiagnostics(edits.flatMap((edit) => breakFindings(edit)));
}

function breakFindings({ name, alias, breaks }: PlannedEdit, edits?: AliasEdits): Diagnostic[] {
  const place = { file: ALIASES_FILE, range: edits?.file.prompts.get(name)?.get(alias)?.range };
  return breaks.map(({ subject, change, problem }) =>
    diagnose(
      subject === "input" ? "input/breaking-change" : "alias/breaking-change",
      { name, alias, change, problem },
      place,
      { name, alias },
    ),
  );
}
