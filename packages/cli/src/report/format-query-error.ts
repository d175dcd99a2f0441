// A query that cannot be understood, with the place marked under it.

import type { QueryError } from "@cuecard/build";
import { displayWidth } from "../terminal/display-width.js";
import { printable } from "../terminal/printable.js";

export function formatQueryError(query: string, { problem, hint, start, end }: QueryError): string {
  const lineStart = query.lastIndexOf("\n", start - 1) + 1;
  const lineEnd = query.indexOf("\n", start);
  const line = query.slice(lineStart, lineEnd === -1 ? undefined : lineEnd).replaceAll("\t", " ");
  const before = displayWidth(printable(line.slice(0, start - lineStart)));
  const marked = displayWidth(printable(line.slice(start - lineStart, end - lineStart)));
  return [
    `column ${start - lineStart + 1} of the query: ${problem}`,
    `  ${line}`,
    `  ${" ".repeat(before)}${"^".repeat(Math.max(1, marked))}`,
    ...(hint === undefined ? [] : [`hint: ${hint}`]),
  ].join("\n");
}
