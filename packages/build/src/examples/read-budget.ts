// Reads `budget: { tokens: 1200 }`: how long the text of an example may be.

import { type Diagnostic, diagnose, type Place } from "@cuecard/model";
import type { FrontMatter } from "../parse/front-matter-schema.js";
import { isObject } from "../schema/json-schema.js";

/** @returns The number of tokens, or what is wrong with the budget. */
export function readBudget(
  { budget }: FrontMatter,
  locate: (path: readonly string[]) => Place,
): number | Diagnostic | undefined {
  if (budget === undefined || budget === null) return undefined;
  const keys = isObject(budget) ? Object.keys(budget) : [];
  const tokens = isObject(budget) ? budget["tokens"] : undefined;
  if (keys.length === 1 && typeof tokens === "number" && Number.isInteger(tokens) && tokens > 0) return tokens;
  const meant = typeof budget === "number" ? budget : tokens;
  const wanted = typeof meant === "number" && meant >= 1 ? Math.floor(meant) : 1200;
  return diagnose("front-matter/invalid-budget", { wanted }, locate(["budget"]));
}
