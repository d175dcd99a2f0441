// Emits the site file by file. Pure: the caller writes the files, and brings the assets that the build of this package bundled.

import { emitStandalone } from "@cuecard/build";
import { versionRef } from "@cuecard/model";
import { createElement, type JSX } from "preact";
import { emitPromotions, PromotionTable } from "./emit-promotions.js";
import { type PromptSummary, type SummaryAlias, shownVersion, summarizePrompt } from "./facts/summarize-prompt.js";
import {
  COMPARE_PAGE,
  EDIT_PAGE,
  ENVIRONMENTS_PAGE,
  FINDINGS_PAGE,
  historyPage,
  LIST_PAGE,
  linkFrom,
  promptPage,
  versionCode,
  versionData,
  versionPage,
} from "./links.js";
import { ComparePage } from "./pages/compare-page.js";
import { EditPage } from "./pages/edit-page.js";
import { EnvironmentsPage } from "./pages/environments-page.js";
import { FindingsPage } from "./pages/findings-page.js";
import { HistoryPage } from "./pages/history-page.js";
import { printPage, type SiteFacts } from "./pages/layout.js";
import { ListPage } from "./pages/list-page.js";
import { VersionPage } from "./pages/version-page.js";
import type { SiteFile } from "./site-file.js";
import type { CatalogExample, CatalogPrompt, CatalogSource, CatalogVersion } from "./source.js";

/** The same source gives the same files. They come one by one, so that a large site need not be in memory. */
export function* emitSite(source: CatalogSource): Generator<SiteFile> {
  const { title, findings, isLive, promptsDir } = source;
  const site: SiteFacts = { title, findings: findings.length, isLive, promptsDir };
  const page = (path: string, element: JSX.Element): SiteFile => ({ path, text: printPage(element) });
  const summaries: PromptSummary[] = [];
  const promotions = new PromotionTable(source.environments);
  for (const prompt of source.prompts) {
    const shown = shownVersion(prompt);
    if (shown === undefined) continue;
    const summary = summarizePrompt(prompt, shown);
    summaries.push(summary);
    yield* emitPrompt({ prompt, shown, aliases: summary.aliases }, source, site);
    yield* emitPromotions(prompt, site);
    promotions.add(prompt);
  }
  yield page(LIST_PAGE, createElement(ListPage, { site, prompts: summaries }));
  yield page(
    ENVIRONMENTS_PAGE,
    createElement(EnvironmentsPage, { site, prompts: summaries, pairs: promotions.pairs() }),
  );
  yield* promotions.emit(site);
  yield page(COMPARE_PAGE, createElement(ComparePage, { site }));
  if (source.findings.length > 0)
    yield page(FINDINGS_PAGE, createElement(FindingsPage, { site, findings: source.findings }));
  if (isLive) yield page(EDIT_PAGE, createElement(EditPage, { site }));
  yield { path: "data/search.json", text: JSON.stringify(summaries.map(({ name, text }) => ({ name, text }))) };
  yield { path: "data/prompts.json", text: JSON.stringify(summaries.map(describePrompt)) };
}

interface EmittedPrompt {
  readonly prompt: CatalogPrompt;
  /** The version that the prompt's page shows. */
  readonly shown: CatalogVersion;
  readonly aliases: readonly SummaryAlias[];
}

function* emitPrompt(
  { prompt, shown, aliases }: EmittedPrompt,
  { packageName }: CatalogSource,
  site: SiteFacts,
): Generator<SiteFile> {
  const pageOf = ({ compiled }: CatalogVersion) => versionPage(prompt.name, compiled.version);
  const print = (version: CatalogVersion) =>
    printPage(createElement(VersionPage, { site, packageName, page: pageOf(version), prompt, aliases, version }));
  // The page of the prompt is in the folder of its versions' pages, so the links of one fit the other.
  const main = print(shown);
  yield { path: promptPage(prompt.name), text: main };
  for (const version of prompt.versions) {
    yield { path: pageOf(version), text: version === shown ? main : print(version) };
    yield {
      path: versionData(prompt.name, version.compiled.version),
      text: JSON.stringify(describeVersion(version)),
    };
  }
  for (const { compiled } of prompt.versions) {
    const path = versionCode(compiled.name, compiled.version);
    const text = emitStandalone(compiled, linkFrom(path, "assets/runtime.js"));
    if (text !== undefined) yield { path, text };
  }
  const path = historyPage(prompt.name);
  yield { path, text: printPage(createElement(HistoryPage, { site, prompt })) };
}

/** What the page for comparing offers. */
export interface PromptChoice {
  readonly name: string;
  /** `v1`, `v2`, `working`. */
  readonly versions: readonly string[];
  /** The version that each environment points at; of several, the one with the largest share. */
  readonly aliases: Readonly<Record<string, string>>;
}

function describePrompt({ name, versionNames, aliases }: PromptSummary): PromptChoice {
  return {
    name,
    versions: versionNames.map(versionRef),
    aliases: Object.fromEntries(
      aliases.map(({ alias, arms }) => [
        alias,
        versionRef(arms.reduce((most, arm) => (arm.share > most.share ? arm : most)).version),
      ]),
    ),
  };
}

/** What the page for comparing shows of a version: texts by what they are. */
export type VersionData = Readonly<Record<string, string>>;

function describeVersion({ files, examples, compiled }: CatalogVersion): VersionData {
  const { inputSchema, outputSchema, tools } = compiled.content;
  const print = (value: unknown) => JSON.stringify(value, undefined, 2);
  return Object.fromEntries([
    ...files.map(({ path, text }) => [path, text]),
    ...examples.map(({ name, result }) => [`Example "${name}", rendered`, textOf(result)]),
    ["Inputs (JSON Schema)", print(inputSchema)],
    ...(outputSchema === undefined ? [] : [["Answer (JSON Schema)", print(outputSchema)]]),
    ...(tools.length === 0 ? [] : [["Tools", print(tools)]]),
  ]);
}

function textOf(result: CatalogExample["result"]): string {
  if ("refused" in result) return result.refused;
  return result.messages.map(({ role, text }) => `[${role}]\n${text}`).join("\n");
}
