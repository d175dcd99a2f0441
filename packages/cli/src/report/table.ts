// Rows under headings, fitted to a width: as a table whose last columns give way first or, where a terminal is too narrow
// for it, as a few lines each.

import { type Paint, plain } from "../terminal/paint.js";
import { displayWidth, pad, printableLine, truncate, wrap } from "../terminal/text.js";

export interface TableOptions {
  readonly width?: number | undefined;
  readonly paint?: Paint;
  /** How many of the last columns are left out, one by one, before any other column is cut. Default: 0. */
  readonly dispensable?: number;
}

const GAP = "  ";
const NARROWEST = 8;
/** What the last column may be cut to. */
const READABLE = 24;

/** @param cells Without colors: each text is printed as it is, on one line. */
export function formatTable(
  headings: readonly string[],
  cells: readonly (readonly string[])[],
  options: TableOptions = {},
): string {
  const rows = cells.map((row) => row.map(printableLine));
  const paint = options.paint ?? plain;
  const widths = headings.map((heading, column) =>
    Math.max(displayWidth(heading), ...rows.map((row) => displayWidth(row[column] ?? ""))),
  );
  if (options.width !== undefined) {
    leaveOut(widths, options.width, options.dispensable ?? 0);
    fit(widths, headings, options.width);
  }
  const shown = widths.filter((width) => width > 0).length;
  const line = (cells: readonly string[]) =>
    widths
      .slice(0, shown)
      .map((width, column) => pad(truncate(cells[column] ?? "", width), width))
      .join(GAP)
      .trimEnd();
  return `${[paint.dim(line(headings)), ...rows.map(line)].join("\n")}\n`;
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + (width > 0 ? width + GAP.length : 0), -GAP.length);
}

/** Cuts the last column to what is readable or, if that is not enough, leaves it out; then the one before. */
function leaveOut(widths: number[], room: number, dispensable: number): void {
  for (let column = widths.length - 1; column >= widths.length - dispensable; column--) {
    const excess = total(widths) - room;
    if (excess <= 0) return;
    const width = widths[column] ?? 0;
    widths[column] = width - excess >= READABLE ? width - excess : 0;
  }
}

/** Shrinks the last columns to what is readable, then drops them; then shrinks the first. */
function fit(widths: number[], headings: readonly string[], room: number): void {
  for (let column = widths.length - 1; column > 0 && total(widths) > room; column--) {
    const readable = Math.max(NARROWEST, displayWidth(headings[column] ?? ""));
    const width = widths[column] ?? 0;
    widths[column] = Math.max(Math.min(width, readable), width - (total(widths) - room));
  }
  for (let column = widths.length - 1; column > 0 && total(widths) > room; column--) widths[column] = 0;
  if (total(widths) > room) widths[0] = Math.max(NARROWEST, room);
}

const INDENT = "    ";
/** A cell without a value. */
const NOTHING = "-";

/**
 * Formats rows as a table or, where a terminal is too narrow for it, as a few lines each.
 *
 * @param cells Without colors: each text is printed as it is, on one line.
 * @param lead How many cells are in the first line of a row that takes several.
 */
export function formatRows(
  headings: readonly string[],
  cells: readonly (readonly string[])[],
  lead: number,
  options: TableOptions = {},
): string {
  const { width, dispensable = 0, paint = plain } = options;
  const rows = cells.map((row) => row.map(printableLine));
  const widths = headings.map((heading, column) =>
    Math.max(displayWidth(heading), ...rows.map((row) => displayWidth(row[column] ?? ""))),
  );
  const kept = widths.slice(0, widths.length - dispensable);
  const last = dispensable === 0 ? Math.min(kept.pop() ?? 0, READABLE) : (kept.pop() ?? 0);
  if (width === undefined || total([...kept, last]) <= width) return formatTable(headings, rows, options);
  const join = (row: readonly string[]) => row.filter((cell) => cell !== "" && cell !== NOTHING).join(GAP);
  const block = (row: readonly string[]) => {
    const rest = join(row.slice(lead, kept.length + 1));
    const below = rest === "" ? [] : [`${INDENT}${paint.dim(wrap(rest, width - INDENT.length, INDENT))}`];
    return [join(row.slice(0, lead)), ...below];
  };
  return rows
    .flatMap(block)
    .map((line) => `${line}\n`)
    .join("");
}
