// What several versions of a prompt have in common is declared for one of them, and the others refer to it.

import type { CompiledVersion } from "../model.js";

/** Versions that have something in common. */
export interface SharingVersions {
  /** The version that it is declared for: the newest release, since its name is in most error messages. */
  readonly owner: CompiledVersion;
  /** Ascending. */
  readonly versions: readonly CompiledVersion[];
}

/**
 * Groups versions by what they have.
 *
 * @param keyOf Equal for versions that share; `undefined` for those that have nothing.
 */
export function groupVersions(
  versions: readonly CompiledVersion[],
  keyOf: (version: CompiledVersion) => string | undefined,
): ReadonlyMap<CompiledVersion, SharingVersions> {
  const groups = new Map<string, CompiledVersion[]>();
  for (const version of versions) {
    const key = keyOf(version);
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), version]);
  }
  const shared = [...groups.values()].flatMap((group) => {
    const owner = group.findLast(({ version }) => version !== "working") ?? group.at(-1);
    return owner === undefined ? [] : [{ owner, versions: group }];
  });
  return new Map(shared.flatMap((one) => one.versions.map((version) => [version, one] as const)));
}
