// Parses and prints a prompt's scores: `prompts/<name>.scores.jsonl`, one JSON object per line.

import {
  type Diagnostic,
  diagnose,
  metricNameProblem,
  parseVersionNumber,
  type Range,
  type Score,
} from "@cuecard/model";
import { conflictMarker } from "../disk/conflict-markers.js";

/** The end of a scores file's name, in place of its prompt's `.md`. */
export const SCORES_EXTENSION = ".scores.jsonl";

/** The largest size of a scores file in bytes. It only grows, by about 150 bytes per score. */
export const SCORES_LIMIT = 50_000_000;

/** A score with its line. */
export interface ScoreLine extends Score {
  readonly range: Range;
}

export interface ScoresFile {
  /** In the order of the file. */
  readonly scores: readonly ScoreLine[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Parses a scores file. Never throws.
 *
 * @param name The prompt.
 * @param file The path that findings refer to.
 */
export function readScores(text: string, name: string, file: string): ScoresFile {
  const scores: ScoreLine[] = [];
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<string>();
  let conflict = false;
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.trimEnd();
    const at = index + 1;
    const range = { start: { line: at, column: 1 }, end: { line: at, column: line.length + 1 } };
    if (line === "") continue;
    if (conflictMarker(line) !== undefined) {
      if (!conflict) diagnostics.push(diagnose("scores/conflict-markers", {}, { file, range }, { name }));
      conflict = true;
      continue;
    }
    const score = parseLine(line);
    if (typeof score === "string")
      diagnostics.push(diagnose("scores/invalid-line", { problem: score }, { file, range }, { name }));
    else if (!seen.has(line)) scores.push({ name, ...score, range });
    seen.add(line);
  }
  return { scores, diagnostics };
}

/** The line of a score, without a line feed. */
export function printScore({ version, metric, value, dataset, date, by }: Score): string {
  return JSON.stringify({ version: `v${version}`, metric, value, dataset, date, by });
}

/** The score of a line, or the problem with the line. */
function parseLine(line: string): Omit<Score, "name"> | string {
  let entry: unknown;
  try {
    entry = JSON.parse(line);
  } catch {
    return "it is not JSON";
  }
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) return "it is not a JSON object";
  const { version, metric, value, dataset, date, by } = entry as Readonly<Record<string, unknown>>;
  const number = typeof version === "string" ? parseVersionNumber(version) : undefined;
  if (number === undefined) return '"version" must be a version such as "v1"';
  if (typeof metric !== "string") return '"metric" must be a string';
  const problem = metricNameProblem(metric);
  if (problem !== undefined) return `"metric" is not a valid name: ${problem}`;
  if (typeof value !== "number" || !Number.isFinite(value)) return '"value" must be a finite number';
  const time = date === undefined ? undefined : readDate(date);
  if (date !== undefined && time === undefined) return '"date" must be a date such as "2026-11-27T09:30:00Z"';
  for (const [key, text] of Object.entries({ dataset, by }))
    if (text !== undefined && typeof text !== "string") return `"${key}" must be a string`;
  return { version: number, metric, value, dataset: asText(dataset), date: time, by: asText(by) };
}

function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Parses a date, or a date with a time, and returns it as ISO 8601 in UTC; `undefined` if it is not valid. */
export function readDate(value: unknown): string | undefined {
  if (
    typeof value !== "string" ||
    !/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/.test(value)
  )
    return undefined;
  const [time, day] = [new Date(value), new Date(value.slice(0, 10))];
  if (Number.isNaN(time.getTime()) || Number.isNaN(day.getTime())) return undefined;
  // JavaScript reads February 31 as March 3.
  return day.toISOString().startsWith(value.slice(0, 10)) ? time.toISOString() : undefined;
}
