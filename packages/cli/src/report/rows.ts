// Rows as a table or, where a terminal is too narrow for it, as a few lines each.

import { displayWidth } from "../terminal/display-width.js";
import { plain } from "../terminal/paint.js";
import { printableLine } from "../terminal/printable.js";
import { formatTable, type TableOptions } from "./table.js";

const GAP = "  ";
const INDENT = "    ";
/** What the last column may be cut to. */
const READABLE = 24;

/**
 * @param cells Without colours: what they hold is shown as it is, on one line.
 * @param lead How many cells stand in the first line of a row that takes several.
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
