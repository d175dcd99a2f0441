// Notes of versions from the messages of the commits that touched their files since the version before.

import { type Commit, parseCommit } from "../git/commit-object.js";
import type { GitReader } from "../git/reader.js";
import { walkChanges } from "../history/walk-changes.js";

export interface NotesRequest {
  readonly name: string;
  /** From the top of the repository. */
  readonly paths: readonly string[];
  /** The commit of the version before: what it and its ancestors did is not told again. */
  readonly since: string | undefined;
}

/** Notes by name. All requests share one walk, since a walk of its own for each would read the history over and over. */
export async function notesFromCommits(
  reader: GitReader,
  from: string,
  requests: readonly NotesRequest[],
): Promise<ReadonlyMap<string, string>> {
  const paths = [...new Set(requests.flatMap((request) => request.paths))];
  const places = new Map(paths.map((path, index) => [path, index]));
  const readCommit = commitReader(reader);
  const ancestries = new Map<string, IsAncestor>();
  const isOld = async ({ since }: NotesRequest, commit: Commit): Promise<boolean> => {
    if (since === undefined) return false;
    const known = ancestries.get(since) ?? ancestry(readCommit, since);
    ancestries.set(since, known);
    return known(commit);
  };
  const isOutside = async (commit: Commit): Promise<boolean> => {
    for (const request of requests) if (!(await isOld(request, commit))) return false;
    return true;
  };
  const touched = new Map(requests.map(({ name }): [string, Commit[]] => [name, []]));
  const changes = requests.length === 0 ? [] : walkChanges(reader, from, paths, isOutside);
  for await (const { commit, blobs, before } of changes) {
    const isChanged = (path: string) => {
      const at = places.get(path) ?? -1;
      return before.length === 0 ? blobs[at] !== undefined : before.every((parent) => parent[at] !== blobs[at]);
    };
    for (const request of requests)
      if (request.paths.some(isChanged) && !(await isOld(request, commit))) touched.get(request.name)?.push(commit);
  }
  return new Map([...touched].map(([name, commits]) => [name, describeCommits(commits)]));
}

/** More are counted, not named. */
const MAX_LINES = 20;

/** The one commit's message; of several, newest first, their first lines as a list, oldest first. */
function describeCommits(commits: readonly Commit[]): string {
  const [only] = commits;
  if (commits.length === 1 && only !== undefined) return only.message;
  const subjects = [...new Set(commits.toReversed().map(({ message }) => message.split("\n", 1)[0]?.trim() ?? ""))];
  const named = subjects.filter((subject) => subject !== "");
  const lines = named.slice(-MAX_LINES).map((subject) => `- ${subject}`);
  const more = named.length - lines.length;
  return [...(more === 0 ? [] : [`- ${more} earlier changes`]), ...lines].join("\n");
}

type CommitReader = (oid: string) => Promise<Commit | undefined>;
type IsAncestor = (commit: Commit) => Promise<boolean>;

/** Reads each commit once. */
function commitReader(reader: GitReader): CommitReader {
  const known = new Map<string, Promise<Commit | undefined>>();
  const read = async (oid: string) => {
    const object = await reader.readObject(oid);
    return object?.type === "commit" ? parseCommit(oid, object.data) : undefined;
  };
  return (oid) => {
    const commit = known.get(oid) ?? read(oid);
    known.set(oid, commit);
    return commit;
  };
}

/** Clocks of people who commit are not in step. */
const SLOP_MS = 86_400_000;

/** Whether a commit is another one or an ancestor of it, found out no further back than is asked. */
function ancestry(readCommit: CommitReader, oid: string): IsAncestor {
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
