// Parses and prints prompts.lock: one line per version, `<name>@v<N> <commit> <digest>`, then optionally the tag's
// notes as a JSON string, and `retired` with the reason as a JSON string. Sorted, and mergeable line by line like
// go.sum. The rules that the lines must follow are in ../versions/.

import {
  compareVersions,
  type Diagnostic,
  diagnose,
  LOCK_FILE,
  parseVersionTag,
  type Range,
  type VersionId,
  versionTag,
} from "@cuecard/model";
import { conflictMarker, findConflictMarker } from "../disk/conflict-markers.js";
import { mergeEntries } from "./merge-entries.js";

export { LOCK_FILE };

export interface LockEntry extends VersionId {
  readonly commit: string;
  readonly digest: string;
  /** The annotated tag's message; empty for lightweight tags. */
  readonly notes: string;
  /** Why the version should no longer be used; `undefined` if it is not retired. */
  readonly retired: string | undefined;
}

export interface LockLine extends LockEntry {
  /** The whole line. */
  readonly range: Range;
}

export interface LockFile {
  /** The comment lines at the top, kept unchanged. */
  readonly head: readonly string[];
  /** By tag name. A version with contradicting lines is only in `broken`. */
  readonly lines: ReadonlyMap<string, LockLine>;
  /** Tags of versions whose lines cannot be used. */
  readonly broken: ReadonlySet<string>;
  /** Whether the lines of both sides of a merge conflict were taken. */
  readonly resolved: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

export interface LockParsing {
  /** Whether to accept merge conflict markers and use the lines of both sides. Default: no, they are an error. */
  readonly resolvesConflicts?: boolean | undefined;
  /** The prompts whose lines are parsed; those of others are not even looked at. Default: all. */
  readonly only?: ReadonlySet<string> | undefined;
}

const LINE =
  /^(\S+) ([0-9a-f]{40}|[0-9a-f]{64}) (sha256-[A-Za-z0-9+/]{43}=)(?: ("(?:[^"\\]|\\.)*"))?(?: retired ("(?:[^"\\]|\\.)*"))?$/;
const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const DIGEST = /^sha256-[A-Za-z0-9+/]{43}=$/;

/** Parses a lock file. Never throws. */
export function parseLock(text: string, { resolvesConflicts = false, only }: LockParsing = {}): LockFile {
  const diagnostics: Diagnostic[] = [];
  const lines = new Map<string, LockLine>();
  const broken = new Set<string>();
  const head: string[] = [];
  let conflict = false;
  let isAncestor = false;
  const plain = text.replace(/^\uFEFF/, "");
  // Within a conflict, what a line means depends on those before it.
  const all =
    only === undefined || findConflictMarker(plain) !== undefined
      ? plain.split("\n").entries()
      : findLines(plain, only);
  for (const [index, raw] of all) {
    const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    const at = index + 1;
    const range = { start: { line: at, column: 1 }, end: { line: at, column: line.length + 1 } };
    const place = { file: LOCK_FILE, range };
    const marker = conflictMarker(line);
    if (marker !== undefined) {
      if (!conflict && !resolvesConflicts) diagnostics.push(diagnose("lock/conflict-markers", {}, place));
      conflict = true;
      isAncestor = marker.startsWith("|");
      continue;
    }
    // With `merge.conflictStyle` diff3: the common ancestor, which at least one side changed.
    if (isAncestor || line.trim() === "") continue;
    if (line.startsWith("#") && lines.size === 0) {
      if (!head.includes(line) || !conflict) head.push(line);
      continue;
    }
    const entry = parseLine(line);
    if (typeof entry === "string") {
      const tag = line.split(/\s/)[0] ?? "";
      const id = parseVersionTag(tag);
      diagnostics.push(diagnose("lock/invalid-line", { problem: entry }, place, id));
      if (id !== undefined) broken.add(tag);
      continue;
    }
    const tag = versionTag(entry);
    const earlier = lines.get(tag);
    const merged = earlier === undefined ? { ...entry, range } : mergeEntries(earlier, entry);
    if (merged !== undefined) lines.set(tag, merged);
    else {
      diagnostics.push(diagnose("lock/conflicting-lines", { tag }, place, entry));
      broken.add(tag);
    }
  }
  for (const tag of broken) lines.delete(tag);
  return { head, lines, broken, resolved: conflict && resolvesConflicts, diagnostics };
}

/** The lines of some prompts with their indexes, in the order of the file. */
function findLines(text: string, names: ReadonlySet<string>): [index: number, line: string][] {
  const starts: number[] = [];
  for (const name of names) {
    const begin = `${name}@`;
    for (let at = text.indexOf(begin); at !== -1; at = text.indexOf(begin, at + 1))
      if (at === 0 || text[at - 1] === "\n") starts.push(at);
  }
  let index = 0;
  let counted = 0;
  return starts
    .sort((a, b) => a - b)
    .map((start) => {
      for (let end = text.indexOf("\n", counted); end !== -1 && end < start; end = text.indexOf("\n", counted)) {
        index++;
        counted = end + 1;
      }
      const end = text.indexOf("\n", start);
      return [index, text.slice(start, end === -1 ? undefined : end)];
    });
}

/** The text of a lock file: one line per version, sorted, with a line feed at the end. */
export function printLock(head: readonly string[], entries: Iterable<LockEntry>): string {
  const lines = [...entries].sort(compareVersions).map(printLine);
  return [...head, ...lines].map((line) => `${line}\n`).join("");
}

function printLine(entry: LockEntry): string {
  const notes = entry.notes === "" ? "" : ` ${JSON.stringify(entry.notes)}`;
  const retired = entry.retired === undefined ? "" : ` retired ${JSON.stringify(entry.retired)}`;
  return `${versionTag(entry)} ${entry.commit} ${entry.digest}${notes}${retired}`;
}

/** The entry of a line, or the problem with the line. */
function parseLine(line: string): LockEntry | string {
  const [, tag = "", commit = "", digest = "", notes, reason] = LINE.exec(line) ?? [];
  const id = parseVersionTag(tag);
  if (id === undefined) return explainLine(line);
  const texts = [notes ?? '""', reason ?? '""'].map(parseString);
  const [written, retired] = texts;
  if (written === undefined || retired === undefined) return NOT_TEXTS;
  return { ...id, commit, digest, notes: written, retired: reason === undefined ? undefined : retired };
}

const NOT_TEXTS = 'only the notes and retired "<reason>", each as a JSON string, may follow the digest';

function explainLine(line: string): string {
  const [tag = "", commit = "", digest = ""] = line.split(" ");
  if (parseVersionTag(tag) === undefined) return `"${tag}" is not a valid version (name@v1)`;
  if (!COMMIT.test(commit)) return `"${commit}" is not a full commit id`;
  if (!DIGEST.test(digest)) return `"${digest}" is not a sha256 digest`;
  return NOT_TEXTS;
}

function parseString(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}
