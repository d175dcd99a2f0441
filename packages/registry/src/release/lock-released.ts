// Adds the lines of released versions to prompts.lock.

import { compareVersions, type Diagnostic, diagnose, LOCK_FILE, versionTag } from "@cuecard/model";
import { type LockResult, planLockUpdate } from "../lock/plan-lock-update.js";
import { saveLines, saveLock } from "../lock/update-lock.js";
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
  const lock = await readLock(repository);
  const known = await readKnownVersions(repository, await repository.tags.refs(), lock, new Set(names));
  const present = new Set(known.versions.map(versionTag));
  // The tags that were just created are not among those listed before.
  const unlisted = released
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
  const versions = [...wanted, ...unlisted].sort(compareVersions);
  const { dir, only } = repository;
  const update = planLockUpdate(lock.file, lock.lines, versions, { frozen: false, isPart: only !== undefined });
  const added = new Set(update.added.map(versionTag));
  const write = () =>
    only === undefined
      ? saveLock(dir, update)
      : saveLines(
          dir,
          versions.filter((version) => added.has(versionTag(version))),
        );
  const isNeeded = update.changed || (only !== undefined && added.size > 0);
  const problem = isNeeded ? await save(update, write) : undefined;
  const isWritten = isNeeded && problem === undefined;
  const lacking = isWritten ? [] : versions.map(versionTag).filter((tag) => !lock.lines.lines.has(tag));
  const diagnostics = [...known.diagnostics, ...(problem === undefined ? [] : [problem])];
  if (lacking.length > 0) diagnostics.push(diagnose("lock/lines-missing", { tags: lacking }, { file: LOCK_FILE }));
  return { isWritten, diagnostics };
}

/** @throws an error that also names the tags whose lines are missing. */
async function save(update: LockResult, write: () => Promise<Diagnostic | undefined>): Promise<Diagnostic | undefined> {
  try {
    return await write();
  } catch (error) {
    const tags = update.added.map(versionTag).join(", ");
    const message = `prompts.lock has no line for ${tags}; run \`cuecard lock\` to add it (${(error as Error).message})`;
    throw new Error(message, { cause: error });
  }
}
