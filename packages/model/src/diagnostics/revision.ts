// The version or commit that a finding's file belongs to, if it is not the working tree.

import { compareText, versionRef } from "../names.js";

/** A version's files, a commit's files, or a draft that is in no file yet. */
export type Revision = { readonly version: number } | { readonly commit: string } | "draft";

/** How people read a revision: `v3`, twelve digits of the commit, `draft`. */
export function revisionRef(revision: Revision): string {
  if (revision === "draft") return revision;
  return "version" in revision ? versionRef(revision.version) : revision.commit.slice(0, 12);
}

/** A total order: the working tree, the draft, versions by number, commits by id. */
export function compareRevisions(a: Revision | undefined, b: Revision | undefined): number {
  if (typeof a === "object" && typeof b === "object") {
    if ("version" in a && "version" in b) return a.version - b.version;
    if ("commit" in a && "commit" in b) return compareText(a.commit, b.commit);
  }
  return rank(a) - rank(b);
}

function rank(revision: Revision | undefined): number {
  if (revision === undefined) return 0;
  if (revision === "draft") return 1;
  return "version" in revision ? 2 : 3;
}
