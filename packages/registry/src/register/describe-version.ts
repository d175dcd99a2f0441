// An existing version, as registering returns it.

import { readKnownVersions, readLock } from "../release/known-versions.js";
import type { OpenRepository } from "../repository/repository.js";
import type { RegisteredVersion } from "./register-plan.js";

export async function describeVersion(
  repository: OpenRepository,
  name: string,
  version: number,
): Promise<RegisteredVersion> {
  const tags = await repository.tags.refs();
  const known = await readKnownVersions(repository, tags, await readLock(repository), new Set([name]));
  const found = known.versions.find((candidate) => candidate.version === version);
  if (found === undefined) throw new Error(`${name} no longer has version ${version}`);
  return { name, version, commit: found.commit, digest: found.digest };
}
