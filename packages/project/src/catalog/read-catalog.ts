// What the catalog shows of a project: prompts as they compile, with their history in git, their examples rendered, and the code that
// loads them.

import path from "node:path";
import type { ProjectHelpers } from "@cuecard/build";
import { type CatalogFinding, type CatalogPrompt, type CatalogSource, compareAliases } from "@cuecard/catalog";
import { type Diagnostic, formatPlace, hasErrors, type Snapshot } from "@cuecard/model";
import { readHistory } from "@cuecard/registry";
import { compileEverything } from "../compile/compile-everything.js";
import { readRefusal } from "../inspect/render.js";
import type { Project } from "../read/project.js";
import { loadTokenCounter } from "../review/count-tokens.js";
import { readPackageName } from "../usages/find-usages.js";
import { usagesOf } from "../usages/usages-of.js";
import { PromptCompiler } from "./compile-prompts.js";
import { PromptReader } from "./read-prompt.js";
import type { VersionReaderOptions } from "./read-version.js";

export interface CatalogContent {
  /** Findings of the project; sorted. */
  readonly diagnostics: readonly Diagnostic[];
  /** `undefined` if the project cannot be read. */
  readonly source: CatalogSource | undefined;
}

export interface CatalogRequest {
  readonly title: string;
  /** Whether examples that call the project's helpers are rendered, which runs them. */
  readonly runsHelpers: boolean;
  /** Whether `cuecard dev` serves the site. */
  readonly isLive: boolean;
}

export async function readCatalog(
  project: Project,
  { title, runsHelpers, isLive }: CatalogRequest,
): Promise<CatalogContent> {
  const { snapshot, diagnostics, helpers } = await compileEverything(project);
  if (snapshot === undefined) return { diagnostics, source: undefined };
  const usages = await usagesOf(project, undefined);
  const environments = commonEnvironments(snapshot);
  const prompts = new PromptCompiler(project, snapshot, helpers);
  // Without the helpers, no prompt compiles.
  const names = hasErrors(helpers.diagnostics) ? [] : prompts.names;
  const reader = new PromptReader({
    ...{ environments, snapshot, promptsDir: project.config.prompts, helpers: helpers.helpers?.signatures ?? [] },
    history: await readHistory(project.repository, names, true),
    usages: usages.kind === "found" ? usages.value : [],
    compiler: await project.compiler(),
    count: await loadTokenCounter(),
    ...(runsHelpers && helpers.helpers !== undefined ? await loadFunctions(project.dir, helpers.helpers) : {}),
  });
  return {
    diagnostics,
    source: {
      ...{ title, isLive, promptsDir: project.config.prompts },
      packageName: (await readPackageName(path.join(project.dir, project.config.out))) ?? "@acme/prompts",
      environments,
      prompts: readInTurn(names, prompts, reader),
      findings: diagnostics.map(describeFinding),
    },
  };
}

/** Environments whose promotions are shown. Each pair is a page, so their number is limited. */
const MOST_ENVIRONMENTS = 8;

function commonEnvironments({ aliases }: Snapshot): string[] {
  const counts = new Map<string, number>();
  for (const { alias } of aliases) counts.set(alias, (counts.get(alias) ?? 0) + 1);
  const common = [...counts].sort(([a, many], [b, more]) => more - many || compareAliases(a, b));
  return common
    .slice(0, MOST_ENVIRONMENTS)
    .map(([alias]) => alias)
    .sort(compareAliases);
}

/** A few at a time, so that memory does not hold all. */
async function* readInTurn(
  names: readonly string[],
  prompts: PromptCompiler,
  reader: PromptReader,
): AsyncGenerator<CatalogPrompt> {
  for (const some of prompts.divide(names)) {
    const compiled = await prompts.compile(some);
    for (const prompt of compiled.prompts) yield reader.read(prompt, compiled.contents);
  }
}

async function loadFunctions(
  dir: string,
  helpers: ProjectHelpers,
): Promise<Pick<VersionReaderOptions, "functions" | "functionsProblem">> {
  const { loadHelperFunctions } = await import("../helpers/load-functions.js");
  try {
    return { functions: await loadHelperFunctions(dir, helpers) };
  } catch (error) {
    const refusal = readRefusal(error);
    if (refusal === undefined) throw error;
    return { functionsProblem: refusal.problem };
  }
}

function describeFinding({ severity, code, message, hint, file, ref, range }: Diagnostic): CatalogFinding {
  const at = formatPlace({ file, range });
  const place = ref === undefined ? at : `${at} (${ref})`;
  const source =
    file === undefined || ref !== undefined
      ? {}
      : { source: { file, ...(range === undefined ? {} : { line: range.start.line }) } };
  return { severity: severity === "error" ? "error" : "warning", code, message, hint: hint ?? "", place, ...source };
}
