// Adds the lines of versions to the text of prompts.lock.

import {
  compareVersions,
  type Diagnostic,
  diagnose,
  parseVersionTag,
  type VersionId,
  versionTag,
} from "@cuecard/model";
import { LOCK_FILE, type LockEntry, type LockLine, parseLock, printLock } from "./lock-file.js";
import { mergeEntries } from "./merge-entries.js";

/**
 * The lock's text with a line for each version, or why that is not possible. Lines that it has are kept. Where the text is as it would
 * be printed, only the new lines are.
 */
export function addLines(text: string, entries: readonly LockEntry[]): string | Diagnostic {
  const own = parseLock(text, { only: new Set(entries.map(({ name }) => name)) });
  const isNew = entries.every((entry) => !own.lines.has(versionTag(entry)));
  const inserted = own.diagnostics.length === 0 && isNew ? insertLines(text, entries) : undefined;
  return inserted ?? addToAll(text, entries);
}

function addToAll(text: string, entries: readonly LockEntry[]): string | Diagnostic {
  const lock = parseLock(text);
  const [problem] = lock.diagnostics;
  if (problem !== undefined) return problem;
  const lines = new Map<string, LockEntry | LockLine>(lock.lines);
  for (const entry of entries) {
    const tag = versionTag(entry);
    const line = lock.lines.get(tag);
    if (line === undefined) lines.set(tag, entry);
    else if (mergeEntries(line, entry) === undefined)
      return diagnose("lock/conflicting-lines", { tag }, { file: LOCK_FILE, range: line.range }, entry);
  }
  return lines.size === lock.lines.size ? text : printLock(lock.head, lines.values());
}

/** A text without errors, with new lines at their places; `undefined` if its lines are not sorted there, or not all of them end in a line feed alone. */
function insertLines(text: string, entries: readonly LockEntry[]): string | undefined {
  if (!text.endsWith("\n") || text.includes("\r")) return undefined;
  let result = text;
  for (const entry of entries) {
    const at = findPlace(result, entry);
    if (at === undefined) return undefined;
    result = `${result.slice(0, at)}${printLock([], [entry])}${result.slice(at)}`;
  }
  return result;
}

/** Where the line of a version begins or would begin, found by halving; `undefined` if the lines around are not before and after it. */
function findPlace(text: string, id: VersionId): number | undefined {
  let [low, high] = [0, text.length];
  while (low < high) {
    const start = text.lastIndexOf("\n", ((low + high) >> 1) - 1) + 1;
    const end = text.indexOf("\n", start) + 1;
    const order = compareLine(text.slice(start, end), id);
    if (order === undefined) return undefined;
    if (order < 0) low = end;
    else high = Math.max(low, start);
  }
  return low;
}

/** Whether a line is before (negative) or after a version; `undefined` if it is not a line of a version. Comments are before all. */
function compareLine(line: string, id: VersionId): number | undefined {
  if (line.startsWith("#")) return -1;
  const other = parseVersionTag(line.slice(0, Math.max(0, line.indexOf(" "))));
  return other && compareVersions(other, id);
}
