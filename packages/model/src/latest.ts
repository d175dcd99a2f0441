// Which version `latest` is: the highest that is not retired. Where all are retired, there is none.

import type { VersionId } from "./names.js";

interface Retirable {
  readonly version: number;
  /** Why the version should no longer be used; `undefined` if it is not retired. */
  readonly retired: string | undefined;
}

/** The latest of one prompt's versions; `undefined` when there is none. */
export function latestVersion<V extends Retirable>(versions: Iterable<V>): V | undefined {
  let latest: V | undefined;
  for (const version of versions)
    if (version.retired === undefined && version.version > (latest?.version ?? 0)) latest = version;
  return latest;
}

/** The number of each prompt's latest version, by its name. */
export function latestVersions(versions: Iterable<VersionId & Retirable>): ReadonlyMap<string, number> {
  const latest = new Map<string, number>();
  for (const { name, version, retired } of versions)
    if (retired === undefined && version > (latest.get(name) ?? 0)) latest.set(name, version);
  return latest;
}
