// A version that there is, as registering gives it.

import { readKnownVersions, readLock } from "../release/known-versions.js";
import type { ReleaseSource } from "../release/release-plan.js";
import { openSource } from "../release/share-tags.js";
import type { RegisteredVersion } from "./register-plan.js";

export async function describeVersion(
  source: ReleaseSource,
  name: string,
  version: number,
): Promise<RegisteredVersion> {
  const { reader, tags } = await openSource(source);
  try {
    const known = await readKnownVersions(reader, tags, await readLock(source.dir), new Set([name]), source);
    const found = known.versions.find((candidate) => candidate.version === version);
    if (found === undefined) throw new Error(`${name} has no version ${version} any more`);
    return { name, version, commit: found.commit, digest: found.digest };
  } finally {
    await reader.close();
  }
}
