// Answers which commits are ancestors of which.

import { type Commit, readCommit } from "./commit-object.js";
import type { GitReader } from "./reader.js";

export type CommitReader = (oid: string) => Promise<Commit | undefined>;
export type IsAncestor = (commit: Commit) => Promise<boolean>;

/** Reads each commit once. */
export function commitReader(reader: Pick<GitReader, "readObject">): CommitReader {
  const known = new Map<string, Promise<Commit | undefined>>();
  return (oid) => {
    const commit = known.get(oid) ?? readCommit(reader, oid);
    known.set(oid, commit);
    return commit;
  };
}

export interface Ancestors {
  /** Includes the commit itself, and parents that this clone lacks. */
  readonly oids: ReadonlySet<string>;
  /** Whether this clone lacks some of them. */
  readonly truncated: boolean;
}

/** All ancestors of a commit. */
export async function readAncestors(readCommit: CommitReader, from: string): Promise<Ancestors> {
  const oids = new Set([from]);
  let truncated = false;
  for (const oid of oids) {
    const commit = await readCommit(oid);
    if (commit === undefined) truncated = true;
    else for (const parent of commit.parents) oids.add(parent);
  }
  return { oids, truncated };
}

/**
 * The commits at which two histories parted: what both have, without the ancestors of others. Those nearest to the second history's
 * end come first.
 *
 * @param own The first history.
 * @param other The commit at which the second one ends.
 */
export async function readMergeBases(
  readCommit: CommitReader,
  own: ReadonlySet<string>,
  other: string,
): Promise<string[]> {
  const seen = new Set([other]);
  const shared: string[] = [];
  for (const oid of seen) {
    if (own.has(oid)) shared.push(oid);
    else for (const parent of (await readCommit(oid))?.parents ?? []) seen.add(parent);
  }
  if (shared.length < 2) return shared;
  const earlier = await Promise.all(shared.map(async (oid) => ({ oid, ...(await readAncestors(readCommit, oid)) })));
  return shared.filter((oid) => !earlier.some((one) => one.oid !== oid && one.oids.has(oid)));
}

/** How far the clocks of committers may differ. */
const SLOP_MS = 86_400_000;

/** Whether a commit is another one or its ancestor. The history is read only as far back as each question needs. */
export function ancestry(readCommit: CommitReader, oid: string): IsAncestor {
  const known = new Set<string>();
  let queue: Commit[] = [];
  const enqueue = async (id: string) => {
    if (known.has(id)) return;
    known.add(id);
    const commit = await readCommit(id);
    if (commit !== undefined) queue.push(commit);
  };
  return async (commit) => {
    await enqueue(oid);
    const limit = Date.parse(commit.committer.date) - SLOP_MS;
    while (!known.has(commit.oid)) {
      const due = queue.filter(({ committer }) => Date.parse(committer.date) >= limit);
      if (due.length === 0) return false;
      queue = queue.filter((waiting) => !due.includes(waiting));
      for (const parent of due.flatMap(({ parents }) => parents)) await enqueue(parent);
    }
    return true;
  };
}
