// What a search found, and why a query cannot be understood.

import type { QueryError, SearchResult } from "@cuecard/project";
import type { Paint } from "../terminal/paint.js";
import { displayWidth, printable, printableLine, truncate } from "../terminal/text.js";
import { formatTable } from "./table.js";

/** What `cuecard search` prints. */
export function formatResults(results: readonly SearchResult[], paint: Paint, width: number | undefined): string {
  const table = formatTable(["NAME", "VERSION", "ALIASES", "DESCRIPTION"], results.map(row), {
    paint,
    width,
    dispensable: 1,
  });
  const [head = "", ...lines] = table.trimEnd().split("\n");
  const withExcerpts = lines.flatMap((line, index) => [line, ...excerptOf(results[index], paint, width)]);
  return `${[head, ...withExcerpts].join("\n")}\n`;
}

function row({ name, version, aliases, description }: SearchResult): string[] {
  return [name, version === "working" ? version : `v${version}`, aliases.join(", ") || "-", description ?? ""];
}

function excerptOf(result: SearchResult | undefined, paint: Paint, width: number | undefined): string[] {
  if (result?.excerpt === undefined) return [];
  const { file, text, start, end } = result.excerpt;
  const isPartial = !file.endsWith(`/${result.name}.md`);
  const where = isPartial ? `${file}: ` : "";
  const [head, found, tail] = [text.slice(0, start), text.slice(start, end), text.slice(end)].map(printableLine);
  const plain = `${where}${head}${found}${tail}`;
  if (width !== undefined && truncate(plain, width - 4) !== plain) return [`    ${truncate(plain, width - 4)}`];
  return [`    ${paint.dim(`${where}${head}`)}${paint.yellow(found ?? "")}${paint.dim(tail ?? "")}`];
}

/** A query that cannot be understood, with the place marked under it. */
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

/** Whether a text has an operator of the filter language, and is not just a word. */
export function isPartOfFilter(text: string): boolean {
  return /[=<>!()'"]|\b(?:LIKE|ILIKE|IN|IS|AND|OR|NOT)\b/.test(text) || /\bis\s+(?:not\s+)?null\b/i.test(text);
}
