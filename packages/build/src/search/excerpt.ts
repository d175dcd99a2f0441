// The line of a text that matches a query, shortened to be read at a glance.

import { literalsIn } from "./like.js";
import type { Query } from "./query.js";

export interface Excerpt {
  /** 1-based, within the text. */
  readonly line: number;
  readonly text: string;
  /** Where in `text` the match is; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
}

/** Characters shown before and after a match. */
const AROUND = 40;

/** The first occurrence of any of the pieces, ignoring case. */
export function findExcerpt(text: string, pieces: readonly string[]): Excerpt | undefined {
  for (const [index, line] of text.split("\n").entries())
    for (const piece of pieces) {
      const at = indexIgnoringCase(line, piece);
      if (at !== -1) return cut(line, at, at + piece.length, index + 1);
    }
  return undefined;
}

/** What a query looks for in texts: the longest piece of each pattern that is not negated. */
export function searchedPieces(query: Query): string[] {
  if (query.kind === "not") return [];
  if (query.kind !== "compare") return [...searchedPieces(query.left), ...searchedPieces(query.right)];
  const { field, operator, values } = query;
  if (field.name !== "text" || (operator !== "LIKE" && operator !== "ILIKE")) return [];
  return values.flatMap((pattern) => {
    const [longest] = literalsIn(String(pattern)).sort((a, b) => b.length - a.length);
    return longest === undefined ? [] : [longest];
  });
}

/** Whether a query compares texts: the answer to another one needs none. */
export function isAboutTexts(query: Query): boolean {
  if (query.kind === "not") return isAboutTexts(query.query);
  if (query.kind === "compare") return query.field.name === "text";
  return isAboutTexts(query.left) || isAboutTexts(query.right);
}

/** The lower-case form of a text may have another length, so characters are compared one by one. */
function indexIgnoringCase(line: string, piece: string): number {
  const wanted = piece.toLowerCase();
  for (let at = 0; at + piece.length <= line.length; at++)
    if (line.slice(at, at + piece.length).toLowerCase() === wanted) return at;
  return -1;
}

function cut(line: string, start: number, end: number, number: number): Excerpt {
  const from = start <= AROUND ? 0 : start - AROUND;
  const to = line.length - end <= AROUND ? line.length : end + AROUND;
  const head = `${from > 0 ? "…" : ""}${line.slice(from, start)}`.trimStart();
  const found = line.slice(start, end);
  const tail = `${line.slice(end, to)}${to < line.length ? "…" : ""}`.trimEnd();
  return { line: number, text: `${head}${found}${tail}`, start: head.length, end: head.length + found.length };
}
