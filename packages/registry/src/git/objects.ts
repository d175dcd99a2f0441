// Parses git objects from their bytes: commits, trees and tags. Format: https://git-scm.com/docs/gitformat-pack,
// https://git-scm.com/book/en/v2/Git-Internals-Git-Objects

import { decodeObject } from "./object-text.js";

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
  /** The tagger line as written; very old tags have none. */
  readonly tagger: string | undefined;
  /** Why the message cannot be decoded; it is then a guess that must not be written anywhere. */
  readonly undecoded?: string;
}

/** Parses an annotated tag; `undefined` if it is malformed. */
export function parseTagObject(data: Buffer): TagObject | undefined {
  const { text, problem } = decodeObject(data);
  const blank = text.indexOf("\n\n");
  const head = blank === -1 ? text : text.slice(0, blank + 1);
  const target = /^object ([0-9a-f]{40,64})$/m.exec(head)?.[1];
  const name = /^tag (.+)$/m.exec(head)?.[1];
  if (target === undefined || name === undefined) return undefined;
  const tagger = /^tagger (.+)$/m.exec(head)?.[1];
  const message = blank === -1 ? "" : text.slice(blank + 2);
  return { target, name, tagger, message, ...(problem === undefined ? {} : { undecoded: problem }) };
}

/** The first lines of the signatures that git appends to a tag's message. */
const SIGNATURE = /^-----BEGIN (?:PGP SIGNATURE|PGP MESSAGE|SSH SIGNATURE|SIGNED MESSAGE)-----/gm;

/** The notes in a tag's message: without the signature, with `\n` line ends, trimmed. */
export function notesOf(message: string): string {
  return message.slice(0, signatureOf(message)).replaceAll("\r\n", "\n").trim();
}

/** The offset of the signature in a tag's message; `undefined` if it has none. */
export function signatureOf(message: string): number | undefined {
  return message.includes("-----BEGIN ") ? [...message.matchAll(SIGNATURE)].at(-1)?.index : undefined;
}

export type SignatureFormat = "SSH" | "OpenPGP" | "X.509";

/** The format of the signature in a tag's message; `undefined` if it has none. */
export function signatureFormat(message: string): SignatureFormat | undefined {
  const start = signatureOf(message);
  if (start === undefined) return undefined;
  if (message.startsWith("-----BEGIN SSH ", start)) return "SSH";
  return message.startsWith("-----BEGIN PGP ", start) ? "OpenPGP" : "X.509";
}

export interface TreeEntry {
  /** Octal, as text: `100644`. */
  readonly mode: string;
  readonly oid: string;
}

const SPACE = 32;

/**
 * Finds the entry of a tree by its name, given as UTF-8. It cannot search for the name directly, because object ids are
 * raw bytes that may contain it. A first build calls this about a hundred thousand times, so it compares bytes itself:
 * calls into Node would be slower.
 */
export function findTreeEntry(data: Buffer, name: Buffer, oidBytes: number): TreeEntry | undefined {
  for (let at = 0; at < data.length; ) {
    let start = at;
    while (start < data.length && data[start] !== SPACE) start++;
    start++;
    let end = start;
    while (end - start < name.length && data[end] === name[end - start]) end++;
    const fits = end - start === name.length && data[end] === 0;
    while (end < data.length && data[end] !== 0) end++;
    const next = end + 1 + oidBytes;
    if (next > data.length) return undefined;
    if (fits) return { mode: data.toString("latin1", at, start - 1), oid: data.toString("hex", end + 1, next) };
    at = next;
  }
  return undefined;
}

export interface NamedTreeEntry extends TreeEntry {
  readonly name: string;
}

/** Every entry of a tree. */
export function listTreeEntries(data: Buffer, oidBytes: number): NamedTreeEntry[] {
  const entries: NamedTreeEntry[] = [];
  for (let at = 0; at < data.length; ) {
    const space = data.indexOf(SPACE, at);
    const end = data.indexOf(0, space);
    if (space === -1 || end === -1) break;
    const next = end + 1 + oidBytes;
    entries.push({
      mode: data.toString("latin1", at, space),
      name: data.toString("utf8", space + 1, end),
      oid: data.toString("hex", end + 1, next),
    });
    at = next;
  }
  return entries;
}

/** What a tree entry is if it is not a regular file; `undefined` if it is one. */
export function notAFile(mode: string): string | undefined {
  if (mode === "100644" || mode === "100755") return undefined;
  if (mode === "120000") return "a symbolic link";
  if (mode === "160000") return "a submodule";
  return mode === "40000" ? "a folder" : `an entry of mode ${mode}`;
}
