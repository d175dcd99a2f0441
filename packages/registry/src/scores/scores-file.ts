// A prompt's scores: `prompts/<name>.scores.jsonl`, one JSON object a line. This file reads and prints it.

import {
  type Diagnostic,
  diagnose,
  metricNameProblem,
  parseVersionNumber,
  type Range,
  type Score,
} from "@cuecard/model";
import { conflictMarker } from "../disk/conflict-markers.js";

/** What a scores file's name ends in, where its prompt's ends in `.md`. */
export const SCORES_EXTENSION = ".scores.jsonl";

/** How many bytes a scores file may have: it only grows, by some 150 bytes a score. */
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
 * Reads the text of a scores file. Never throws.
 *
 * @param name The prompt.
 * @param file The file, as findings name it.
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
      if (!conflict) diagnostics.push(diagnose("scores/conflict-markers", {}, { file, range }));
      conflict = true;
      continue;
    }
    const score = parseLine(line);
    if (typeof score === "string")
      diagnostics.push(diagnose("scores/invalid-line", { problem: score }, { file, range }));
    else if (!seen.has(line)) scores.push({ name, ...score, range });
    seen.add(line);
  }
  return { scores, diagnostics };
}

/** The line of a score, without its end. */
export function printScore({ version, metric, value, dataset, date, by }: Score): string {
  return JSON.stringify({ version: `v${version}`, metric, value, dataset, date, by });
}

/** The score of a line, or what is wrong with it. */
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
  if (number === undefined) return '"version" is no version: "v1"';
  if (typeof metric !== "string") return '"metric" is no text';
  const problem = metricNameProblem(metric);
  if (problem !== undefined) return `"metric" is no name: ${problem}`;
  if (typeof value !== "number" || !Number.isFinite(value)) return '"value" is no number';
  const time = date === undefined ? undefined : readDate(date);
  if (date !== undefined && time === undefined) return '"date" is no date: "2026-11-27T09:30:00Z"';
  for (const [key, text] of Object.entries({ dataset, by }))
    if (text !== undefined && typeof text !== "string") return `"${key}" is no text`;
  return { version: number, metric, value, dataset: asText(dataset), date: time, by: asText(by) };
}

function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** A date, or a date with a time, as ISO 8601 in UTC; `undefined` when it is none. */
export function readDate(value: unknown): string | undefined {
  if (
    typeof value !== "string" ||
    !/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/.test(value)
  )
    return undefined;
  const [time, day] = [new Date(value), new Date(value.slice(0, 10))];
  if (Number.isNaN(time.getTime()) || Number.isNaN(day.getTime())) return undefined;
  // February 31 is taken for March 3.
  return day.toISOString().startsWith(value.slice(0, 10)) ? time.toISOString() : undefined;
}
