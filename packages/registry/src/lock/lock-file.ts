// prompts.lock: one line a version, `<name>@v<N> <commit> <digest>`, behind it the notes as a JSON string where the tag has
// some, and `retired` with the reason as a JSON string where the version is. Sorted, mergeable line by line like go.sum.
// This file reads and prints it; the rules are in ../versions/.

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
import { conflictMarker } from "../disk/conflict-markers.js";
import { mergeEntries } from "./merge-entries.js";

export { LOCK_FILE };

export interface LockEntry extends VersionId {
  readonly commit: string;
  readonly digest: string;
  /** The annotated tag's message; empty for lightweight tags. */
  readonly notes: string;
  /** Why nobody should use the version any more; `undefined` while people may. */
  readonly retired: string | undefined;
}

export interface LockLine extends LockEntry {
  /** The whole line. */
  readonly range: Range;
}

export interface LockFile {
  /** Comment lines at the head, kept as they are. */
  readonly head: readonly string[];
  /** By tag name; a version with contradicting lines is left out and named in `broken`. */
  readonly lines: ReadonlyMap<string, LockLine>;
  /** Tags of versions whose lines cannot be used. */
  readonly broken: ReadonlySet<string>;
  /** Whether the lines of both sides of a merge conflict were taken. */
  readonly resolved: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

export interface LockParsing {
  /** Whether merge conflict markers are no error: the lines of both sides count. Default: no. */
  readonly resolvesConflicts?: boolean | undefined;
}

const LINE =
  /^(\S+) ([0-9a-f]{40}|[0-9a-f]{64}) (sha256-[A-Za-z0-9+/]{43}=)(?: ("(?:[^"\\]|\\.)*"))?(?: retired ("(?:[^"\\]|\\.)*"))?$/;
const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const DIGEST = /^sha256-[A-Za-z0-9+/]{43}=$/;

/** Reads a lock file's text. Never throws. */
export function parseLock(text: string, { resolvesConflicts = false }: LockParsing = {}): LockFile {
  const diagnostics: Diagnostic[] = [];
  const lines = new Map<string, LockLine>();
  const broken = new Set<string>();
  const head: string[] = [];
  let conflict = false;
  let isAncestor = false;
  for (const [index, raw] of text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .entries()) {
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
    // What both sides started from (`merge.conflictStyle` diff3) is what at least one of them changed.
    if (isAncestor || line.trim() === "") continue;
    if (line.startsWith("#") && lines.size === 0) {
      if (!head.includes(line) || !conflict) head.push(line);
      continue;
    }
    const entry = parseLine(line);
    if (typeof entry === "string") {
      diagnostics.push(diagnose("lock/invalid-line", { problem: entry }, place));
      const tag = line.split(/\s/)[0] ?? "";
      if (parseVersionTag(tag) !== undefined) broken.add(tag);
      continue;
    }
    const tag = versionTag(entry);
    const earlier = lines.get(tag);
    const merged = earlier === undefined ? { ...entry, range } : mergeEntries(earlier, entry);
    if (merged !== undefined) lines.set(tag, merged);
    else {
      diagnostics.push(diagnose("lock/conflicting-lines", { tag }, place));
      broken.add(tag);
    }
  }
  for (const tag of broken) lines.delete(tag);
  return { head, lines, broken, resolved: conflict && resolvesConflicts, diagnostics };
}

/** The text of a lock: sorted, one line a version, a line feed at the end. */
export function printLock(head: readonly string[], entries: Iterable<LockEntry>): string {
  const lines = [...entries].sort(compareVersions).map(printLine);
  return [...head, ...lines].map((line) => `${line}\n`).join("");
}

function printLine(entry: LockEntry): string {
  const notes = entry.notes === "" ? "" : ` ${JSON.stringify(entry.notes)}`;
  const retired = entry.retired === undefined ? "" : ` retired ${JSON.stringify(entry.retired)}`;
  return `${versionTag(entry)} ${entry.commit} ${entry.digest}${notes}${retired}`;
}

/** The entry of a line, or what is wrong with it. */
function parseLine(line: string): LockEntry | string {
  const [, tag = "", commit = "", digest = "", notes, reason] = LINE.exec(line) ?? [];
  const id = parseVersionTag(tag);
  if (id === undefined) return explainLine(line);
  const texts = [notes ?? '""', reason ?? '""'].map(parseString);
  const [written, retired] = texts;
  if (written === undefined || retired === undefined) return NOT_TEXTS;
  return { ...id, commit, digest, notes: written, retired: reason === undefined ? undefined : retired };
}

const NOT_TEXTS = 'behind the digest stand the notes and retired "<reason>", each a JSON string, and nothing else';

function explainLine(line: string): string {
  const [tag = "", commit = "", digest = ""] = line.split(" ");
  if (parseVersionTag(tag) === undefined) return `"${tag}" is no version (name@v1)`;
  if (!COMMIT.test(commit)) return `"${commit}" is no full commit id`;
  if (!DIGEST.test(digest)) return `"${digest}" is no sha256 digest`;
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
