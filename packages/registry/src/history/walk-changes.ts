// Finds the commits that changed some files, newest first, like `git log -- <paths>`. It reads through the port, so
// that it works with both adapters. Simplification of merges: https://git-scm.com/docs/git-log#_history_simplification
// (default mode)

import { type Commit, readCommit } from "../git/commit-object.js";
import type { GitReader } from "../git/reader.js";
import { ObjectMissing, TreeReader } from "../git/tree-reader.js";

export interface Change {
  readonly commit: Commit;
  /** The blob at each path, in the order of the paths; `undefined` for a missing file. */
  readonly blobs: Blobs;
  /** The same for each parent. Empty for the first commit, and where the history of a shallow clone ends. */
  readonly before: readonly Blobs[];
  /** Whether a parent is missing from this clone: the change may then be older than this commit. */
  readonly truncated: boolean;
}

type Blobs = readonly (string | undefined)[];

interface Visit {
  readonly commit: Commit;
  readonly blobs: Blobs;
}

/**
 * Yields the commits of a history at which one of the files differs from every parent.
 *
 * @param from A commit's id. Nothing is yielded if this clone lacks it.
 * @param paths From the top of the repository.
 * @param limit The most that are needed. Default: all.
 */
export async function* listFileChanges(
  reader: GitReader,
  from: string,
  paths: readonly string[],
  limit: number = Number.POSITIVE_INFINITY,
): AsyncGenerator<Change, void, undefined> {
  const commits = await reader.listFileCommits?.(from, paths, limit);
  if (commits === undefined) return yield* walkChanges(reader, from, paths);
  const visit = visitor(reader, paths);
  for (const oid of commits) {
    const visited = await visit(oid);
    if (visited === undefined) continue;
    const parents = await Promise.all(visited.commit.parents.map(visit));
    yield toChange(
      visited,
      parents.filter((parent) => parent !== undefined),
    );
  }
}

/**
 * Walks back from a commit and yields those at which one of the files differs from every parent.
 *
 * @param from A commit's id. Nothing is yielded if this clone lacks it.
 * @param paths From the top of the repository.
 * @param isOutside Excludes commits, and with them those that are only reachable through excluded ones.
 */
export async function* walkChanges(
  reader: GitReader,
  from: string,
  paths: readonly string[],
  isOutside: (commit: Commit) => Promise<boolean> = async () => false,
): AsyncGenerator<Change, void, undefined> {
  const seen = new Set<string>([from]);
  const visit = visitor(reader, paths);

  const queue: Visit[] = [];
  const enqueue = (visited: Visit) => {
    const time = visited.commit.committer.date;
    const at = queue.findIndex((other) => other.commit.committer.date < time);
    queue.splice(at === -1 ? queue.length : at, 0, visited);
  };

  const first = await visit(from);
  if (first !== undefined && !(await isOutside(first.commit))) enqueue(first);
  for (let current = queue.shift(); current !== undefined; current = queue.shift()) {
    const { commit, blobs } = current;
    const parents: Visit[] = [];
    for (const oid of commit.parents) {
      const parent = await visit(oid);
      if (parent !== undefined) parents.push(parent);
    }
    const same = parents.find((parent) => isSame(parent.blobs, blobs));
    for (const parent of same === undefined ? parents : [same]) {
      if (seen.has(parent.commit.oid)) continue;
      seen.add(parent.commit.oid);
      if (!(await isOutside(parent.commit))) enqueue(parent);
    }
    const begins = parents.length === 0 && blobs.some((blob) => blob !== undefined);
    if (begins || (parents.length > 0 && same === undefined)) yield toChange(current, parents);
  }
}

function visitor(reader: GitReader, paths: readonly string[]): (oid: string) => Promise<Visit | undefined> {
  const trees = new TreeReader(reader);
  return async (oid) => {
    const commit = await readCommit(reader, oid);
    if (commit === undefined) return undefined;
    const blobs: (string | undefined)[] = [];
    try {
      for (const path of paths) blobs.push((await trees.find(commit.tree, path))?.oid);
    } catch (error) {
      if (error instanceof ObjectMissing) return undefined; // a partial clone: the history ends where folders are missing
      throw error;
    }
    return { commit, blobs };
  };
}

function toChange({ commit, blobs }: Visit, parents: readonly Visit[]): Change {
  return {
    commit,
    blobs,
    before: parents.map((parent) => parent.blobs),
    truncated: parents.length < commit.parents.length,
  };
}

function isSame(a: Blobs, b: Blobs): boolean {
  return a.every((blob, index) => blob === b[index]);
}
