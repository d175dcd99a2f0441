// JSON on standard output: any value, and findings.

import type { Diagnostic } from "@cuecard/model";
import type { OutputStream } from "../terminal/terminal.js";

/** Prints a value as indented JSON; members that are undefined are left out. */
export function writeJson(stream: OutputStream, value: unknown): void {
  stream.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** A copy of plain data in which every undefined member is null, so that readers always find the same members. */
export function undefinedToNull(value: unknown): unknown {
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.map(undefinedToNull);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, undefinedToNull(member)]));
}

/** Findings for programs: one JSON document, the diagnostics as they are. */
export function formatJson(diagnostics: readonly Diagnostic[]): string {
  return `${JSON.stringify({ diagnostics }, null, 2)}\n`;
}
