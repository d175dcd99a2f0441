// The order in which environments are shown: the one that matters most first.

import { compareText } from "@cuecard/model";

const KNOWN = ["production", "prod", "canary", "preview", "staging", "stage", "test", "qa", "development", "dev"];

export function compareAliases(a: string, b: string): number {
  return placeOf(a) - placeOf(b) || compareText(a, b);
}

function placeOf(alias: string): number {
  const place = KNOWN.indexOf(alias.toLowerCase());
  return place < 0 ? KNOWN.length : place;
}
