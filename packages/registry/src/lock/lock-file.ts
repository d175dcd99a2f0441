// prompts.lock: one line a version, `<name>@v<N> <commit> <digest>`, and the notes as a JSON string behind where the tag
// has some. Sorted, mergeable line by line like go.sum. This file reads and prints it; the rules are in ../versions/.

import {
  compareVersions,
  type Diagnostic,
  diagnose,
  parseVersionTag,
  type Range,
  type VersionId,
  versionTag,
} from "@cuecard/model";

/** The lock's file name, in the project's folder. */
export const LOCK_FILE = "prompts.lock";

export interface LockEntry extends VersionId {
  readonly commit: string;
  readonly digest: string;
  /** The annotated tag's message; empty for lightweight tags. */
  readonly notes: string;
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
  readonly diagnostics: readonly Diagnostic[];
}

const LINE = /^(\S+) ([0-9a-f]{40}|[0-9a-f]{64}) (sha256-[A-Za-z0-9+/]{43}=)(?: (".*"))?$/s;
const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const DIGEST = /^sha256-[A-Za-z0-9+/]{43}=$/;
const CONFLICT = /^(?:<{7}|\|{7}|={7}|>{7})(?: |$)/;

/** Reads a lock file's text. Never throws. */
export function parseLock(text: string): LockFile {
  const diagnostics: Diagnostic[] = [];
  const lines = new Map<string, LockLine>();
  const broken = new Set<string>();
  const head: string[] = [];
  let conflict = false;
  for (const [index, raw] of text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .entries()) {
    const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    const at = index + 1;
    const range = { start: { line: at, column: 1 }, end: { line: at, column: line.length + 1 } };
    const place = { file: LOCK_FILE, range };
    if (line.trim() === "") continue;
    if (line.startsWith("#") && lines.size === 0) {
      head.push(line);
      continue;
    }
    if (CONFLICT.test(line)) {
      if (!conflict) diagnostics.push(diagnose("lock/conflict-markers", {}, place));
      conflict = true;
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
    if (earlier === undefined) lines.set(tag, { ...entry, range });
    else if (printLine(earlier) !== printLine(entry)) {
      diagnostics.push(diagnose("lock/conflicting-lines", { tag }, place));
      broken.add(tag);
    }
  }
  for (const tag of broken) lines.delete(tag);
  return { head, lines, broken, diagnostics };
}

/** The text of a lock: sorted, one line a version, a line feed at the end. */
export function printLock(head: readonly string[], entries: Iterable<LockEntry>): string {
  const lines = [...entries].sort(compareVersions).map(printLine);
  return [...head, ...lines].map((line) => `${line}\n`).join("");
}

function printLine(entry: LockEntry): string {
  const notes = entry.notes === "" ? "" : ` ${JSON.stringify(entry.notes)}`;
  return `${versionTag(entry)} ${entry.commit} ${entry.digest}${notes}`;
}

/** The entry of a line, or what is wrong with it. */
function parseLine(line: string): LockEntry | string {
  const [, tag = "", commit = "", digest = "", json] = LINE.exec(line) ?? [];
  if (tag === "") return explainLine(line);
  const id = parseVersionTag(tag);
  if (id === undefined) return explainLine(line);
  const notes = json === undefined ? "" : parseNotes(json);
  return notes === undefined ? "the notes are not one JSON string" : { ...id, commit, digest, notes };
}

function explainLine(line: string): string {
  const [tag = "", commit = "", digest = ""] = line.split(" ");
  if (parseVersionTag(tag) === undefined) return `"${tag}" is no version (name@v1)`;
  if (!COMMIT.test(commit)) return `"${commit}" is no full commit id`;
  if (!DIGEST.test(digest)) return `"${digest}" is no sha256 digest`;
  return "the text behind the digest is not one JSON string";
}

function parseNotes(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}
