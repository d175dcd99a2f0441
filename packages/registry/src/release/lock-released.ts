// Adds the lines of released versions to prompts.lock.

import { compareVersions, type Diagnostic, diagnose, LOCK_FILE, versionTag } from "@cuecard/model";
import { type LockResult, planLockUpdate } from "../lock/plan-lock-update.js";
import { saveLock } from "../lock/update-lock.js";
import type { OpenRepository } from "../repository/repository.js";
import { readKnownVersions, readLock } from "./known-versions.js";
import type { ReleasedVersion } from "./release-plan.js";

export interface LockedVersions {
  readonly isWritten: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Adds a line for every version that has none and was merged, of the prompts with these names. A lock that cannot be written does not
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
    .filter((version) => !present.has(versionTag(version)))
    .map(({ name, version, digest, notes }) => ({
      ...{ name, version, commit, digest, notes },
      retired: undefined,
      line: undefined,
    }));
  // The commit of a release need not be the one that is checked out.
  const own = new Set(released.map(versionTag));
  const wanted = known.versions.flatMap(({ unmerged, ...version }) =>
    unmerged !== true || own.has(versionTag(version)) ? [version] : [],
  );
  const versions = [...wanted, ...added].sort(compareVersions);
  const update = planLockUpdate(lock.file, lock.lines, versions, { frozen: false });
  const problem = update.changed ? await save(repository.dir, update) : undefined;
  const isWritten = update.changed && problem === undefined;
  const lacking = isWritten ? [] : versions.map(versionTag).filter((tag) => !lock.lines.lines.has(tag));
  const diagnostics = [...known.diagnostics, ...(problem === undefined ? [] : [problem])];
  if (lacking.length > 0) diagnostics.push(diagnose("lock/lines-missing", { tags: lacking }, { file: LOCK_FILE }));
  return { isWritten, diagnostics };
}

/** @throws an error that also names the tags whose lines are missing. */
async function save(dir: string, update: LockResult): Promise<Diagnostic | undefined> {
  try {
    return await saveLock(dir, update);
  } catch (error) {
    const tags = update.added.map(versionTag).join(", ");
    const message = `prompts.lock has no line for ${tags}; run \`cuecard lock\` to add it (${(error as Error).message})`;
    throw new Error(message, { cause: error });
  }
}
