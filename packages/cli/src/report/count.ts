// How many findings of each kind, as numbers and as words.

import { type Diagnostic, type Severity, type VersionId, versionTag } from "@cuecard/model";

export type Counts = Readonly<Record<Severity, number>>;

export function countFindings(diagnostics: readonly Diagnostic[]): Counts {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of diagnostics) counts[severity]++;
  return counts;
}

/** `2 errors, 1 warning`; empty if there are none. */
export function describeCounts(counts: Counts): string {
  const parts: string[] = [];
  if (counts.error > 0) parts.push(plural(counts.error, "error"));
  if (counts.warning > 0) parts.push(plural(counts.warning, "warning"));
  if (counts.info > 0) parts.push(plural(counts.info, "note"));
  return parts.join(", ");
}

/** `1 prompt`, `2 prompts`, `2 aliases`. */
export function plural(count: number, noun: string, several: string = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : several}`;
}

/** `greet@v1, greet@v2`, shortened after five. */
export function nameVersions(versions: readonly VersionId[]): string {
  const names = versions.slice(0, 5).map(versionTag).join(", ");
  return versions.length > 5 ? `${names} and ${versions.length - 5} more` : names;
}
