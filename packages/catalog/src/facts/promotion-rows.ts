// A promotion as a row among those of all prompts.

import { compareText, versionRef } from "@cuecard/model";
import type { CatalogPromotion, CatalogPrompt } from "../source.js";

export interface PromotionPair {
  readonly from: string;
  readonly to: string;
  /** Whether it leads towards the environment that matters more. */
  readonly isUsual: boolean;
  /** How many prompts would change, and how many of them would break callers. */
  readonly changed: number;
  readonly breaking: number;
  /** How many prompts the environment does not have yet, and would get. */
  readonly added: number;
}

export interface PromotionRow {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** How many problems callers would have. */
  readonly breaks: number;
  /** The problems, then other changes; cut if there are many. */
  readonly messages: readonly { readonly text: string; readonly breaking: boolean }[];
  /** How many are left out. */
  readonly more: number;
  readonly sameText: boolean;
  /** Whether callers get no other versions than today, only in other shares. */
  readonly onlyShares: boolean;
  /** Of the first example or, without one, of the template; `undefined` if a version does not compile. */
  readonly tokens: { readonly before: number; readonly after: number } | undefined;
  /** How many places load the environment. */
  readonly usages: number;
  /** Whether the prompt has a page for it. */
  readonly isUsual: boolean;
}

const MOST_MESSAGES = 4;

export function promotionRow({ name, versions }: CatalogPrompt, promotion: CatalogPromotion): PromotionRow {
  const { before, after, breaks, comparisons, usages, isUsual } = promotion;
  const problems = new Set(breaks.map(({ problem }) => problem));
  const others = comparisons.flatMap(({ changes }) => changes.filter(({ breaking }) => !breaking));
  const messages = [
    ...[...problems].map((text) => ({ text, breaking: true })),
    ...[...new Set(others.map(({ message }) => message))].map((text) => ({ text, breaking: false })),
  ];
  const tokensOf = (label: string | undefined) =>
    versions.find(({ compiled }) => label === versionRef(compiled.version))?.tokens;
  const main = comparisons.at(-1);
  const [was, is] = [tokensOf(main?.before), tokensOf(main?.after)];
  return {
    ...{ name, before, after, isUsual },
    breaks: problems.size,
    messages: messages.slice(0, MOST_MESSAGES),
    more: Math.max(0, messages.length - MOST_MESSAGES),
    onlyShares: comparisons.length === 0,
    sameText: comparisons.every(({ sameText }) => sameText),
    tokens: was === undefined || is === undefined ? undefined : { before: was, after: is },
    usages: usages.length,
  };
}

/** `1 prompt would change, 2 would be new in production`; empty if nothing would. */
export function countMoves({ to, changed, added }: Pick<PromotionPair, "to" | "changed" | "added">): string {
  const prompts = (count: number) => (count === 1 ? "1 prompt" : `${count} prompts`);
  if (changed === 0) return added === 0 ? "" : `${prompts(added)} would be new in ${to}`;
  return `${prompts(changed)} would change${added === 0 ? "" : `, ${added} would be new in ${to}`}`;
}

/** What breaks callers first. */
export function sortRows(rows: readonly PromotionRow[]): PromotionRow[] {
  return [...rows].sort((a, b) => Number(b.breaks > 0) - Number(a.breaks > 0) || compareText(a.name, b.name));
}
