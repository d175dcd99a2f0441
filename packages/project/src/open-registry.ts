// Opens a project: its settings and cache, which last, and each use case as a function over them.

import path from "node:path";
import { type Diagnostic, UsageError } from "@cuecard/model";
import { type AliasRequest, findGitDir, type Planned, pushProposal, WatchMemory } from "@cuecard/registry";
import { listAliases } from "./aliases/list-aliases.js";
import { applyAliases, planAliases } from "./aliases/plan-aliases.js";
import { writePointers } from "./aliases/write-pointers.js";
import { checkArgument, checkArguments } from "./arguments/check-arguments.js";
import { registryOptions } from "./arguments/requests.js";
import { build } from "./build/build.js";
import { check } from "./build/check.js";
import { fetchVersions } from "./build/fetch-versions.js";
import { lock } from "./build/lock.js";
import { BuildCache } from "./cache/build-cache.js";
import { checkFrozen } from "./compile/check-frozen.js";
import { compilePackage } from "./compile/compile.js";
import { loadVersion } from "./compile/load-version.js";
import { EditMemory } from "./edit/edit-memory.js";
import { applyFixes } from "./fix/apply-fixes.js";
import { planFixes } from "./fix/plan-fixes.js";
import { blameOf } from "./inspect/blame.js";
import { compareReferences } from "./inspect/compare-references.js";
import { historyOf } from "./inspect/history.js";
import { list } from "./inspect/list.js";
import { promptsAt } from "./inspect/prompts-at.js";
import { render } from "./inspect/render.js";
import { applyProposal } from "./propose/apply-proposal.js";
import { planChanges } from "./propose/plan-changes.js";
import { planProposal } from "./propose/propose-prompt.js";
import { readChangedFiles, readChanges, readProposals } from "./propose/read-changes.js";
import { groupRepeated } from "./read/group-repeated.js";
import { ALL_TEXTS, createProject, NO_TEXTS, type Project, type ProjectOptions } from "./read/project.js";
import { readSources } from "./read/read-sources.js";
import type { AllowBreaking, Compilation, Registry, RegistryOptions } from "./registry.js";
import { keepPlanned } from "./release/keep-planned.js";
import { applyRegister, planRegister, register } from "./release/register.js";
import { applyRelease, planRelease } from "./release/release.js";
import { applyRetire, planRetire } from "./release/retire.js";
import { review } from "./review/review.js";
import { applyScore, planScore } from "./scores/record-scores.js";
import { scoreboardOf } from "./scores/scoreboard.js";
import { overrideConfig } from "./settings/override-config.js";
import { readSettings } from "./settings/read-settings.js";
import { exportPromptfoo } from "./test/export-promptfoo.js";
import { checkBudgets } from "./test/measure-budget.js";
import { planFill } from "./test/plan-fill.js";
import { applySnapshots } from "./test/snapshots.js";
import { test } from "./test/test.js";
import { usagesOf } from "./usages/usages-of.js";

/**
 * Opens the project in a folder. Settings are read now; each function of the registry reads the repository anew, once, so a
 * registry that stays open sees what has changed on disk between two calls.
 *
 * @throws UsageError when the folder does not exist. Other mistakes in the options are findings, with which nothing is read.
 * @example
 * const registry = await openRegistry({ dir: "." });
 * const { diagnostics } = await registry.check();
 * registry.close();
 */
export async function openRegistry(options: RegistryOptions): Promise<Registry> {
  const misfits = checkArgument("openRegistry", "options", registryOptions, options);
  const [misfit] = misfits;
  if (misfit !== undefined && typeof options?.dir !== "string") throw new UsageError(misfit.message);
  return openProject(misfits.length === 0 ? options : { dir: options.dir }, misfits);
}

/** @param misfits What is wrong with the options; with errors, the project is not read. */
async function openProject(options: RegistryOptions, misfits: readonly Diagnostic[]): Promise<Registry> {
  const own = await readSettings(options.dir);
  const overridden = overrideConfig(own.config, options.config ?? {});
  const settings = {
    ...own,
    config: overridden.config,
    diagnostics: [...own.diagnostics, ...overridden.diagnostics, ...misfits],
  };
  const { dir, config } = settings;
  const root = findGitDir(dir)?.root ?? dir;
  const cache = new BuildCache(dir, path.relative(root, path.join(dir, config.prompts)));
  const { git = config.git, frozen = false, offline = false, onFetch = () => {}, onProgress } = options;
  const shared: ProjectOptions = {
    ...settings,
    git,
    frozen,
    cache,
    onFetch: offline ? undefined : onFetch,
    onProgress,
  };
  const planned = keepPlanned();

  /** For processes that watch. */
  const memory = new WatchMemory();

  async function run<T>(work: (project: Project) => Promise<T>, own: Partial<ProjectOptions> = {}): Promise<T> {
    const project = createProject({ ...shared, ...own });
    try {
      return withGroups(await work(project));
    } finally {
      await project.close();
    }
  }

  async function runPlan<T>(work: (project: Project) => Promise<Planned<T>>): Promise<Planned<T>> {
    const project = createProject(shared);
    let isPlanned = false;
    try {
      const result = withGroups(await work(project));
      isPlanned = result.plan !== undefined;
      return result;
    } finally {
      if (isPlanned) planned.keep(project.repository);
      else await project.close();
    }
  }

  async function runApply<T>(work: (project: Project) => Promise<T>): Promise<T> {
    const project = createProject(shared, planned.take());
    try {
      return withGroups(await work(project));
    } finally {
      await project.close();
    }
  }

  const edited = new EditMemory();

  /** Only `dev` edits, again and again. */
  const runEdit = <T>(work: (edit: typeof import("./edit/edit.js"), project: Project) => Promise<T>) =>
    run(async (project) => work(await import("./edit/edit.js"), project), { memory });

  const planEdits = (request: AliasRequest, { allowBreaking = false }: AllowBreaking = {}) =>
    run((project) => planAliases(project, request, { allowBreaking }));
  return checkArguments({
    ...settings,
    aliases: (name) => run((project) => listAliases(project, name)),
    planAliases: planEdits,
    planPromotion: ({ share, ...promotion }, breaking) =>
      planEdits({ kind: "promote", ...promotion, ...(share === undefined ? {} : { share }) }, breaking),
    planRollback: ({ to, ...rollback }, breaking) =>
      planEdits({ kind: "rollback", ...rollback, ...(to === undefined ? {} : { to }) }, breaking),
    pointers: (wanted = {}) => run((project) => writePointers(project, wanted)),
    applyAliases: (plan) => run((project) => applyAliases(project, plan)),
    compare: (before, after, wanted = {}) => run((project) => compareReferences(project, [before, after], wanted)),
    snapshot: () => run((project) => project.snapshot({ texts: ALL_TEXTS })),
    read: ({ resolvesConflicts } = {}) => run((project) => project.snapshot({ texts: NO_TEXTS, resolvesConflicts })),
    compile: ({ versions = config.versions, working = config.working } = {}) =>
      run(async (project) => {
        const compilation = checkFrozen(project, await compilePackage(project, { versions, working }));
        const { result, snapshot, diagnostics } = compilation;
        return { files: result?.files ?? new Map(), prompts: result?.prompts ?? [], snapshot, diagnostics };
      }),
    check: (wanted = {}) => run((project) => check(project, wanted, checkBudgets)),
    planFixes: (wanted = {}) => run((project) => planFixes(project, wanted)),
    applyFixes: (plan) => run((project) => applyFixes(project, plan)),
    fetchVersions: () => run(fetchVersions),
    build: (wanted = {}) => run((project) => build(project, wanted), wanted.overwrites === true ? { memory } : {}),
    lock: (wanted = {}) => run((project) => lock(project, wanted)),
    list: () => run(list),
    promptsAt: (wanted = {}) => run((project) => promptsAt(project, wanted)),
    load: (reference, { key } = {}) => run((project) => loadVersion(project, reference, key)),
    render: (reference, input, wanted = {}) => run((project) => render(project, reference, input, wanted)),
    modelRequest: (reference, input, wanted = {}) =>
      run(async (project) => {
        const { modelRequest } = await import("./inspect/model-request.js");
        return modelRequest(project, reference, input, wanted);
      }),
    review: (wanted = {}) => run((project) => review(project, wanted)),
    replay: (wanted) =>
      run(async (project) => {
        // Only this command needs it.
        const { replay } = await import("./replay/replay.js");
        return replay(project, wanted);
      }),
    test: (wanted = {}) => run((project) => test(project, wanted)),
    planFill: (wanted = {}) => run((project) => planFill(project, wanted)),
    exportPromptfoo: (wanted = {}) => run((project) => exportPromptfoo(project, wanted)),
    applySnapshots: (plan) => run((project) => applySnapshots(project, plan)),
    planRelease: (wanted = {}) => runPlan((project) => planRelease(project, wanted)),
    applyRelease: (plan, wanted = {}) => runApply((project) => applyRelease(project, plan, wanted)),
    planRetire: (wanted) => run((project) => planRetire(project, wanted)),
    applyRetire: (plan) => run((project) => applyRetire(project, plan)),
    planScore: (wanted) => run((project) => planScore(project, wanted)),
    applyScore: (plan) => run((project) => applyScore(project, plan)),
    scores: (reference) => run((project) => scoreboardOf(project, reference)),
    planProposal: (wanted) => run((project) => planProposal(project, wanted)),
    changes: () => run(readChanges),
    changedFiles: () => run(readChangedFiles),
    proposals: () => run(readProposals),
    planChanges: (wanted) => run((project) => planChanges(project, wanted)),
    applyProposal: (plan, wanted = {}) => run((project) => applyProposal(project, plan, wanted)),
    pushProposal: (proposal, remote) => run((project) => pushProposal(project.repository, proposal, remote)),
    planRegister: (prompt) => runPlan((project) => planRegister(project, prompt)),
    applyRegister: (plan, wanted = {}) => runApply((project) => applyRegister(project, plan, wanted)),
    register: (prompt, wanted = {}) => run((project) => register(project, prompt, wanted)),
    history: (name) => run((project) => historyOf(project, name)),
    search: (request) =>
      run(async (project) => {
        // Most commands need nothing of it.
        const { search } = await import("./inspect/search.js");
        return search(project, typeof request === "string" ? { query: request } : request);
      }),
    catalog: (wanted) =>
      run(async (project) => {
        const { buildCatalog } = await import("./catalog/catalog.js");
        return buildCatalog(project, wanted);
      }),
    async openCatalog({ title = path.basename(dir), runsHelpers = false } = {}) {
      const { openLiveCatalog } = await import("./catalog/live-catalog.js");
      const catalog = openLiveCatalog(() => createProject({ ...shared, memory }), { title, runsHelpers });
      return { ...catalog, update: async () => withGroups(await catalog.update()) };
    },
    editableFiles: () => runEdit((edit, project) => edit.listEditable(project)),
    editSource: (file) => runEdit((edit, project) => edit.readSource(project, file)),
    checkEdit: (wanted) => runEdit((edit, project) => edit.checkEdit(project, edited, wanted)),
    editFields: (wanted) => runEdit((edit, project) => edit.readFields(project, wanted)),
    setFields: (wanted) => runEdit((edit, project) => edit.setFields(project, wanted)),
    saveEdit: (wanted) => runEdit((edit, project) => edit.saveEdit(project, wanted)),
    blame: (reference, wanted = {}) => run((project) => blameOf(project, reference, wanted)),
    usages: (reference) => run((project) => usagesOf(project, reference)),
    sources: (diagnostics) => run((project) => readSources(project, diagnostics)),
    save: () => cache.save(),
    close() {
      cache.close();
      planned.close();
    },
  });
}

/** A result that reports each cause once. */
function withGroups<T>(result: T): T {
  if (typeof result !== "object" || result === null || !("diagnostics" in result)) return result;
  return { ...result, diagnostics: groupRepeated(result.diagnostics as readonly Diagnostic[]) };
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
