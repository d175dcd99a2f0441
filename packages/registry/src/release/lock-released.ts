// Adds the lines of released versions to prompts.lock.

import { compareVersions, type Diagnostic, versionTag } from "@cuecard/model";
import { planLockUpdate } from "../lock/plan-lock-update.js";
import { saveLock } from "../lock/update-lock.js";
import type { OpenRepository } from "../repository/repository.js";
import { readKnownVersions, readLock } from "./known-versions.js";
import type { ReleasedVersion } from "./release-plan.js";

export interface LockedVersions {
  readonly isWritten: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Adds a line for every version that has none, of the prompts with these names. A lock that cannot be written does not
 * undo the release: its tags exist, and the next run adds the lines.
 */
export async function lockReleased(
  repository: OpenRepository,
  names: readonly string[],
  commit: string,
  released: readonly ReleasedVersion[],
): Promise<LockedVersions> {
  const lock = await readLock(repository.dir);
  const known = await readKnownVersions(repository, repository.tags, lock, new Set(names));
  const present = new Set(known.versions.map(versionTag));
  // The tags that were just created are not among those listed before.
  const added = released
    .filter((version) => !present.has(version.tag))
    .map(({ name, version, digest, notes }) => ({
      ...{ name, version, commit, digest, notes },
      retired: undefined,
      line: undefined,
    }));
  const update = planLockUpdate(lock.file, lock.lines, [...known.versions, ...added].sort(compareVersions), false);
  if (!update.changed) return { isWritten: false, diagnostics: known.diagnostics };
  const problem = await saveLock(repository.dir, update);
  const diagnostics = [...known.diagnostics, ...(problem === undefined ? [] : [problem])];
  return { isWritten: problem === undefined, diagnostics };
}
