// Emits what promotions would change: a page for each pair of environments, and one for each prompt where they differ.

import { createElement } from "preact";
import { type PromotionPair, type PromotionRow, promotionRow } from "./facts/promotion-rows.js";
import { promotionPage, promptPromotionPage } from "./links.js";
import { printPage, type SiteFacts } from "./pages/layout.js";
import { PromotionPage } from "./pages/promotion-page.js";
import { PromptPromotionPage } from "./pages/prompt-promotion-page.js";
import type { SiteFile } from "./site-file.js";
import type { CatalogPrompt } from "./source.js";

/** The pages of one prompt: only for promotions whose examples are rendered. Others can be compared in the browser. */
export function* emitPromotions(prompt: CatalogPrompt, site: SiteFacts): Generator<SiteFile> {
  for (const promotion of prompt.promotions) {
    if (!promotion.isUsual) continue;
    const path = promptPromotionPage(prompt.name, promotion.from, promotion.to);
    yield { path, text: printPage(createElement(PromptPromotionPage, { site, prompt, promotion })) };
  }
}

/** Collects the rows of all prompts, for pages that come after them. */
export class PromotionTable {
  readonly #environments: readonly string[];
  readonly #rows = new Map<string, PromotionRow[]>();
  readonly #missing = new Map<string, string[]>();

  constructor(environments: readonly string[]) {
    this.#environments = environments;
  }

  add(prompt: CatalogPrompt): void {
    for (const promotion of prompt.promotions) {
      const path = promotionPage(promotion.from, promotion.to);
      const rows = this.#rows.get(path) ?? [];
      rows.push(promotionRow(prompt, promotion));
      this.#rows.set(path, rows);
    }
    const own = new Set(prompt.aliases.map(({ alias }) => alias));
    for (const { from, to } of this.#pairs()) {
      if (!own.has(from) || own.has(to)) continue;
      const path = promotionPage(from, to);
      const missing = this.#missing.get(path) ?? [];
      missing.push(prompt.name);
      this.#missing.set(path, missing);
    }
  }

  /** All pairs: first those towards the environment that matters more. */
  pairs(): PromotionPair[] {
    const rank = ({ from }: PromotionPair) => (from === "latest" ? 1 : 0);
    return this.#pairs()
      .map(({ from, to, isUsual }) => {
        const rows = this.#rows.get(promotionPage(from, to)) ?? [];
        return { from, to, isUsual, changed: rows.length, breaking: rows.filter(({ breaks }) => breaks > 0).length };
      })
      .sort((a, b) => rank(a) - rank(b));
  }

  *emit(site: SiteFacts): Generator<SiteFile> {
    for (const { from, to } of this.#pairs()) {
      const path = promotionPage(from, to);
      const rows = this.#rows.get(path) ?? [];
      const missing = this.#missing.get(path) ?? [];
      const props = { site, from, to, rows, missing, environments: this.#environments };
      yield { path, text: printPage(createElement(PromotionPage, props)) };
    }
  }

  #pairs(): Pick<PromotionPair, "from" | "to" | "isUsual">[] {
    const all = this.#environments;
    return all.flatMap((to, rank) =>
      [...all, "latest"].flatMap((from, other) => (from === to ? [] : [{ from, to, isUsual: other > rank }])),
    );
  }
}
