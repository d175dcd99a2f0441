// JSON on standard output: any value, and findings.

import type { Diagnostic } from "@cuecard/model";
import type { OutputStream } from "../terminal/terminal.js";

/** What a terminal obeys, what turns text around, and what cannot be seen. */
const UNSAFE = /[\u007F-\u009F\u2028\u2029\uFFF9-\uFFFB\p{Bidi_C}\p{DI}]/gu;

/** A value as indented JSON. Characters that a terminal obeys or hides are written as escapes, which is the same data. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(UNSAFE, (character) =>
    Array.from({ length: character.length }, (_, index) => escapeUnit(character.charCodeAt(index))).join(""),
  );
}

function escapeUnit(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}

/** Prints a value as indented JSON; members that are undefined are left out. */
export function writeJson(stream: OutputStream, value: unknown): void {
  stream.write(`${toJson(value)}\n`);
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
  return `${toJson({ diagnostics })}\n`;
}
