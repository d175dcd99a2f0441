// Describes each prompt's aliases in words.

import { type AliasEntry, describeTarget } from "@cuecard/model";

/** Targets by prompt, then by alias. */
export function describeAliases(entries: readonly AliasEntry[]): Map<string, Record<string, string>> {
  const described = new Map<string, Record<string, string>>();
  for (const { name, alias, target } of entries) {
    const record: Record<string, string> = described.get(name) ?? {};
    described.set(name, record);
    record[alias] = describeTarget(target);
  }
  return described;
}
