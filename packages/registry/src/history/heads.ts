// Finds the commits whose histories count as reviewed: the one that is checked out, those that are being merged into it, and those of
// the release branches.

import { readMergeHeads } from "../git/refs.js";
import type { OpenRepository } from "../repository/repository.js";

export interface Heads {
  /** Full ids, sorted; none in a repository without commits. */
  readonly commits: readonly string[];
  /** Patterns for which this clone has no branch. */
  readonly absentBranches: readonly string[];
}

/** They are read once for each view of a repository. */
const known = new WeakMap<OpenRepository, Promise<Heads>>();

export function readHeads(repository: OpenRepository): Promise<Heads> {
  const before = known.get(repository);
  if (before !== undefined) return before;
  const heads = read(repository);
  known.set(repository, heads);
  heads.catch(() => known.delete(repository));
  return heads;
}

async function read(repository: OpenRepository): Promise<Heads> {
  const { reader, facts, releaseBranches } = repository;
  const head = await repository.resolveCommit("HEAD");
  const commits = new Set(head === undefined ? [] : [head, ...(await readMergeHeads(facts))]);
  if (releaseBranches.length === 0) return { commits: [...commits].sort(), absentBranches: [] };
  const branches = await reader.listBranches();
  const absentBranches = releaseBranches.flatMap(({ pattern, matches }) => {
    const own = branches.filter(({ name, remote }) => matches(name) || (remote && matches(withoutRemote(name))));
    for (const { commit } of own) commits.add(commit);
    return own.length === 0 ? [pattern] : [];
  });
  return { commits: [...commits].sort(), absentBranches };
}

/** `origin/main` is the branch `main` of the remote. */
function withoutRemote(name: string): string {
  return name.slice(name.indexOf("/") + 1);
}
