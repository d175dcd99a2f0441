// The names of a package in words, for the messages of the compiler: `production, staging (with { key }), latest, v1 to v3`.

import { compareText } from "@cuecard/model";
import type { CompiledPrompt } from "../model.js";
import type { PromptFacts } from "./prompt-facts.js";

/** Longer lists are cut. */
const MAX_LISTED = 12;

/** Every alias of the prompts, sorted; without `latest`, which every released prompt has. */
export function aliasNames(prompts: readonly Pick<PromptFacts, "aliases">[]): string[] {
  const names = new Set(prompts.flatMap(({ aliases }) => aliases.map(({ alias }) => alias)));
  names.delete("latest");
  return [...names].sort(compareText);
}

/** What a prompt can be loaded as. */
export function referencesInWords({ versions, aliases }: CompiledPrompt): string {
  const pointers = aliases.map(({ alias, arms }) => (arms.length > 1 ? `${alias} (with { key })` : alias));
  const numbers = versions.flatMap(({ version }) => (version === "working" ? [] : [version]));
  const working = versions.length > numbers.length ? ["working"] : [];
  return listInWords([...pointers, ...working, ...ranges(numbers)]);
}

/** The first of a list, and how many more there are. */
export function listInWords(words: readonly string[]): string {
  const shown = words.slice(0, MAX_LISTED).join(", ");
  return words.length > MAX_LISTED ? `${shown} and ${words.length - MAX_LISTED} more` : shown;
}

/** `v1 to v3`, `v5`: ascending numbers, runs of three or more as one. */
function ranges(numbers: readonly number[]): string[] {
  const runs: { readonly first: number; last: number }[] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run?.last === number - 1) run.last = number;
    else runs.push({ first: number, last: number });
  }
  return runs.flatMap(({ first, last }) => {
    if (last - first > 1) return [`v${first} to v${last}`];
    return first === last ? [`v${first}`] : [`v${first}`, `v${last}`];
  });
}
