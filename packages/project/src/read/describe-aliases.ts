// Describes each prompt's aliases in words.

import { describeTarget, type StoredTarget } from "@cuecard/model";

interface DescribedPointer {
  readonly name: string;
  readonly alias: string;
  readonly target: StoredTarget;
}

/** Targets by prompt, then by alias. */
export function describeAliases(entries: readonly DescribedPointer[]): Map<string, Record<string, string>> {
  const described = new Map<string, Record<string, string>>();
  for (const { name, alias, target } of entries) {
    const record: Record<string, string> = described.get(name) ?? {};
    described.set(name, record);
    record[alias] = describeTarget(target);
  }
  return described;
}
