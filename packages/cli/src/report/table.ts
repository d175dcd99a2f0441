// Rows under headings, fitted to a width: as a table whose last columns give way first or, where a terminal is too narrow
// for it, as a few lines each.

import { type Paint, plain } from "../terminal/paint.js";
import { displayWidth, pad, printableLine, truncate } from "../terminal/text.js";

export interface TableOptions {
  readonly width?: number | undefined;
  readonly paint?: Paint;
}

const GAP = "  ";
const NARROWEST = 8;

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
  if (options.width !== undefined) fit(widths, headings, options.width);
  const shown = widths.filter((width) => width > 0).length;
  const line = (cells: readonly string[]) =>
    widths
      .slice(0, shown)
      .map((width, column) => pad(truncate(cells[column] ?? "", width), width))
      .join(GAP)
      .trimEnd();
  return `${[paint.dim(line(headings)), ...rows.map(line)].join("\n")}\n`;
}

/** Shrinks the last columns to what is readable, then drops them; then shrinks the first. */
function fit(widths: number[], headings: readonly string[], room: number): void {
  const total = () => widths.reduce((sum, width) => sum + (width > 0 ? width + GAP.length : 0), -GAP.length);
  for (let column = widths.length - 1; column > 0 && total() > room; column--) {
    const readable = Math.max(NARROWEST, displayWidth(headings[column] ?? ""));
    const width = widths[column] ?? 0;
    widths[column] = Math.max(Math.min(width, readable), width - (total() - room));
  }
  for (let column = widths.length - 1; column > 0 && total() > room; column--) widths[column] = 0;
  if (total() > room) widths[0] = Math.max(NARROWEST, room);
}

const INDENT = "    ";
/** What the last column may be cut to. */
const READABLE = 24;

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
  const rows = cells.map((row) => row.map(printableLine));
  const widths = headings.map((heading, column) =>
    Math.max(displayWidth(heading), ...rows.map((row) => displayWidth(row[column] ?? ""))),
  );
  const last = Math.min(widths.at(-1) ?? 0, READABLE);
  const needed = widths.slice(0, -1).reduce((sum, width) => sum + width + GAP.length, last);
  if (options.width === undefined || needed <= options.width) return formatTable(headings, rows, options);
  const { dim } = options.paint ?? plain;
  return rows.map((row) => `${row.slice(0, lead).join(GAP)}\n${INDENT}${dim(row.slice(lead).join(GAP))}\n`).join("");
}
