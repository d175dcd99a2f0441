// The words of a written query.

import type { QueryError } from "./query.js";

export interface Token {
  readonly kind: "word" | "string" | "number" | "operator" | "end";
  /** For a string, the text between the quotes; for a word, the word. */
  readonly text: string;
  /** The part after the dot of a word with a quoted part: `tags."cost center"`. */
  readonly quotedKey?: string;
  readonly start: number;
  readonly end: number;
}

const WORD = /[A-Za-z_][A-Za-z0-9_.\-/]*/y;
const NUMBER = /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![A-Za-z0-9_])/y;
const OPERATOR = /<=|>=|!=|<>|==|[=<>(),]/y;
const SPACE = /\s+/y;

/** Splits a query into tokens; the last one marks its end. */
export function tokenize(query: string): readonly Token[] | QueryError {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(query)?.[0];
  };
  while (at < query.length) {
    const space = match(SPACE);
    if (space !== undefined) {
      at += space.length;
      continue;
    }
    const token = readToken(query, at, match);
    if ("problem" in token) return token;
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: "end", text: "", start: query.length, end: query.length });
  return tokens;
}

function readToken(query: string, at: number, match: (pattern: RegExp) => string | undefined): Token | QueryError {
  const character = query[at] ?? "";
  if (character === "'" || character === '"' || character === "`") {
    const quoted = readQuoted(query, at);
    return "problem" in quoted ? quoted : { kind: "string", ...quoted };
  }
  const number = match(NUMBER);
  if (number !== undefined) return { kind: "number", text: number, start: at, end: at + number.length };
  const operator = match(OPERATOR);
  if (operator !== undefined) return { kind: "operator", text: operator, start: at, end: at + operator.length };
  const word = match(WORD);
  if (word === undefined) {
    const unread = String.fromCodePoint(query.codePointAt(at) ?? 0);
    return { problem: `"${unread}" has no meaning here`, hint: undefined, start: at, end: at + unread.length };
  }
  const end = at + word.length;
  if (!word.endsWith(".") || !/["`]/.test(query[end] ?? "")) return { kind: "word", text: word, start: at, end };
  const key = readQuoted(query, end);
  if ("problem" in key) return key;
  return { kind: "word", text: word.slice(0, -1), quotedKey: key.text, start: at, end: key.end };
}

/** A quote inside a string is doubled: `'it''s'`. */
function readQuoted(query: string, start: number): Omit<Token, "kind"> | QueryError {
  const quote = query[start] ?? "";
  let text = "";
  for (let at = start + 1; at < query.length; at++) {
    const character = query[at] ?? "";
    if (character !== quote) text += character;
    else if (query[at + 1] === quote) {
      text += quote;
      at++;
    } else return { text, start, end: at + 1 };
  }
  return { problem: `the ${quote} is not closed`, hint: undefined, start, end: start + 1 };
}
