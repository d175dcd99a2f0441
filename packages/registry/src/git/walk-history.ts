// Finds out how histories relate by reading them commit by commit, for the embedded reader and for incomplete clones.

import { commitReader, readAncestors } from "./ancestry.js";
import type { GitReader } from "./reader.js";

/** See {@link GitReader.findOutside}. */
export async function walkOutside(
  reader: Pick<GitReader, "readObject">,
  commits: readonly string[],
  heads: readonly string[],
): Promise<ReadonlySet<string>> {
  const outside = new Set(commits);
  const readCommit = commitReader(reader);
  for (const head of heads) for (const oid of (await readAncestors(readCommit, head)).oids) outside.delete(oid);
  return outside;
}

/** See {@link GitReader.findMergeBase}. */
export async function walkToMergeBase(
  reader: Pick<GitReader, "readObject">,
  one: string,
  other: string,
): Promise<string | undefined> {
  const readCommit = commitReader(reader);
  const { oids } = await readAncestors(readCommit, one);
  const seen = new Set([other]);
  for (const oid of seen) {
    if (oids.has(oid)) return oid;
    for (const parent of (await readCommit(oid))?.parents ?? []) seen.add(parent);
  }
  return undefined;
}
