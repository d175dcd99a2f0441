// A table as text: the first column to the left, figures to the right, targets to the left again.

import type { Table } from "./measurement.js";

export function printTable({ title, columns, rows, notes = [] }: Table): string {
  const widths = columns.map((column, index) =>
    Math.max(column.length, ...rows.map((row) => (row[index] ?? "").length)),
  );
  const line = (cells: readonly string[]) =>
    widths
      .map((width, index) => {
        const cell = cells[index] ?? "";
        return index === 0 || columns[index] === "target" ? cell.padEnd(width) : cell.padStart(width);
      })
      .join("  ")
      .trimEnd();
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  return [title, "", line(columns), rule, ...rows.map(line), ...notes.map((note) => `  ${note}`)].join("\n");
}
