// Which version `latest` is: the highest that is neither retired nor unmerged. There may be none.

import type { VersionId } from "./names.js";

interface Retirable {
  readonly version: number;
  /** Why the version should no longer be used; `undefined` if it is not retired. */
  readonly retired: string | undefined;
  /** Set if the version is in no history that counts as reviewed. */
  readonly unmerged?: true | undefined;
}

function canBeLatest({ retired, unmerged }: Retirable): boolean {
  return retired === undefined && unmerged !== true;
}

/** The latest of one prompt's versions; `undefined` when there is none. */
export function latestVersion<V extends Retirable>(versions: Iterable<V>): V | undefined {
  let latest: V | undefined;
  for (const version of versions)
    if (canBeLatest(version) && version.version > (latest?.version ?? 0)) latest = version;
  return latest;
}

/** The number of each prompt's latest version, by its name. */
export function latestVersions(versions: Iterable<VersionId & Retirable>): ReadonlyMap<string, number> {
  const latest = new Map<string, number>();
  for (const version of versions)
    if (canBeLatest(version) && version.version > (latest.get(version.name) ?? 0))
      latest.set(version.name, version.version);
  return latest;
}
