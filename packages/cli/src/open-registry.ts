// Opens a project: its settings and caches, and every function of the registry over them.

import path from "node:path";
import type { AliasRequest } from "@cuecard/registry";
import { BuildCache } from "./cache/build-cache.js";
import { blameOf } from "./project/blame-project.js";
import { buildProject } from "./project/build-project.js";
import { checkProject } from "./project/check-project.js";
import { compareVersions } from "./project/compare-versions.js";
import { compileProject } from "./project/compile-project.js";
import { findGitDir } from "./project/find-git-dir.js";
import { findUsagesIn } from "./project/find-usages-in.js";
import { historyOf } from "./project/history-project.js";
import { listAliases } from "./project/list-aliases.js";
import { listProject } from "./project/list-project.js";
import { loadVersion } from "./project/load-version.js";
import { openProject } from "./project/open-project.js";
import { applyAliases, planAliases } from "./project/plan-aliases.js";
import { type RegistrySettings, readProject } from "./project/read-project.js";
import { readSources } from "./project/read-sources.js";
import { applyRegister, planRegister, register } from "./project/register-project.js";
import { applyRelease, planRelease } from "./project/release-project.js";
import { applyRetire, planRetire } from "./project/retire-project.js";
import { applyScore, planScore } from "./project/score-project.js";
import { scoreboardOf } from "./project/scoreboard.js";
import { searchProject } from "./project/search-project.js";
import { usagesOf } from "./project/usages-project.js";
import type { AllowBreaking, Compilation, Registry, RegistryOptions } from "./registry.js";

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
  const root = (await findGitDir(project.dir))?.root ?? project.dir;
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
