// Rows as a table or, where a terminal is too narrow for it, as a few lines each.

import { displayWidth } from "../terminal/display-width.js";
import { plain } from "../terminal/paint.js";
import { formatTable, type TableOptions } from "./table.js";

const GAP = "  ";
const INDENT = "    ";
/** What the last column may be cut to. */
const READABLE = 24;

/** @param lead How many cells stand in the first line of a row that takes several. */
export function formatRows(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  lead: number,
  options: TableOptions = {},
): string {
  const widths = headings.map((heading, column) =>
    Math.max(displayWidth(heading), ...rows.map((row) => displayWidth(row[column] ?? ""))),
  );
  const last = Math.min(widths.at(-1) ?? 0, READABLE);
  const needed = widths.slice(0, -1).reduce((sum, width) => sum + width + GAP.length, last);
  if (options.width === undefined || needed <= options.width) return formatTable(headings, rows, options);
  const { dim } = options.paint ?? plain;
  return rows.map((row) => `${row.slice(0, lead).join(GAP)}\n${INDENT}${dim(row.slice(lead).join(GAP))}\n`).join("");
}
