// The files of one prompt. Each is made when its text is asked for.

import { emitStandalone } from "@cuecard/build";
import { createElement, type JSX } from "preact";
import { summarizeAliases } from "./facts/summarize-prompt.js";
import { describeVersion } from "./facts/version-data.js";
import {
  historyPage,
  linkFrom,
  promptPage,
  promptPromotionPage,
  versionCode,
  versionData,
  versionPage,
} from "./links.js";
import { HistoryPage } from "./pages/history-page.js";
import { printPage, siteFacts } from "./pages/layout.js";
import { PromptPromotionPage } from "./pages/prompt-promotion-page.js";
import { VersionPage } from "./pages/version-page.js";
import type { MakeText } from "./site-file.js";
import type { CatalogFacts, CatalogPrompt, CatalogVersion } from "./source.js";

/** A prompt, and the version of it that its own page shows. */
export interface ShownPrompt {
  readonly prompt: CatalogPrompt;
  readonly shown: CatalogVersion;
}

export function* promptFiles(
  { prompt, shown }: ShownPrompt,
  facts: CatalogFacts,
): Generator<readonly [path: string, make: MakeText]> {
  const { name } = prompt;
  const { packageName } = facts;
  const site = siteFacts(facts);
  const aliases = summarizeAliases(prompt);
  const print = (version: CatalogVersion) => {
    const page = versionPage(name, version.compiled.version);
    return printPage(createElement(VersionPage, { site, packageName, page, prompt, aliases, version }));
  };
  // The page of the prompt is in the folder of its versions' pages, so the links of one fit the other.
  let main: string | undefined;
  const printShown = () => {
    main ??= print(shown);
    return main;
  };
  yield [promptPage(name), printShown];
  for (const version of prompt.versions) {
    const { compiled } = version;
    const code = versionCode(name, compiled.version);
    yield [versionPage(name, compiled.version), () => (version === shown ? printShown() : print(version))];
    yield [versionData(name, compiled.version), () => JSON.stringify(describeVersion(version))];
    yield [code, () => emitStandalone(compiled, linkFrom(code, "assets/runtime.js"))];
  }
  const page = (path: string, make: () => JSX.Element) => [path, () => printPage(make())] as const;
  yield page(historyPage(name), () => createElement(HistoryPage, { site, prompt }));
  // Only those whose examples are rendered. Others can be compared in the browser.
  for (const promotion of prompt.promotions)
    if (promotion.isUsual)
      yield page(promptPromotionPage(name, promotion.from, promotion.to), () =>
        createElement(PromptPromotionPage, { site, prompt, promotion }),
      );
}
