// Opens a project: its settings and caches, and every function of the registry over them.

import path from "node:path";
import { type AliasRequest, findGitDir } from "@cuecard/registry";
import { listAliases } from "./aliases/list-aliases.js";
import { applyAliases, planAliases } from "./aliases/plan-aliases.js";
import { buildProject } from "./build/build.js";
import { checkProject } from "./build/check.js";
import { BuildCache } from "./cache/build-cache.js";
import { compileProject } from "./compile/compile-project.js";
import { loadVersion } from "./compile/load-version.js";
import { blameOf } from "./inspect/blame.js";
import { compareVersions } from "./inspect/compare-versions.js";
import { historyOf } from "./inspect/history.js";
import { listProject } from "./inspect/list.js";
import { searchProject } from "./inspect/search.js";
import { type RegistrySettings, readProject } from "./read/read-project.js";
import { readSources } from "./read/read-sources.js";
import type { AllowBreaking, Compilation, Registry, RegistryOptions } from "./registry.js";
import { applyRegister, planRegister, register } from "./release/register.js";
import { applyRelease, planRelease } from "./release/release.js";
import { applyRetire, planRetire } from "./release/retire.js";
import { applyScore, planScore } from "./scores/record-scores.js";
import { scoreboardOf } from "./scores/scoreboard.js";
import { openProject } from "./settings/open-project.js";
import { findUsagesIn } from "./usages/find-usages-in.js";
import { usagesOf } from "./usages/usages-of.js";

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
  const root = findGitDir(project.dir)?.root ?? project.dir;
  const cache = new BuildCache(project.dir, path.relative(root, path.join(project.dir, project.config.prompts)));
  const settings: RegistrySettings = { cache, frozen: options.frozen ?? false, onProgress: options.onProgress };
  const plan = (request: AliasRequest, { allowBreaking = false }: AllowBreaking = {}) =>
    planAliases(project, request, { ...settings, allowBreaking });
  return {
    ...project,
    aliases: (name) => listAliases(project, name, settings),
    planAliases: plan,
    planPromotion: ({ share, ...promotion }, breaking) =>
      plan({ kind: "promote", ...promotion, ...(share === undefined ? {} : { share }) }, breaking),
    planRollback: ({ to, ...rollback }, breaking) =>
      plan({ kind: "rollback", ...rollback, ...(to === undefined ? {} : { to }) }, breaking),
    applyAliases: (planned) => applyAliases(project, planned),
    compare: (before, after, wanted = {}) => compareVersions(project, [before, after], { ...settings, ...wanted }),
    snapshot: () => readProject(project, { ...settings, wantsContent: () => true }),
    read: (wanted = {}) => readProject(project, { ...settings, ...wanted, wantsContent: () => false }),
    async compile(wanted = {}) {
      const { versions = project.config.versions, working = project.config.working } = wanted;
      const { result, snapshot, diagnostics } = await compileProject(project, { ...settings, versions, working });
      return { files: result?.files ?? new Map(), prompts: result?.prompts ?? [], snapshot, diagnostics };
    },
    check: (wanted = {}) => checkProject(project, { ...settings, ...wanted }),
    build: (wanted = {}) => buildProject(project, { ...settings, ...wanted }),
    list: () => listProject(project, settings),
    load: (reference, { key } = {}) => loadVersion(project, reference, { ...settings, key }),
    planRelease: (wanted = {}) => planRelease(project, wanted),
    applyRelease: (planned, wanted = {}) => applyRelease(project, planned, wanted),
    planRetire: (wanted) =>
      planRetire(project, wanted, { ...settings, usages: (snapshot) => findUsagesIn(project, snapshot) }),
    applyRetire: (planned) => applyRetire(project, planned, settings),
    planScore: (wanted) => planScore(project, wanted, settings),
    applyScore: (planned) => applyScore(project, planned),
    scores: (reference) => scoreboardOf(project, reference, settings),
    planRegister: (prompt) => planRegister(project, prompt),
    applyRegister: (planned, wanted = {}) => applyRegister(project, planned, wanted),
    register: (prompt, wanted = {}) => register(project, prompt, wanted),
    history: (name) => historyOf(project, name, settings),
    search: (request) => searchProject(project, typeof request === "string" ? { query: request } : request, settings),
    blame: (reference, { partials } = {}) => blameOf(project, reference, { ...settings, partials }),
    usages: (reference) => usagesOf(project, reference, settings),
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
