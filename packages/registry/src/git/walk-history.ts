// Finds out how histories relate by reading them commit by commit, for the embedded reader and for incomplete clones.

import { commitReader, readAncestors, readMergeBases } from "./ancestry.js";
import type { GitReader } from "./reader.js";

/** See {@link GitReader.findOutside}. */
export async function walkOutside(
  reader: Pick<GitReader, "readObject">,
  commits: readonly string[],
  heads: readonly string[],
): Promise<ReadonlySet<string>> {
  const outside = new Set(commits);
  const readCommit = commitReader(reader);
  const seen = new Set(heads);
  for (const oid of seen) {
    outside.delete(oid);
    // The rest of the history is not needed: usually, all commits are near.
    if (outside.size === 0) break;
    for (const parent of (await readCommit(oid))?.parents ?? []) seen.add(parent);
  }
  return outside;
}

/** See {@link GitReader.listFirstParents}. */
export async function walkFirstParents(
  reader: Pick<GitReader, "readObject">,
  heads: readonly string[],
): Promise<ReadonlySet<string>> {
  const readCommit = commitReader(reader);
  const seen = new Set(heads);
  for (const oid of seen) {
    const [first] = (await readCommit(oid))?.parents ?? [];
    if (first !== undefined) seen.add(first);
  }
  return seen;
}

/** See {@link GitReader.findMergeBase}. */
export async function walkToMergeBase(
  reader: Pick<GitReader, "readObject">,
  one: string,
  other: string,
): Promise<string | undefined> {
  const readCommit = commitReader(reader);
  const [base] = await readMergeBases(readCommit, (await readAncestors(readCommit, one)).oids, other);
  return base;
}
