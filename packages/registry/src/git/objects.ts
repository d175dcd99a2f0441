// The insides of git objects: commits, trees and tags, as bytes. Format: https://git-scm.com/docs/gitformat-pack,
// https://git-scm.com/book/en/v2/Git-Internals-Git-Objects

/** The tree of a commit. */
export function treeOfCommit(data: Buffer): string | undefined {
  return /^tree ([0-9a-f]{40,64})\n/.exec(data.toString("latin1", 0, 80))?.[1];
}

export interface TagObject {
  readonly target: string;
  /** The name written inside, without `refs/tags/`. */
  readonly name: string;
  /** The message as written, signature included. */
  readonly message: string;
}

/** Reads an annotated tag; `undefined` when it is malformed. */
export function parseTagObject(data: Buffer): TagObject | undefined {
  const text = data.toString("utf8");
  const blank = text.indexOf("\n\n");
  const head = blank === -1 ? text : text.slice(0, blank + 1);
  const target = /^object ([0-9a-f]{40,64})$/m.exec(head)?.[1];
  const name = /^tag (.+)$/m.exec(head)?.[1];
  if (target === undefined || name === undefined) return undefined;
  return { target, name, message: blank === -1 ? "" : text.slice(blank + 2) };
}

/** The first lines of the signatures that git appends to a tag's message. */
const SIGNATURE = /^-----BEGIN (?:PGP SIGNATURE|PGP MESSAGE|SSH SIGNATURE|SIGNED MESSAGE)-----/gm;

/** A tag's message as notes: without signature, line ends as `\n`, trimmed. */
export function notesOf(message: string): string {
  const signature = message.includes("-----BEGIN ") ? [...message.matchAll(SIGNATURE)].at(-1) : undefined;
  return message.slice(0, signature?.index).replaceAll("\r\n", "\n").trim();
}

export interface TreeEntry {
  /** Octal, as text: `100644`. */
  readonly mode: string;
  readonly oid: string;
}

/** The entry of a tree with a name. The tree is walked entry by entry: object ids are raw bytes and may hold any name. */
export function findTreeEntry(data: Buffer, name: string, oidBytes: number): TreeEntry | undefined {
  const wanted = Buffer.from(name, "utf8");
  for (let at = 0; at < data.length; ) {
    const start = data.indexOf(32, at) + 1;
    const end = data.indexOf(0, start);
    if (start === 0 || end === -1) return undefined;
    const fits = end - start === wanted.length && data[start] === wanted[0];
    if (fits && wanted.compare(data, start, end) === 0)
      return { mode: data.toString("latin1", at, start - 1), oid: data.toString("hex", end + 1, end + 1 + oidBytes) };
    at = end + 1 + oidBytes;
  }
  return undefined;
}

/** What stands at a tree entry that is not a regular file; `undefined` when it is one. */
export function notAFile(mode: string): string | undefined {
  if (mode === "100644" || mode === "100755") return undefined;
  if (mode === "120000") return "a symbolic link";
  if (mode === "160000") return "a submodule";
  return mode === "40000" ? "a folder" : `an entry of mode ${mode}`;
}
