// A diagnostic: the only way in which a user's mistake is reported. Bugs throw.

import { compareText } from "../names.js";
import { type Arguments, type Code, catalogue } from "./catalogue.js";
import type { Finding, Severity } from "./finding.js";

/** A place in a file: 1-based line and 1-based column (UTF-16 units), as editors count. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** From `start` to `end`, `end` exclusive. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Diagnostic {
  /** Permanent, named by subject: `tag/moved`. */
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  /** Relative to the project's folder, with `/`. */
  readonly file: string;
  /** The version whose file this is, when it is not the working tree's: `v3`. */
  readonly ref?: string;
  readonly range?: Range;
  readonly hint?: string;
}

/** Where a finding is. */
export interface Place {
  readonly file: string;
  readonly ref?: string | undefined;
  readonly range?: Range | undefined;
}

/** Makes the diagnostic of a code at a place. Its words come from the catalogue. */
export function diagnose<C extends Code>(code: C, args: Arguments<C>, place: Place): Diagnostic {
  // TypeScript does not connect the entry of a code that is not known yet with the code's arguments.
  const { severity, message, hint } = catalogue[code] as Finding<Arguments<C>>;
  const way = typeof hint === "function" ? hint(args) : hint;
  return {
    code,
    severity,
    message: typeof message === "function" ? message(args) : message,
    file: place.file,
    ...(place.ref === undefined ? {} : { ref: place.ref }),
    ...(place.range === undefined ? {} : { range: place.range }),
    ...(way === undefined ? {} : { hint: way }),
  };
}

/** Orders diagnostics by file, version, place, then code. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.file, b.file) ||
    compareRefs(a.ref, b.ref) ||
    (a.range?.start.line ?? 0) - (b.range?.start.line ?? 0) ||
    (a.range?.start.column ?? 0) - (b.range?.start.column ?? 0) ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}

function compareRefs(a: string | undefined, b: string | undefined): number {
  const number = (ref: string | undefined) => (ref === undefined ? 0 : Number(ref.slice(1)));
  return number(a) - number(b);
}

/** Sorts and removes findings that are the same in every respect (a partial reached twice, say). */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const sorted = [...diagnostics].sort(compareDiagnostics);
  return sorted.filter((diagnostic, index) => {
    const previous = sorted[index - 1];
    return previous === undefined || compareDiagnostics(previous, diagnostic) !== 0;
  });
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}

/** How people read a place: `prompts/a.md@v3:12:5`. */
export function formatPlace(place: Place): string {
  const ref = place.ref === undefined ? "" : `@${place.ref}`;
  const at = place.range === undefined ? "" : `:${place.range.start.line}:${place.range.start.column}`;
  return `${place.file}${ref}${at}`;
}
