// What the catalog shows of a project: prompts as they compile, with their history in git, their examples rendered, and the code that
// loads them.

import path from "node:path";
import type { ProjectHelpers } from "@cuecard/build";
import { type CatalogFacts, type CatalogFinding, type CatalogPrompt, commonAliases } from "@cuecard/catalog";
import { type Diagnostic, formatPlace, hasErrors } from "@cuecard/model";
import { hash } from "../cache/hash.js";
import { compileEverything } from "../compile/compile-everything.js";
import { readRefusal } from "../inspect/render.js";
import type { Project } from "../read/project.js";
import { loadTokenCounter } from "../review/count-tokens.js";
import { readPackageName } from "../usages/find-usages.js";
import { CatalogMemory } from "./catalog-memory.js";
import { PromptCompiler } from "./compile-prompts.js";
import { PromptReader } from "./read-prompt.js";
import type { VersionReaderOptions } from "./read-version.js";

export interface CatalogRequest {
  readonly title: string;
  /** Whether examples that call the project's helpers are rendered, which runs them. */
  readonly runsHelpers: boolean;
  /** Whether `cuecard dev` serves the site. */
  readonly isLive: boolean;
}

export interface CatalogContent {
  /** Findings of the project; sorted. */
  readonly diagnostics: readonly Diagnostic[];
  /** `undefined` if the project cannot be read. */
  readonly reader: CatalogReader | undefined;
}

/** Environments whose promotions are shown. Each pair is a page, so their number is limited. */
const MOST_ENVIRONMENTS = 8;

/** @param memory What an earlier reading found out. Default: nothing. */
export async function readCatalog(
  project: Project,
  { title, runsHelpers, isLive }: CatalogRequest,
  memory: CatalogMemory = new CatalogMemory(),
): Promise<CatalogContent> {
  // The first time, what took long is saved at once.
  const compiled = await compileEverything(project, memory.isEmpty);
  const { snapshot, diagnostics, helpers, keys } = compiled;
  if (snapshot === undefined) return { diagnostics, reader: undefined };
  const compiler = await PromptCompiler.open(project, { ...compiled, snapshot });
  // Without the helpers, no prompt compiles.
  const names = hasErrors(helpers.diagnostics) ? [] : compiler.names;
  const environments = commonAliases(
    snapshot.aliases.map(({ alias }) => alias),
    MOST_ENVIRONMENTS,
  );
  const [history, usages] = [await memory.history(project, names), await memory.usages(project)];
  const prompts = new PromptReader({
    ...{ environments, snapshot, history, usages },
    ...{ promptsDir: project.config.prompts, helpers: helpers.helpers?.signatures ?? [] },
    compiler: await project.compiler(),
    count: await loadTokenCounter(),
    ...(runsHelpers && helpers.helpers !== undefined ? await loadFunctions(project.dir, helpers.helpers) : {}),
  });
  const facts = {
    ...{ title, isLive, environments, promptsDir: project.config.prompts },
    packageName: (await readPackageName(path.join(project.dir, project.config.out))) ?? "@acme/prompts",
    findings: diagnostics.map(describeFinding),
  };
  const keyOf = (name: string) =>
    hash(JSON.stringify([environments, keys?.shared, keys?.prompts.get(name), prompts.factsOf(name)]));
  const key = hash(JSON.stringify([history.id, facts, keys?.whole, usages]));
  return { diagnostics, reader: new CatalogReader({ facts, names, compiler, prompts, keyOf, key }) };
}

interface CatalogReaderOptions {
  readonly facts: CatalogFacts;
  readonly names: readonly string[];
  readonly compiler: PromptCompiler;
  readonly prompts: PromptReader;
  readonly keyOf: (name: string) => string;
  readonly key: string;
}

/** A project as it was at one time. Prompts are compiled, and their texts read, when they are asked for. */
export class CatalogReader {
  readonly facts: CatalogFacts;
  /** Of all prompts, also of those that do not compile; sorted. */
  readonly names: readonly string[];
  /** The same as long as the site is the same. */
  readonly key: string;
  readonly #options: CatalogReaderOptions;

  constructor(options: CatalogReaderOptions) {
    this.facts = options.facts;
    this.names = options.names;
    this.key = options.key;
    this.#options = options;
  }

  /** The same as long as the prompt is the same. */
  keyOf(name: string): string {
    return this.#options.keyOf(name);
  }

  /**
   * The prompts of these names, of which a few are in memory at a time.
   *
   * @param texts Whether the texts of versions are needed. Default: yes.
   */
  async *read(names: readonly string[] = this.names, texts = true): AsyncGenerator<CatalogPrompt> {
    const { compiler, prompts } = this.#options;
    for await (const { prompt, contents } of compiler.compile(names, texts)) yield prompts.read(prompt, contents);
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
