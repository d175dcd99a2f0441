// What each alias of a prompt, and `latest`, resolves to among the versions that a package holds.

import { type AliasEntry, type AliasTarget, compareText, latestVersion } from "@cuecard/model";
import type { CompiledVersion, ResolvedAlias } from "./model.js";

/** Sorted by name; an alias is left out when one of its versions is. */
export function resolveAliases(entries: readonly AliasEntry[], versions: readonly CompiledVersion[]): ResolvedAlias[] {
  const known = new Set(versions.map(({ version }) => version));
  const latest = latestVersion(versions.filter(isRelease));
  const resolved = entries.map(({ alias, target }): ResolvedAlias => ({ alias, arms: armsOf(target) }));
  if (latest !== undefined) resolved.push({ alias: "latest", arms: [{ version: latest.version, weight: 1 }] });
  return resolved
    .filter(({ arms }) => arms.every((arm) => known.has(arm.version)))
    .sort((a, b) => compareText(a.alias, b.alias));
}

function isRelease(version: CompiledVersion): version is CompiledVersion & { readonly version: number } {
  return version.version !== "working";
}

function armsOf(target: AliasTarget): ResolvedAlias["arms"] {
  switch (target.kind) {
    case "working":
      return [{ version: "working", weight: 1 }];
    case "version":
      return [{ version: target.version, weight: 1 }];
    case "split":
      return target.arms;
  }
}
