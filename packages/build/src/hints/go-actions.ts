// Actions of Go's templates: `{{.Query}}`, `{{range $i, $x := .Items}}`, `{{if eq .Kind "a"}}`, `{{.Name | upper}}`, and the
// Handlebars tags that mean the same.

import { MAX_READ, suggestCondition } from "./condition.js";
import { suggestFallback } from "./suggest-fallback.js";

/** A name behind a lone dot, a variable that is set, an action that only Go has. */
const OF_GO = /(?:^|[\s(|,])\$?\.[A-Za-z_]|\$\w*\s*(?:,\s*\$\w+\s*)?:=|^(?:template|define|block)\s+["`]|^\/\*.*\*\/$/s;
const NAME = String.raw`\$?[A-Za-z_]\w*`;
const PIECE = /"[^"]*"|`[^`]*`|'[^']*'|[()|]|[^\s()|]+/g;

/** Functions of Go that compare, and the signs that other languages write for them. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ["eq", "=="],
  ["ne", "!="],
  ["gt", ">"],
  ["ge", ">="],
  ["lt", "<"],
  ["le", "<="],
  ["and", "&&"],
  ["or", "||"],
]);

/**
 * What to write instead of an action; `undefined` for what is not certainly Go.
 *
 * @param inside A tag's text between its braces.
 */
export function suggestForGoAction(inside: string): string | undefined {
  if (inside.length > MAX_READ || !OF_GO.test(inside)) return undefined;
  const action = inside.replace(/^-\s+|\s+-$/g, "");
  const [, comment] = /^\/\*(.*)\*\/$/s.exec(action) ?? [];
  if (comment !== undefined) return comment.includes("}}") ? undefined : `write {{! ${comment.trim()} }}`;
  const [, partial] = /^(?:template|include)\s+["`]([\w./-]+)["`]/.exec(action) ?? [];
  if (partial !== undefined) return `write {{> ${baseName(partial)}}}`;
  const [, defined] = /^(?:define|block)\s+["`]([\w./-]+)["`]/.exec(action) ?? [];
  if (defined !== undefined)
    return `move the text to a partial, _${baseName(defined)}.md, and write {{> ${baseName(defined)}}}`;
  const [, chained, keyword, rest = ""] = /^(else\s+)?(if|with|range)\s+(.*)$/s.exec(action) ?? [];
  if (keyword === "if") {
    const condition = readCondition(rest);
    return (
      (condition && suggestCondition(chained === undefined ? "#" : "else ", "if", condition)) ??
      "decide it before rendering and pass true or false, or call a helper of your own"
    );
  }
  if (keyword !== undefined) return suggestForBlock(keyword === "range" ? "each" : "with", chained, rest);
  if (action.includes(":=")) return "compute the value before rendering, and pass it as a variable";
  return suggestForValue(action);
}

/** `range $i, $x := .Items` and `with $x := .User`. */
function suggestForBlock(block: string, chained: string | undefined, rest: string): string | undefined {
  const [, first, second] = new RegExp(`^(${NAME})\\s*(?:,\\s*(${NAME})\\s*)?:=`).exec(rest) ?? [];
  const value = readValue(rest.replace(/^.*:=/s, ""));
  if (value === undefined) return undefined;
  // In a loop with two names, the first is the index.
  const names = second === undefined ? [first] : [second, first];
  const named = names.flatMap((name) => (name === undefined || name === "$_" ? [] : [name.replace("$", "")]));
  const written = `${block} ${value.includes(" ") ? `(${value})` : value}${named.length === 0 ? "" : ` as |${named.join(" ")}|`}`;
  return chained === undefined ? `write {{#${written}}}…{{/${block}}}` : `write {{else ${written}}}`;
}

function suggestForValue(action: string): string | undefined {
  const [, fallback, of] = /^(?:default\s+("[^"]*"|\S+)\s+)(\.[\w.]+)$/.exec(action) ?? [];
  if (of !== undefined) return suggestFallback(of.slice(1), fallback);
  const [, piped, given] = /^(\.[\w.]+)\s*\|\s*default\s+("[^"]*"|\S+)$/.exec(action) ?? [];
  if (piped !== undefined) return suggestFallback(piped.slice(1), given);
  const value = readValue(action);
  if (value === undefined) return undefined;
  const isOwn = value.includes(" ") && !/^(?:json|lookup) /.test(value);
  return isOwn ? `call a helper of your own: {{${value}}}` : `write {{${value}}}`;
}

/** A pipeline as the expression of a tag: `Name`, `upper Name`, `json Name`. */
function readValue(pipeline: string): string | undefined {
  const pieces = pipeline.match(PIECE) ?? [];
  // Within parentheses, anything may be meant.
  if (pieces.some((piece) => piece === "(" || piece === ")")) return undefined;
  let value: string | undefined;
  for (const command of split(pieces)) {
    const [first = "", ...others] = command.map(asOperand);
    const given = value === undefined ? others : [value.includes(" ") ? `(${value})` : value, ...others];
    value = isOperand(command[0] ?? "") ? first : call(first, given);
  }
  return value;
}

function split(pieces: readonly string[]): string[][] {
  const commands: string[][] = [[]];
  for (const piece of pieces)
    if (piece === "|") commands.push([]);
    else commands.at(-1)?.push(piece);
  return commands.filter((command) => command.length > 0);
}

function call(name: string, given: readonly string[]): string {
  const [first = ""] = given;
  switch (name) {
    case "len":
      return /^[\w.@]+$/.test(first) ? `${first}.length` : [name, ...given].join(" ");
    case "index":
      return ["lookup", ...given].join(" ");
    case "json":
    case "toJson":
    case "toPrettyJson":
      return `json ${first}`;
    case "print":
    case "html":
      return given.length === 1 ? first : [name, ...given].join(" ");
    case "printf": {
      const value = given[1];
      return /^"%[sv]"$/.test(first) && given.length === 2 && value !== undefined ? value : [name, ...given].join(" ");
    }
    default:
      return [name, ...given].join(" ");
  }
}

/** A condition with the signs of other languages: `Kind == "a" && Ready`. */
function readCondition(pipeline: string): string | undefined {
  const pieces = pipeline.match(PIECE) ?? [];
  const [name = "", ...others] = pieces;
  if (pieces.length === 1) return isOperand(name) ? asOperand(name) : undefined;
  const given = readOperands(others);
  if (given === undefined) return undefined;
  if (name === "not") return given.length === 1 ? `!${given[0]}` : undefined;
  const sign = SIGNS.get(name);
  return sign === undefined || given.length < 2 ? undefined : given.join(` ${sign} `);
}

/** The operands of a condition; those in parentheses are conditions or lengths themselves. */
function readOperands(pieces: readonly string[]): string[] | undefined {
  const operands: string[] = [];
  for (let at = 0; at < pieces.length; at++) {
    if (pieces[at] !== "(") {
      operands.push(asOperand(pieces[at] ?? ""));
      continue;
    }
    const end = pieces.indexOf(")", at);
    const inner = pieces.slice(at + 1, end === -1 ? undefined : end);
    const operand =
      inner[0] === "len" && inner.length === 2 ? `${asOperand(inner[1] ?? "")}.length` : readCondition(inner.join(" "));
    if (end === -1 || operand === undefined || inner.includes("(")) return undefined;
    operands.push(/[\s!]/.test(operand) ? `(${operand})` : operand);
    at = end;
  }
  return operands;
}

function isOperand(piece: string): boolean {
  return /^[.$"'`\d-]|^(?:true|false|nil)$/.test(piece);
}

/** `.Name` → `Name`, `$.Name` → `@root.Name`, `$x` → `x`, `.` → `this`. */
function asOperand(piece: string): string {
  if (piece === ".") return "this";
  if (piece === "$") return "@root";
  if (piece.startsWith("$.")) return `@root${piece.slice(1)}`;
  if (/^`[^"]*`$/.test(piece)) return `"${piece.slice(1, -1)}"`;
  return piece.replace(/^[.$](?=[A-Za-z_])/, "");
}

function baseName(path: string): string {
  return path.replace(/\.(?:tmpl|tpl|html|gotmpl|txt|md)$/, "").replace(/^_/, "");
}
