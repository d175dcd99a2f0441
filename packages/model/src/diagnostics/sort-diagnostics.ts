// The order in which findings are shown, whatever order they were found in; and which of them are one and the same.

import { compareText } from "../names.js";
import type { Diagnostic } from "./diagnostic.js";
import { compareRevisions } from "./revision.js";

/** Orders diagnostics by file, version, place, code and words. Only of findings that are the same, it is 0. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return compareFindings(a, b) || compareText(detailsOf(a), detailsOf(b));
}

/**
 * Sorts findings and merges those that look the same to a reader: a mistake in a partial is found once for each prompt that
 * includes it. The merged finding is about the file and no longer about one of the prompts.
 */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const sorted: Diagnostic[] = [];
  for (const diagnostic of [...diagnostics].sort(compareDiagnostics)) {
    const previous = sorted.at(-1);
    if (previous === undefined || compareFindings(previous, diagnostic) !== 0) sorted.push(diagnostic);
    else if (previous.subject?.name !== diagnostic.subject?.name) sorted.splice(-1, 1, withoutSubject(previous));
  }
  return sorted;
}

/** What a reader sees of a finding. The same file of two prompts' versions `v3` has two texts. */
function compareFindings(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.file, b.file) ||
    compareRevisions(a.revision, b.revision) ||
    compareText(ownerOf(a), ownerOf(b)) ||
    (a.range?.start.line ?? 0) - (b.range?.start.line ?? 0) ||
    (a.range?.start.column ?? 0) - (b.range?.start.column ?? 0) ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}

function ownerOf({ revision, subject }: Diagnostic): string {
  return typeof revision === "object" && "version" in revision ? (subject?.name ?? "") : "";
}

/** Everything else, so that the order is total; errors first, as "error" comes before "info" and "warning". */
function detailsOf({ severity, range, hint, subject, args }: Diagnostic): string {
  return JSON.stringify([severity, range, hint, subject, args]);
}

function withoutSubject({ subject, ...diagnostic }: Diagnostic): Diagnostic {
  return diagnostic;
}
