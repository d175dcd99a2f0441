// What an alias points at, in words.

import type { AliasEntry, AliasTarget } from "@cuecard/model";
import { formatShare } from "./format-share.js";

/** `v3`, `working`, `v3 90% / v4 10%`. */
export function describeTarget(target: AliasTarget): string {
  if (target.kind === "version") return `v${target.version}`;
  if (target.kind === "working") return "working";
  const total = target.arms.reduce((sum, { weight }) => sum + weight, 0);
  return target.arms.map((arm) => `v${arm.version} ${formatShare(arm.weight / total)}`).join(" / ");
}

/** Each prompt's aliases with what they point at, in words. */
export function describeAliases(entries: readonly AliasEntry[]): Map<string, Record<string, string>> {
  const described = new Map<string, Record<string, string>>();
  for (const { name, alias, target } of entries) {
    const record: Record<string, string> = described.get(name) ?? {};
    described.set(name, record);
    record[alias] = describeTarget(target);
  }
  return described;
}
