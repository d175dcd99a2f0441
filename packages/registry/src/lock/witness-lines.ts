// The lines of a witness: a file outside of the repository that only grows, in which each version is recorded with its digest, in the
// manner of Go's checksum database. A history that was rewritten does not agree with it.

import { compareVersions, type Diagnostic, diagnose, LOCK_FILE, parseVersionTag, versionTag } from "@cuecard/model";
import type { LockLine } from "./lock-file.js";

export interface WitnessComparison {
  /** What contradicts the witness, and what the witness lacks. */
  readonly diagnostics: readonly Diagnostic[];
  /** The lines that the witness lacks, in the order of prompts.lock. */
  readonly missing: readonly string[];
}

const LINE = /^(\S+) (sha256-[A-Za-z0-9+/]{43}=)$/;

/**
 * @param text The text of the witness.
 * @param file How findings name the witness.
 * @param lines The lines of prompts.lock.
 */
export function compareWitness(text: string, file: string, lines: ReadonlyMap<string, LockLine>): WitnessComparison {
  const diagnostics: Diagnostic[] = [];
  const seen = new Map<string, string>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const [, tag = "", digest = ""] = LINE.exec(line) ?? [];
    const at = { line: index + 1, column: 1 };
    const place = { file, range: { start: at, end: { line: index + 1, column: line.length + 1 } } };
    if (parseVersionTag(tag) === undefined) diagnostics.push(diagnose("witness/invalid-line", {}, place));
    else if ((seen.get(tag) ?? digest) !== digest) diagnostics.push(diagnose("witness/two-digests", { tag }, place));
    else seen.set(tag, digest);
  }
  const gone: string[] = [];
  for (const [tag, digest] of seen) {
    const own = lines.get(tag);
    if (own === undefined) gone.push(tag);
    else if (own.digest !== digest) {
      const args = { tag, recorded: digest, found: own.digest };
      diagnostics.push(diagnose("witness/differs", args, { file: LOCK_FILE, range: own.range }, own));
    }
  }
  if (gone.length > 0) diagnostics.push(diagnose("witness/not-here", { tags: gone }, { file: LOCK_FILE }));
  const fresh = [...lines.values()].filter((line) => !seen.has(versionTag(line))).sort(compareVersions);
  if (fresh.length > 0)
    diagnostics.push(diagnose("witness/not-recorded", { tags: fresh.map(versionTag) }, { file: LOCK_FILE }));
  return { diagnostics, missing: fresh.map((line) => `${versionTag(line)} ${line.digest}`) };
}
