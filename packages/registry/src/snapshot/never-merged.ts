// Reports versions that were never merged, where that matters: those in prompts.lock, and tags that would get a line there.

import {
  type Diagnostic,
  diagnose,
  LOCK_FILE,
  latestVersions,
  type VersionId,
  versionsOf,
  versionTag,
} from "@cuecard/model";
import type { ProposedPointers } from "../aliases/resolve-aliases.js";
import type { VersionRecord } from "../versions/version-record.js";

/** @param frozen Whether services get what prompts.lock has: then it must not be a version that was never merged. */
export function findNeverMerged(
  versions: readonly VersionRecord[],
  prompts: readonly ProposedPointers[],
  frozen: boolean,
): Diagnostic[] {
  const own = versions.filter(({ unmerged }) => unmerged === true);
  if (own.length === 0) return [];
  const unlocked = own.filter(({ line }) => line === undefined).map(versionTag);
  // The newest version of all, whether it was merged or not.
  const newest = latestVersions(versions.map(({ name, version, retired }) => ({ name, version, retired })));
  const locked = own.flatMap((record) => {
    const { name, version, line, retired } = record;
    const pointers = findPointers(prompts, record);
    const isNewest = newest.get(name) === version;
    if (line === undefined || (retired !== undefined && pointers.length === 0)) return [];
    const tag = versionTag(record);
    const place = { file: LOCK_FILE, range: line.range };
    if (frozen && (isNewest || pointers.length > 0))
      return [diagnose("version/not-on-branch-frozen", { tag, pointers }, place, { name, version })];
    return [diagnose("version/not-on-branch", { tag }, place, { name, version })];
  });
  return [
    ...locked,
    ...(unlocked.length === 0 ? [] : [diagnose("version/not-locked", { tags: unlocked }, { file: LOCK_FILE })]),
  ];
}

function findPointers(prompts: readonly ProposedPointers[], { name, version }: VersionId): string[] {
  return prompts.flatMap((prompt) =>
    prompt.name !== name
      ? []
      : prompt.pointers.flatMap(({ alias, target }) =>
          versionsOf(target).includes(version) ? [`${name}@${alias}`] : [],
        ),
  );
}
