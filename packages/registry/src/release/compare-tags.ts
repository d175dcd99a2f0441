// Compares the version tags of this clone with those of a remote: which are missing on one side, and which differ.

import type { VersionId } from "@cuecard/model";
import type { TagRef } from "../git/reader.js";

/** The tags of both sides, and those that only one side has. */
export interface SharedTags {
  readonly all: readonly TagRef[];
  readonly absentHere: readonly TagRef[];
  readonly absentThere: readonly TagRef[];
  readonly differing: readonly DifferingTag[];
}

/** A tag that points at another commit on the remote than here. */
export interface DifferingTag {
  readonly id: VersionId;
  readonly tag: string;
  readonly here: string;
  readonly there: string;
}

/** @param idOf The version of the compared prompts that a tag names. */
export function compareTags(
  here: readonly TagRef[],
  there: readonly TagRef[],
  idOf: (tag: TagRef) => VersionId | undefined,
): SharedTags {
  const own = here.filter((tag) => idOf(tag) !== undefined);
  const theirs = new Map(there.filter((tag) => idOf(tag) !== undefined).map((tag) => [tag.name, tag]));
  const differing: DifferingTag[] = [];
  const absentThere: TagRef[] = [];
  for (const tag of own) {
    const id = idOf(tag);
    const other = theirs.get(tag.name);
    theirs.delete(tag.name);
    if (tag.problem !== undefined) continue; // reported when the tag is read
    if (other === undefined) absentThere.push(tag);
    else if (id !== undefined && commitOf(other) !== commitOf(tag))
      differing.push({ id, tag: tag.name, here: commitOf(tag), there: commitOf(other) });
  }
  return { all: [...own, ...theirs.values()], absentHere: [...theirs.values()], absentThere, differing };
}

/** The commit of a tag, according to its ref. */
export function commitOf(tag: TagRef): string {
  return tag.peeled ?? tag.oid;
}
