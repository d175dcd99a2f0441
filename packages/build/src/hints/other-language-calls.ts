// Tags that parse as calls but mean something else in another template language: `{{title or "none"}}`, `(eq a b)`,
// `{{elif x}}`, `{{#each item in items}}`, `{{- title -}}`.

import type { BlockHelper } from "../language/language.js";
import { offsets, type Span } from "../language/syntax.js";
import type { SourceText } from "../text/source-text.js";
import { MAX_READ, suggestCondition } from "./condition.js";
import { suggestForGoAction } from "./go-actions.js";
import { isElseIf } from "./other-languages.js";
import { suggestFallback } from "./suggest-fallback.js";
import { operatorOf, suggestComparison, suggestForOperator } from "./suggest-for-operator.js";

export interface OtherLanguageWord {
  readonly written: string;
  readonly span: Span;
  readonly instead: string | undefined;
}

type Parameters = readonly hbs.AST.Expression[];

/** `{{title.}}`: the parser reads the dot as an argument, the context. */
export function findTrailingDot(parameters: Parameters, source: SourceText): OtherLanguageWord | undefined {
  for (const parameter of parameters) {
    const span = offsets(parameter, source);
    const [start] = span;
    if (wordOf(parameter) !== "." || !/[\w\])]/.test(source.text[start - 1] ?? "")) continue;
    const [path = ""] = /[^\s{(=~]+$/.exec(textBefore(start, source)) ?? [];
    return { written: ".", span, instead: path === "" ? undefined : `write ${path}` };
  }
  return undefined;
}

/** `{{- title -}}` of Jinja and Go. */
export function findHyphen(
  path: hbs.AST.PathExpression,
  parameters: Parameters,
  source: SourceText,
): OtherLanguageWord | undefined {
  const last = parameters.at(-1);
  const [isFirst, isLast] = [path.original === "-", last !== undefined && wordOf(last) === "-"];
  const lastSpan = last && offsets(last, source);
  if (!isFirst && (lastSpan === undefined || !isLast || !source.text.startsWith("}}", lastSpan[1]))) return undefined;
  const values = parameters.slice(0, isLast ? -1 : undefined).map((parameter) => textOf(parameter, source));
  const words = isFirst ? values : [textOf(path, source), ...values];
  const [keyword] = words;
  const sign = ["if", "unless", "each", "with"].includes(keyword ?? "") ? "#" : "";
  const isKnown = words.length === 1 || sign !== "";
  const instead =
    keyword === "end"
      ? "write {{/…}} with the block's name"
      : isKnown
        ? `write {{${isFirst ? "~" : ""}${sign}${words.join(" ")}${isLast ? "~" : ""}}}`
        : "write ~ instead";
  return { written: "-", span: isFirst || lastSpan === undefined ? offsets(path, source) : lastSpan, instead };
}

/** An operator among a call's arguments. */
export function findOperator(
  path: hbs.AST.PathExpression,
  parameters: Parameters,
  source: SourceText,
): OtherLanguageWord | undefined {
  // Anything longer may be a sentence in braces.
  const [first, , colon] = parameters.map(wordOf);
  const isTernary = first === "?" && colon === ":" && parameters.length === 4;
  if (!isTernary && (parameters.length !== 2 || first === "not" || first === "?")) return undefined;
  return operatorAmong(parameters.slice(0, 1), source, textFrom([path, ...parameters], source));
}

/** What is meant by arguments that a block does not take. */
export function findOperatorOrLoop(
  name: BlockHelper,
  { params, path }: Pick<hbs.AST.BlockStatement, "params" | "path">,
  source: SourceText,
): OtherLanguageWord | undefined {
  const opener = openerOf(path, source);
  if (name === "if" || name === "unless")
    return operatorAmong(params, source, `${opener}${name} ${textFrom(params, source)}`);
  const [first, word, last] = params;
  if (
    (name !== "each" && name !== "with") ||
    first === undefined ||
    word === undefined ||
    last === undefined ||
    params.length !== 3
  )
    return undefined;
  const written = wordOf(word);
  const isSwapped = name === "each" && (written === "in" || written === "of");
  if (!isSwapped && written !== "as") return undefined;
  const [list, item] = isSwapped ? [last, first] : [first, last];
  const instead = `write {{#${name} ${textOf(list, source)} as |${textOf(item, source)}|}}`;
  return { written, span: offsets(word, source), instead };
}

/** `{{#if title = "a"}}`: the parser reads a named argument. */
export function findComparison(
  name: BlockHelper,
  { params, hash, path }: Pick<hbs.AST.BlockStatement, "params" | "hash" | "path">,
  source: SourceText,
): OtherLanguageWord | undefined {
  const [pair, ...others] = (hash as hbs.AST.Hash | undefined)?.pairs ?? [];
  if ((name !== "if" && name !== "unless") || pair === undefined || pair.key === "includeZero") return undefined;
  if (params.length > 0 || others.length > 0) return undefined;
  const value = textOf(pair.value, source);
  const instead = suggestComparison(name === "if", openerOf(path, source), pair.key, value);
  return { written: "=", span: offsets(pair, source), instead };
}

/** Helpers that other template libraries have, or keywords that parse as helpers. */
export function suggestForHelper(
  helper: string,
  path: hbs.AST.PathExpression,
  parameters: Parameters,
  source: SourceText,
): string | undefined {
  const values = parameters.map((parameter) => textOf(parameter, source));
  const [a, b] = values;
  // `{{#if (and (eq a b) c)}}`: an argument needs rewriting as well.
  const isPlain = !values.some((value) => value.startsWith("("));
  const isPair = values.length === 2 && isPlain;
  const isNegated = /\bunless\s*\(\s*$/.test(textBefore(offsets(path, source)[0], source));
  switch (helper) {
    case "eq":
    case "equal":
    case "equals":
    case "is":
    case "ne":
    case "neq":
    case "isnt":
    case "notEquals": {
      const isEqual = !helper.startsWith("n") && helper !== "isnt";
      return isPair && a !== undefined && b !== undefined
        ? suggestComparison(isEqual !== isNegated, "", a, b)
        : undefined;
    }
    case "not":
      return values.length === 1 && isPlain
        ? `write {{#${isNegated ? "if" : "unless"} ${a}}}…{{/${isNegated ? "if" : "unless"}}}`
        : "write {{#unless …}}";
    case "and":
    case "or":
      if (isNegated) return undefined;
      return suggestForOperator(helper, isPair ? `#if ${a} ${helper} ${b}` : "#if …");
    case "gt":
    case "gte":
    case "lt":
    case "lte":
      return suggestForOperator("<", "#if …");
    case "default":
      return isPair ? suggestFallback(a, b) : undefined;
    case "for":
      return values.length === 3 && values[1] === "in"
        ? `write {{#each ${values[2]} as |${a}|}}…{{/each}}`
        : "write {{#each …}}…{{/each}}";
    case "foreach":
    case "forEach":
      return `write {{#each ${values.length === 1 ? a : "…"}}}…{{/each}}`;
    case "message": {
      // `{{#message role="system"}}…{{/message}}` of Semantic Kernel: the marker holds until the next one.
      const [, role] = /^[^}]*\brole\s*=\s*["'](\w+)["']/.exec(source.text.slice(offsets(path, source)[1])) ?? [];
      return role === undefined
        ? "roles are fixed: for messages that callers pass, write {{history}}"
        : `write {{role "${role}"}} before the message, and remove the closing tag`;
    }
    case "include":
      return `write {{> ${values.length === 1 && a !== undefined ? a.replace(/^["']|["']$/g, "") : "partial"}}}`;
    default:
      if (helper.endsWith(":")) return "write \\{{ if the braces are text";
      if (isElseIf(helper)) return suggestCondition("else ", "if", values.join(" ")) ?? "write {{else if …}}";
      return (
        (values.length === 0 ? suggestWithoutParentheses(path, source) : undefined) ?? suggestForFunction(path, source)
      );
  }
}

/** `{{recall $topic}}` and `{{Clock.Now zone="UTC"}}` of Semantic Kernel, `{{template "header" .}}` of Go. */
function suggestForFunction(path: hbs.AST.PathExpression, source: SourceText): string | undefined {
  const [start, end] = offsets(path, source);
  const [given] = /^(?:"[^"]*"|'[^']*'|[^"'{}()|])*(?=\}\})/.exec(source.text.slice(end, end + MAX_READ)) ?? [];
  if (given === undefined || !/\{\{~?\s*$/.test(textBefore(start, source))) return undefined;
  const go = suggestForGoAction(source.text.slice(start, end) + given);
  if (go !== undefined) return go;
  const isOfPlugin = path.original.includes(".") && /["'=]/.test(given);
  const written = given.replace(/~?\s*$/, "").replace(/([\s=])\$(?=[A-Za-z_])/g, "$1");
  return isOfPlugin || written !== given.replace(/~?\s*$/, "")
    ? `call a helper of your own: {{${path.original.replace(/^.*\./, "")}${written}}}`
    : undefined;
}

/** `{{#if (title)}}`: a variable in parentheses is a call. */
function suggestWithoutParentheses(path: hbs.AST.PathExpression, source: SourceText): string | undefined {
  const [start, end] = offsets(path, source);
  if (!/\(\s*$/.test(textBefore(start, source))) return undefined;
  const [, opener] = /\{\{~?((?:#|else\s+)\w+)\s*\(\s*$/.exec(textBefore(start, source)) ?? [];
  const isWhole = /^\s*\)\s*~?\}\}/.test(source.text.slice(end, end + 100));
  const written = opener === undefined || !isWhole ? path.original : `{{${opener} ${path.original}}}`;
  return `variables are written without parentheses: write ${written}`;
}

function operatorAmong(parameters: Parameters, source: SourceText, inside: string): OtherLanguageWord | undefined {
  for (const [index, parameter] of parameters.entries()) {
    const word = wordOf(parameter);
    if (word === undefined || operatorOf(word) === undefined) continue;
    const next = parameters[index + 1];
    const isNot = word === "is" && next !== undefined && wordOf(next) === "not";
    const [start, end] = offsets(parameter, source);
    const span: Span = [start, isNot ? offsets(next, source)[1] : end];
    const written = isNot ? "is not" : word;
    return { written, span, instead: suggestForOperator(written, inside) };
  }
  return undefined;
}

/** The text before a block's name in its tag: `#`, or `else ` within a chain. */
function openerOf(path: hbs.AST.Node, source: SourceText): string {
  return /else\s+$/.test(textBefore(offsets(path, source)[0], source)) ? "else " : "#";
}

/** The text before an offset, as far back as it matters. */
function textBefore(offset: number, source: SourceText): string {
  return source.text.slice(Math.max(0, offset - 100), offset);
}

/** A path as it is written; `undefined` for anything else. */
function wordOf(expression: hbs.AST.Expression): string | undefined {
  return expression.type === "PathExpression" ? (expression as hbs.AST.PathExpression).original : undefined;
}

function textOf(node: hbs.AST.Node, source: SourceText): string {
  return source.text.slice(...offsets(node, source));
}

function textFrom(nodes: readonly hbs.AST.Node[], source: SourceText): string {
  const [first, last] = [nodes[0], nodes.at(-1)];
  return first === undefined || last === undefined
    ? ""
    : source.text.slice(offsets(first, source)[0], offsets(last, source)[1]);
}
