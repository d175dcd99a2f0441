// The order in which environments are shown, the one that matters most first; and which are shown of many.

import { compareText } from "@cuecard/model";

const KNOWN = ["production", "prod", "canary", "preview", "staging", "stage", "test", "qa", "development", "dev"];

export function compareAliases(a: string, b: string): number {
  return placeOf(a) - placeOf(b) || compareText(a, b);
}

/**
 * The most common environments.
 *
 * @param aliases The name of each alias of each prompt.
 * @param most How many at most.
 */
export function commonAliases(aliases: Iterable<string>, most: number): string[] {
  const counts = new Map<string, number>();
  for (const alias of aliases) counts.set(alias, (counts.get(alias) ?? 0) + 1);
  const common = [...counts].sort(([a, many], [b, more]) => more - many || compareAliases(a, b)).slice(0, most);
  return common.map(([alias]) => alias).sort(compareAliases);
}

function placeOf(alias: string): number {
  const place = KNOWN.indexOf(alias.toLowerCase());
  return place < 0 ? KNOWN.length : place;
}
