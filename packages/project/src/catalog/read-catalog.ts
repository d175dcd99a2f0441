// What the catalog shows of a project: prompts as they compile, with their history in git, their examples rendered, and the code that
// loads them.

import path from "node:path";
import type { CompiledPrompt, ProjectHelpers } from "@cuecard/build";
import { type CatalogFinding, type CatalogSource, compareAliases } from "@cuecard/catalog";
import { type Diagnostic, formatPlace, type PromptContent, type Snapshot } from "@cuecard/model";
import { readHistory } from "@cuecard/registry";
import { compileContents } from "../compile/compile.js";
import { readRefusal } from "../inspect/render.js";
import { ALL_TEXTS, type Project } from "../read/project.js";
import { loadTokenCounter } from "../review/count-tokens.js";
import { readPackageName } from "../usages/find-usages.js";
import { usagesOf } from "../usages/usages-of.js";
import { PromptReader, type PromptReaderOptions } from "./read-prompt.js";

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
  const contents = contentsOf((await project.snapshot({ texts: ALL_TEXTS })).snapshot);
  const { snapshot, result, diagnostics, helpers } = await compileContents(project, { versions: "all", working: true });
  if (snapshot === undefined) return { diagnostics, source: undefined };
  const prompts = result?.prompts ?? [];
  const names = prompts.map(({ name }) => name);
  const usages = await usagesOf(project, undefined);
  const environments = commonEnvironments(snapshot);
  const reader = new PromptReader({
    environments,
    ...{ snapshot, contents, promptsDir: project.config.prompts, helpers: helpers.helpers?.signatures ?? [] },
    history: await readHistory(project.repository, names, true),
    usages: usages.kind === "found" ? usages.value : [],
    compiler: await project.compiler(),
    count: await loadTokenCounter(),
    ...(runsHelpers && helpers.helpers !== undefined ? await loadFunctions(project.dir, helpers.helpers) : {}),
  });
  return {
    diagnostics,
    source: {
      title,
      isLive,
      promptsDir: project.config.prompts,
      packageName: (await readPackageName(path.join(project.dir, project.config.out))) ?? "@acme/prompts",
      environments,
      prompts: readLazily(prompts, reader),
      findings: diagnostics.map(describeFinding),
    },
  };
}

function* readLazily(prompts: readonly CompiledPrompt[], reader: PromptReader) {
  for (const prompt of prompts) yield reader.read(prompt);
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

/** Each content by its digest. */
function contentsOf(snapshot: Snapshot | undefined): Map<string, PromptContent> {
  const all = [...(snapshot?.versions ?? []), ...(snapshot?.working ?? [])];
  return new Map(all.flatMap(({ digest, content }) => (content === undefined ? [] : [[digest, content] as const])));
}

async function loadFunctions(
  dir: string,
  helpers: ProjectHelpers,
): Promise<Pick<PromptReaderOptions, "functions" | "functionsProblem">> {
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
