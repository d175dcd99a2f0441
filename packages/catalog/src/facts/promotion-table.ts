// What promotions would change in all prompts, by pairs of environments.

import { promotionPage } from "../links.js";
import type { PromotionPair, PromotionRow } from "./promotion-rows.js";
import type { PromptSummary } from "./summarize-prompt.js";

export interface PairRows {
  /** The prompts that differ. */
  readonly rows: readonly PromotionRow[];
  /** The prompts that the environment does not have yet. */
  readonly missing: readonly string[];
}

export class PromotionTable {
  readonly #environments: readonly string[];
  readonly #rows = new Map<string, PromotionRow[]>();
  readonly #missing = new Map<string, string[]>();

  constructor(environments: readonly string[], prompts: readonly PromptSummary[]) {
    this.#environments = environments;
    const pairs = this.#pairs();
    for (const { name, latest, aliases, promotions } of prompts) {
      for (const { from, to, row } of promotions) add(this.#rows, promotionPage(from, to), row);
      const own = new Set(aliases.map(({ alias }) => alias));
      for (const { from, to } of pairs)
        if ((from === "latest" ? latest !== undefined : own.has(from)) && !own.has(to))
          add(this.#missing, promotionPage(from, to), name);
    }
  }

  /** All pairs: first those towards the environment that matters more. */
  pairs(): PromotionPair[] {
    const rank = ({ from }: PromotionPair) => (from === "latest" ? 1 : 0);
    return this.#pairs()
      .map(({ from, to, isUsual }) => {
        const { rows, missing } = this.rowsOf(from, to);
        const breaking = rows.filter(({ breaks }) => breaks > 0).length;
        return { from, to, isUsual, changed: rows.length, breaking, added: missing.length };
      })
      .sort((a, b) => rank(a) - rank(b));
  }

  rowsOf(from: string, to: string): PairRows {
    const path = promotionPage(from, to);
    return { rows: this.#rows.get(path) ?? [], missing: this.#missing.get(path) ?? [] };
  }

  #pairs(): Pick<PromotionPair, "from" | "to" | "isUsual">[] {
    const all = this.#environments;
    return all.flatMap((to, rank) =>
      [...all, "latest"].flatMap((from, other) => (from === to ? [] : [{ from, to, isUsual: other > rank }])),
    );
  }
}

function add<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
