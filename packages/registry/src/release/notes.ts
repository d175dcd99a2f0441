// Generates the notes of versions from the messages of the commits that changed their files since the version before.

import { ancestry, commitReader, type IsAncestor } from "../git/ancestry.js";
import type { Commit } from "../git/commit-object.js";
import type { GitReader } from "../git/reader.js";
import { walkChanges } from "../history/walk-changes.js";

export interface NotesRequest {
  readonly name: string;
  /** From the top of the repository. */
  readonly paths: readonly string[];
  /** The commit of the version before: it and its ancestors are left out. */
  readonly since: string | undefined;
}

export interface CommitNotes {
  /** By name. */
  readonly notes: ReadonlyMap<string, string>;
  /** Names of prompts whose history is incomplete in this clone: their notes may contain an older change. */
  readonly truncated: ReadonlySet<string>;
  /** Why the message of one of its commits cannot be decoded, by the prompt's name. */
  readonly undecoded: ReadonlyMap<string, UndecodedMessage>;
}

export interface UndecodedMessage {
  readonly commit: string;
  readonly problem: string;
}

/** All requests share one walk, because separate walks would read the same history again and again. */
export async function notesFromCommits(
  reader: GitReader,
  from: string,
  requests: readonly NotesRequest[],
): Promise<CommitNotes> {
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
  const cut = new Set<string>();
  const undecoded = new Map<string, UndecodedMessage>();
  const changes = requests.length === 0 ? [] : walkChanges(reader, from, paths, isOutside);
  for await (const { commit, blobs, before, truncated } of changes) {
    const isChanged = (path: string) => {
      const at = places.get(path) ?? -1;
      return before.length === 0 ? blobs[at] !== undefined : before.every((parent) => parent[at] !== blobs[at]);
    };
    for (const request of requests) {
      if (!request.paths.some(isChanged) || (await isOld(request, commit))) continue;
      touched.get(request.name)?.push(commit);
      if (truncated) cut.add(request.name);
      if (commit.undecoded !== undefined)
        undecoded.set(request.name, { commit: commit.oid, problem: commit.undecoded });
    }
  }
  const notes = new Map([...touched].map(([name, commits]) => [name, describeCommits(commits)]));
  return { notes, truncated: cut, undecoded };
}

/** Further changes are only counted. */
const MAX_LINES = 20;

/** The message of a single commit; for several (newest first), a list of their first lines, oldest first. */
function describeCommits(commits: readonly Commit[]): string {
  const [only] = commits;
  if (commits.length === 1 && only !== undefined) return only.message;
  const subjects = [...new Set(commits.toReversed().map(({ message }) => message.split("\n", 1)[0]?.trim() ?? ""))];
  const named = subjects.filter((subject) => subject !== "");
  const lines = named.slice(-MAX_LINES).map((subject) => `- ${subject}`);
  const more = named.length - lines.length;
  return [...(more === 0 ? [] : [`- ${more} earlier changes`]), ...lines].join("\n");
}
