// Compares the version tags of this clone with those of a remote: which are missing on one side, and which differ.

import { type Diagnostic, diagnose, parseVersionTag } from "@cuecard/model";
import type { TagRef } from "../git/reader.js";
import { LOCK_FILE, type LockFile } from "../lock/lock-file.js";
import { isOf } from "./known-versions.js";

/** The tags of both sides, and those that only one side has. */
export interface SharedTags {
  readonly all: readonly TagRef[];
  readonly absentHere: readonly TagRef[];
  readonly absentThere: readonly TagRef[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Compares the tags of some prompts. */
export function compareTags(
  here: readonly TagRef[],
  there: readonly TagRef[],
  names: ReadonlySet<string>,
  remote: string,
  { lines }: LockFile,
): SharedTags {
  const own = here.filter(({ name }) => isOf(names, name));
  const theirs = new Map(there.filter(({ name }) => isOf(names, name)).map((tag) => [tag.name, tag]));
  const diagnostics: Diagnostic[] = [];
  const absentThere: TagRef[] = [];
  for (const tag of own) {
    const other = theirs.get(tag.name);
    theirs.delete(tag.name);
    if (tag.problem !== undefined) continue; // reported when the tag is read
    if (other === undefined) absentThere.push(tag);
    else if (commitOf(other) !== commitOf(tag)) {
      const locked = lines.get(tag.name)?.commit;
      const sides = { here: commitOf(tag), there: commitOf(other), locked };
      const args = { tag: tag.name, remote, ...sides };
      diagnostics.push(diagnose("release/tag-differs", args, { file: LOCK_FILE }, parseVersionTag(tag.name)));
    }
  }
  return { all: [...own, ...theirs.values()], absentHere: [...theirs.values()], absentThere, diagnostics };
}

/** The commit of a tag, according to its ref. */
export function commitOf(tag: TagRef): string {
  return tag.peeled ?? tag.oid;
}
