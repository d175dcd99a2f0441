// Finds tags whose number is far above all others of their prompt. One such tag, pushed by mistake or to do damage, would decide the
// numbers of all later versions, and could use up the last possible one.

import { compareVersions, parseGitTag, type VersionId, versionTag } from "@cuecard/model";
import type { TagRef } from "../git/reader.js";

/** How far above the version before it a version's number may be. */
const MAX_JUMP = 1000;

export interface StrayTag {
  readonly id: VersionId;
  readonly tag: string;
  /** The highest number below it. */
  readonly before: number;
}

/**
 * The tags that do not count as versions. What is in prompts.lock counts, and so does a prompt's first version.
 *
 * @param locked The versions that prompts.lock has lines for.
 * @returns The stray tags by name.
 */
export function findStrayTags(
  tags: readonly TagRef[],
  prefix: string,
  locked: Iterable<VersionId>,
): ReadonlyMap<string, StrayTag> {
  const lines = [...locked];
  const isLocked = new Set(lines.map(versionTag));
  const named = tags.flatMap(({ name: tag }) => {
    const id = parseGitTag(tag, prefix);
    return id === undefined || isLocked.has(versionTag(id)) ? [] : [{ id, tag }];
  });
  const all = [...named, ...lines.map((id) => ({ id, tag: undefined }))];
  const stray = new Map<string, StrayTag>();
  const last = new Map<string, number>();
  for (const { id, tag } of all.sort((a, b) => compareVersions(a.id, b.id))) {
    const before = last.get(id.name);
    if (tag !== undefined && before !== undefined && id.version - before > MAX_JUMP)
      stray.set(tag, { id, tag, before });
    else last.set(id.name, id.version);
  }
  return stray;
}
