// Reads commit objects and the lines in them that name people. Format: https://git-scm.com/docs/git-commit-tree

import { decodeObject } from "./object-text.js";
import { treeOfCommit } from "./objects.js";
import type { GitReader } from "./reader.js";

/** Who did something, and when. */
export interface Signature {
  readonly name: string;
  readonly email: string;
  /** ISO 8601 in UTC: `2026-01-01T00:00:00.000Z`. */
  readonly date: string;
}

export interface Commit {
  readonly oid: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  /** As written, without blank lines at its ends. */
  readonly message: string;
  /** Why the message and the names cannot be decoded; they are then guesses that must not be written anywhere. */
  readonly undecoded?: string;
}

/** A commit by its id; `undefined` if this clone does not have it, or it is malformed. */
export async function readCommit(reader: Pick<GitReader, "readObject">, oid: string): Promise<Commit | undefined> {
  const object = await reader.readObject(oid);
  return object?.type === "commit" ? parseCommit(oid, object.data) : undefined;
}

/** Parses a commit object; `undefined` if it is malformed. */
function parseCommit(oid: string, data: Buffer): Commit | undefined {
  const tree = treeOfCommit(data);
  if (tree === undefined) return undefined;
  const { text, problem } = decodeObject(data);
  const blank = text.indexOf("\n\n");
  const head = blank === -1 ? text : text.slice(0, blank + 1);
  return {
    oid,
    tree,
    parents: [...head.matchAll(/^parent ([0-9a-f]{40,64})$/gm)].map(([, parent = ""]) => parent),
    author: parseSignature(/^author (.*)$/m.exec(head)?.[1] ?? ""),
    committer: parseSignature(/^committer (.*)$/m.exec(head)?.[1] ?? ""),
    message: blank === -1 ? "" : text.slice(blank + 2).trim(),
    ...(problem === undefined ? {} : { undecoded: problem }),
  };
}

/** Reads `Ada <ada@example.com> 1767225600 +0100`. Parts that cannot be read become empty, and the date 1970. */
export function parseSignature(line: string): Signature {
  // Everyone can write a commit's author: looking for any `<` would take quadratic time.
  const start = line.lastIndexOf("<");
  const found = /^<([^>]*)> (\d{1,12})(?: [+-]\d{4})?$/.exec(line.slice(start));
  const [, email = "", seconds = "0"] = found ?? [];
  const name = found === null ? "" : line.slice(0, start).replace(/ $/, "");
  return { name, email, date: new Date(Number(seconds) * 1000).toISOString() };
}
