// Creates the commit that registering would make, without a ref that names it: a release can be planned at this commit
// before anything is changed.

import type { Commit } from "../git/commit-object.js";
import { editTree } from "../git/edit-tree.js";
import { unreadable } from "../git/reader.js";
import { complaintOf } from "../git/write.js";
import { type NewObject, objectId, writeObjects } from "../git/write-objects.js";
import type { OpenRepository } from "../repository/repository.js";

/** This commit is never visible, so it needs no real identity. */
const DRAFT_AUTHOR = "cuecard <cuecard@localhost>";

/** For the first commit of a repository. */
const FIRST_DATE = "2000-01-01T00:00:00Z";

export interface DraftFile {
  /** From the top of the repository. */
  readonly path: string;
  /** `undefined`: the file is deleted. */
  readonly blob: string | undefined;
}

export interface DraftCommit {
  readonly oid: string;
  readonly tree: string;
}

/**
 * @param head The commit that is checked out. The new one gets its date as well: it must not look older, because histories are searched
 * by dates.
 * @param files Their paths from the top of the repository, each once, and their blobs, which must exist.
 */
export async function draftCommit(
  { facts, reader }: Pick<OpenRepository, "facts" | "reader">,
  head: Commit | undefined,
  files: readonly DraftFile[],
  message: string,
): Promise<DraftCommit> {
  const fail = (problem: string) => unreadable("git/refused", { action: "prepare the commit", problem });
  const edits = files.map(({ path, blob }) => ({ path: path.split("/"), blob }));
  const edited = await editTree({ facts, reader }, head?.tree, edits);
  if (edited === undefined) {
    const paths = files.map(({ path }) => path).join(", ");
    throw fail(`another file or folder is in the place of ${paths}`);
  }
  const who = `${DRAFT_AUTHOR} ${Math.floor(Date.parse(head?.committer.date ?? FIRST_DATE) / 1000)} +0000`;
  const parent = head === undefined ? "" : `parent ${head.oid}\n`;
  const text = `tree ${edited.oid}\n${parent}author ${who}\ncommitter ${who}\n\n${message}`;
  const commit: NewObject = { type: "commit", data: Buffer.from(text) };
  const written = await writeObjects(facts, [...edited.objects, commit]);
  if (written.code !== 0) throw fail(complaintOf(written));
  return { oid: objectId(facts, commit), tree: edited.oid };
}
