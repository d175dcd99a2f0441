// Adds the lines of versions to the text of prompts.lock.

import { type Diagnostic, diagnose, versionTag } from "@cuecard/model";
import { LOCK_FILE, type LockEntry, type LockLine, parseLock, printLock } from "./lock-file.js";
import { mergeEntries } from "./merge-entries.js";

/** The lock's text with a line for each version, or why that is not possible. Lines that it has are kept. */
export function addLines(text: string, entries: readonly LockEntry[]): string | Diagnostic {
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
