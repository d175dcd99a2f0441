// How emitted text is laid out: one string literal for each line of a prompt, so that its template is recognizable.

import { literalKey, stringLiteral, valueLiteral } from "../text/escape.js";

/** One operand of a sum of strings. */
export type Piece =
  | { readonly kind: "text"; readonly text: string }
  /** An expression of type string. One that spans several lines gets lines of its own. */
  | { readonly kind: "code"; readonly code: string };

const MAX_WIDTH = 110;
/** Texts that are shorter stay in one literal. */
const MIN_SPLIT = 60;
/** Longer texts are joined once, when the module is loaded: adding up many lines in each rendering would take time. */
const MAX_LINES = 12;

/**
 * Strings as one expression of type string.
 *
 * @param indent The indent of every line after the first.
 * @example text `Hello `, code `asText(input.name)`, text `!` → `"Hello " + asText(input.name) + "!"`
 */
export function emitSum(pieces: readonly Piece[], indent: string): string {
  if (pieces.length === 0) return '""';
  const lines: string[] = [];
  let line = "";
  const endLine = (): void => {
    if (line !== "") lines.push(line);
    line = "";
  };
  const add = (code: string): void => {
    if (line !== "" && indent.length + line.length + code.length > MAX_WIDTH) endLine();
    line += line === "" ? code : ` + ${code}`;
  };
  for (const piece of pieces) {
    if (piece.kind === "code") {
      if (!piece.code.includes("\n")) add(piece.code);
      else {
        endLine();
        lines.push(piece.code);
      }
      continue;
    }
    const texts = splitLines(piece.text);
    // Operands are added from the left: only in parentheses are the lines of one text joined before the program runs.
    const isGroup = texts.length > 1 && (line !== "" || lines.length > 0);
    for (const [index, text] of texts.entries()) {
      const isBlank = !/[^\n]/.test(text);
      if (index > 0 || (text.startsWith("\n") && !isBlank)) endLine();
      const [open, close] = isGroup ? [index === 0 ? "(" : "  ", index === texts.length - 1 ? ")" : ""] : ["", ""];
      add(open + stringLiteral(text) + close);
      if (text.endsWith("\n") && !(isBlank && line.startsWith('"\\n'))) endLine();
    }
  }
  endLine();
  return lines.join(` +\n${indent}`);
}

/**
 * A text as the value of an object's member: a string literal, or one for each line on lines of their own.
 *
 * @param indent The indent of these lines.
 */
export function emitLines(text: string, indent: string): string {
  if (isLongText(text)) return emitLongText(text, indent.slice(2));
  const lines = splitLines(text).map(stringLiteral);
  return lines.length === 1 ? lines.join("") : `\n${indent}${lines.join(` +\n${indent}`)}`;
}

/**
 * Plain data, on one line if it is short.
 *
 * @param indent The indent of every line after the first.
 */
export function emitData(value: unknown, indent: string): string {
  if (typeof value !== "object" || value === null) return valueLiteral(value);
  if (isShort(value, MAX_WIDTH - indent.length)) {
    const line = valueLiteral(value);
    if (indent.length + line.length <= MAX_WIDTH) return line;
  }
  const inner = `${indent}  `;
  if (Array.isArray(value))
    return `[\n${value.map((item) => `${inner}${emitData(item, inner)},\n`).join("")}${indent}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => `${inner}${literalKey(key)}: ${emitData(member, inner)},\n`);
  return `{\n${members.join("")}${indent}}`;
}

/** Whether the literal of a value can be as short as this; looks at no more of it than that. */
function isShort(value: unknown, width: number): boolean {
  let left = width;
  const visit = (part: unknown): boolean => {
    left -= typeof part === "string" ? part.length : 1;
    if (left < 0) return false;
    if (typeof part !== "object" || part === null) return true;
    if (Array.isArray(part)) return part.every(visit);
    return Object.entries(part).every(([key, member]) => {
      if (member === undefined) return true;
      left -= key.length;
      return visit(member);
    });
  };
  return visit(value);
}

/** Blank lines stay with the line before them. */
function splitLines(text: string): readonly string[] {
  const lines = text.length < MIN_SPLIT ? null : text.match(/\n*[^\n]+\n*|\n+/g);
  return lines ?? [text];
}

/** Whether a text has so many lines that it should be a constant of its own. */
export function isLongText(text: string): boolean {
  return splitLines(text).length > MAX_LINES;
}

/** A long text: its lines in a list, joined. */
export function emitLongText(text: string, indent: string): string {
  const lines = text.split("\n").map((line) => `${indent}  ${stringLiteral(line)},\n`);
  return `[\n${lines.join("")}${indent}].join("\\n")`;
}

/**
 * An arrow function whose body is an expression.
 *
 * @param body Given the indent of the body's lines.
 */
export function emitArrow(parameters: string, indent: string, body: (indent: string) => string): string {
  const inner = `${indent}  `;
  const code = body(inner);
  const isShort = !code.includes("\n") && indent.length + parameters.length + code.length < MAX_WIDTH - 10;
  return isShort ? `${parameters} => ${code}` : `${parameters} =>\n${inner}${code}`;
}

/** A call whose last arguments are arrow functions. */
export function emitCall(callee: string, first: string, functions: readonly string[], indent: string): string {
  const [only] = functions;
  if (functions.length === 1 && only !== undefined)
    return `${callee}(${first}, ${only}${only.includes("\n") && !only.endsWith("}") ? `\n${indent}` : ""})`;
  const all = [first, ...functions];
  const line = `${callee}(${all.join(", ")})`;
  if (!line.includes("\n") && indent.length + line.length < MAX_WIDTH) return line;
  const inner = `${indent}  `;
  return `${callee}(\n${all.map((one) => `${inner}${one.replaceAll(`\n${indent}`, `\n${inner}`)},\n`).join("")}${indent})`;
}

/** The members of an object at the top of a module, each on lines of its own; undefined ones are left out. */
export function emitMembers(members: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(members)
    .map(([key, value]) => (value === undefined ? "" : `  ${key}:${value.startsWith("\n") ? "" : " "}${value},\n`))
    .join("");
}
