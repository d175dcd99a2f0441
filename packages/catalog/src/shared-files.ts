// The files about all prompts together. Each is made when its text is asked for.

import { createElement, type JSX } from "preact";
import { describeChoice } from "./facts/describe-choice.js";
import { PromotionTable } from "./facts/promotion-table.js";
import type { PromptSummary } from "./facts/summarize-prompt.js";
import {
  CHANGES_PAGE,
  COMPARE_PAGE,
  EDIT_PAGE,
  ENVIRONMENTS_PAGE,
  FINDINGS_PAGE,
  listPage,
  promotionPage,
} from "./links.js";
import { ChangesPage } from "./pages/changes-page.js";
import { ComparePage } from "./pages/compare-page.js";
import { EditPage } from "./pages/edit-page.js";
import { EnvironmentsPage } from "./pages/environments-page.js";
import { FindingsPage } from "./pages/findings-page.js";
import { printPage, siteFacts } from "./pages/layout.js";
import { countParts, ListPage } from "./pages/list-page.js";
import { PromotionPage } from "./pages/promotion-page.js";
import type { MakeText } from "./site-file.js";
import type { CatalogFacts } from "./source.js";

export function sharedFiles(prompts: readonly PromptSummary[], facts: CatalogFacts): ReadonlyMap<string, MakeText> {
  const { environments, findings } = facts;
  const site = siteFacts(facts);
  const page = (path: string, make: () => JSX.Element) => [path, () => printPage(make())] as const;
  const data = (path: string, make: () => unknown) => [path, () => JSON.stringify(make())] as const;
  const promotions = new PromotionTable(environments, prompts);
  const pairs = promotions.pairs();
  return new Map<string, MakeText>([
    ...Array.from({ length: countParts(prompts) }, (_, part) =>
      page(listPage(part), () => createElement(ListPage, { site, prompts, part })),
    ),
    page(ENVIRONMENTS_PAGE, () => createElement(EnvironmentsPage, { site, prompts, pairs })),
    ...pairs.map(({ from, to }) =>
      page(promotionPage(from, to), () =>
        createElement(PromotionPage, { site, from, to, environments, ...promotions.rowsOf(from, to) }),
      ),
    ),
    page(COMPARE_PAGE, () => createElement(ComparePage, { site })),
    ...(findings.length === 0 ? [] : [page(FINDINGS_PAGE, () => createElement(FindingsPage, { site, findings }))]),
    ...(site.isLive
      ? [
          page(EDIT_PAGE, () => createElement(EditPage, { site })),
          page(CHANGES_PAGE, () => createElement(ChangesPage, { site })),
        ]
      : []),
    data("data/search.json", () => prompts.map(({ name, text }) => ({ name, text }))),
    data("data/prompts.json", () => prompts.map(describeChoice)),
  ]);
}
