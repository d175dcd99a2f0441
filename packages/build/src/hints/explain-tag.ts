// What is wrong in the tag where the parser stopped: it never ends, or reads like an expression of another language.

import { scanTags, type Tag } from "../language/scan-tags.js";
import { MAX_READ } from "./condition.js";
import type { Explanation, Replacement } from "./explain-blocks.js";
import { openBlockAt } from "./explain-blocks.js";
import { explainPath } from "./explain-path.js";
import { suggestForGoAction } from "./go-actions.js";
import { asText } from "./suggest-fallback.js";
import { operatorAt, operatorOf, suggestForOperator } from "./suggest-for-operator.js";

/** For braces of code, JSON and other languages that are not a tag. */
export const BRACES_AS_TEXT =
  "if the braces are text, write \\{{, or put the text between {{{{raw}}}} and {{{{/raw}}}}";

/** @param at Where the parser stopped. */
export function explainTag(text: string, at: number): Explanation | undefined {
  for (const tag of scanTags(text)) {
    if (tag.kind !== "tag") {
      if (tag.end === undefined) return neverClosed(tag);
    } else if (tag.start <= at && at <= (tag.end ?? text.length)) {
      const found = explain(text, tag, at);
      if (found !== undefined || tag.end !== at) return found;
    } else if (tag.start > at) return explainComment(text, at);
  }
  return undefined;
}

/** Finds a comment or raw block that is never closed. The parser stops at another place, before it. */
function explainComment(text: string, from: number): Explanation | undefined {
  for (const tag of scanTags(text))
    if (tag.start > from && tag.kind !== "tag" && tag.end === undefined) return neverClosed(tag);
  return undefined;
}

function neverClosed({ kind, start, opening, inside }: Tag): Explanation {
  const end = start + opening.length;
  if (kind === "comment") {
    const closing = opening.endsWith("--") ? "--}}" : "}}";
    return { problem: "this comment is never closed", instead: `close it with ${closing}`, start, end };
  }
  if (kind === "raw") {
    const [, name = "raw"] = /^\{\{\{\{\s*([^\s{}]+)/.exec(opening) ?? [];
    const value = name === "raw" ? "" : `; to insert a variable, write {{${name}}}`;
    const instead = `close it with {{{{/${name}}}}}${value}`;
    return { problem: "this raw block is never closed", instead, start, end };
  }
  const closing = "}".repeat(opening.length);
  // What no tag begins with is text: a brace of JSON or of code.
  const instead = /^[\s"'}:,;]*$|^\s*["'}:,;]|^\s*\{/.test(inside) ? BRACES_AS_TEXT : `close it with ${closing}`;
  return { problem: "this tag is never closed", instead, start, end };
}

function explain(text: string, tag: Tag, at: number): Explanation | undefined {
  const { openString, singleBrace } = tag;
  if (openString !== undefined && openString <= at) {
    const instead = `close it with ${text[openString]}`;
    return { problem: "this string is never closed", instead, start: openString, end: openString + 1 };
  }
  if (singleBrace !== undefined && at === singleBrace && tag.opening === "{{")
    return {
      problem: "a tag ends with two braces",
      instead: "write }}; or \\{{ if the braces are text",
      start: at,
      end: at + 1,
    };
  if (tag.end === undefined) return explainNested(text, tag, at) ?? neverClosed(tag);
  return (
    explainBraces(text, tag, at) ??
    explainGo(text, tag, at) ??
    explainPath(text, tag, at) ??
    explainOperator(text, tag, at) ??
    explainJoin(text, tag, at) ??
    explainClosing(text, tag, at) ??
    explainCharacter(text, tag, at)
  );
}

/** `{{#if {{name}}}}` */
function explainNested(text: string, { start }: Tag, at: number): Explanation | undefined {
  if (at <= start || !text.startsWith("{{", at)) return undefined;
  const { value: inner } = scanTags(text, at).next();
  if (inner?.end === undefined || !/^[^{}\n]*\}\}/.test(text.slice(inner.end, inner.end + 100))) return undefined;
  const instead = inner.inside === "" ? BRACES_AS_TEXT : `write ${inner.inside}`;
  return { problem: "a tag cannot be inside another tag", instead, start: at, end: inner.end };
}

/** As many braces close a tag as open it. A brace of JSON behind a tag is what people mean, as often as not. */
function explainBraces(text: string, { start: from, opening, end = 0 }: Tag, at: number): Explanation | undefined {
  const closing = /\}+$/.exec(text.slice(Math.max(0, end - opening.length), end))?.[0].length ?? 0;
  const start = end - closing;
  if (at < start) return undefined;
  if (opening.length > closing)
    return {
      problem: `a tag that opens with ${opening} ends with ${"}".repeat(opening.length)}`,
      instead: `write ${"}".repeat(opening.length)}; or put a space after a brace that is text: { {{`,
      start,
      end,
    };
  if (opening.length > 2 || text[end] !== "}") return undefined;
  const problem = "a tag that opens with {{ ends with }}";
  const instead = "put a space before a brace that is text: }} }; or an empty comment: }}{{!}}}";
  // Behind a brace that is open, this one is text.
  const braces = text.slice(0, from).replace(/\{\{[^{}]*\}\}/g, "");
  const isText = braces.split("{").length > braces.split("}").length;
  const fix = isText ? { start: end, end, text: "{{!}}" } : undefined;
  return { problem, instead, start, end: end + 1, fix };
}

/** `as |item` without its second bar. */
const UNCLOSED_PARAMETERS = /\sas\s*\|([^|]*)$/;

function explainOperator(text: string, { start, inside, end }: Tag, at: number): Explanation | undefined {
  const found = operatorAt(text.slice(start, Math.min(end ?? text.length, at + 3)), at - start);
  if (found === undefined) return undefined;
  const { written } = found;
  const what = operatorOf(written) === "filter" ? "filters" : "operators";
  const from = start + found.start;
  if (UNCLOSED_PARAMETERS.test(inside)) return undefined;
  return {
    problem: `a tag has no ${what}: \`${written}\` is not allowed here`,
    instead: suggestForOperator(written, inside),
    start: from,
    end: from + written.length,
    fix: findPartialFix(text.slice(start, end), inside, { start, end }),
  };
}

const PIECE = String.raw`(?:"[^"]*"|'[^']*'|[\w.$@[\]-]+)`;
const JOINED = new RegExp(String.raw`^${PIECE}(?:\s*~\s*${PIECE})+$`);

/** `{{ first ~ " " ~ last }}` of Jinja. */
function explainJoin(text: string, { inside, start, end }: Tag, at: number): Explanation | undefined {
  if (!JOINED.test(inside.slice(0, MAX_READ))) return undefined;
  const sign = text.indexOf("~", Math.max(at - 1, start + 3));
  if (sign === -1 || sign >= (end ?? 0)) return undefined;
  const values = inside.match(new RegExp(PIECE, "g")) ?? [];
  const instead = `write ${values.map(asText).join("")}`;
  return { problem: "a tag inserts one value: `~` is not allowed here", instead, start: sign, end: sign + 1 };
}

/** `{{ > header }}` */
function findPartialFix(
  tag: string,
  inside: string,
  { start, end }: Pick<Tag, "start" | "end">,
): Replacement | undefined {
  const isPlain = /^>\s*[\w./-]+$/.test(inside) && /^\{\{\s+>/.test(tag);
  return isPlain && end !== undefined ? { start, end, text: `{{${inside}}}` } : undefined;
}

/** `{{/}}`, `{{/if title}}`, and `as |item` without its second bar. */
function explainClosing(text: string, { start, end = start, inside }: Tag, at: number): Explanation | undefined {
  if (inside === "/") {
    const name = openBlockAt(text, start);
    const fix = name === undefined ? undefined : { start, end, text: `{{/${name}}}` };
    return { problem: "a closing tag names its block", instead: fix && `write ${fix.text}`, start, end, fix };
  }
  // `{{// note}}` and `{{# note #}}`, as other languages write comments.
  const [, slashes, hashes] = /^(?:\/\/\s*(\S.*)|#\s*(\S.*?)\s*#)$/s.exec(inside) ?? [];
  const comment = slashes ?? hashes;
  if (comment !== undefined)
    return { problem: "this is not a comment of Handlebars", instead: `write {{! ${comment} }}`, start, end };
  const [, closed] = /^\/\s*([^\s()]+)\s/.exec(inside) ?? [];
  if (closed !== undefined)
    return { problem: "a closing tag contains only the block's name", instead: `write {{/${closed}}}`, start, end };
  const [, names] = UNCLOSED_PARAMETERS.exec(inside) ?? [];
  if (names === undefined) return undefined;
  const from = text.lastIndexOf("|", at);
  return {
    problem: "block parameters are written between two bars",
    instead: `write as |${names}|`,
    start: from,
    end: at,
  };
}

/** `as |a, b|`, and `{{#each key, value in data}}` of Python. */
function explainComma(inside: string): string | undefined {
  const [, names] = /\sas\s*\|([^|]*)\|$/.exec(inside) ?? [];
  if (names?.includes(",") === true)
    return `write as |${names
      .split(/[\s,]+/)
      .join(" ")
      .trim()}|`;
  const [, key, value, data] =
    /^#\s*(?:each|for|foreach)\s+([\w$]+)\s*,\s*([\w$]+)\s+(?:in|of)\s+([\w$.]+)(?:\.items\(\))?$/.exec(inside) ?? [];
  return key && `write {{#each ${data} as |${value} ${key}|}}…{{/each}}`;
}

/** The parser stops at the name before a character that cannot follow it, or at a word that has no place. */
function explainCharacter(text: string, { start: from, inside, end }: Tag, at: number): Explanation | undefined {
  const rest = text.slice(at, end);
  const [, alone] = /^\(\s*([\w.$@/]+)\s*\)$/.exec(inside) ?? [];
  if (alone !== undefined && rest.startsWith("("))
    return { problem: "a tag needs no parentheses", instead: `write {{${alone}}}`, start: at, end: at + 1 };
  const [, name, character] = /^(?=([^\s!-,./;->@[-^`{-~]+))\1([^\s./=)|\]}~])/.exec(rest) ?? [];
  if (name !== undefined && character !== undefined) {
    const start = at + name.length;
    const instead = character === "," ? explainComma(inside.slice(0, MAX_READ)) : undefined;
    return { problem: `\`${character}\` is not allowed in a tag`, instead, start, end: start + 1 };
  }
  const [word] = /^[^\s{}|()~]+/.exec(rest) ?? [];
  if (word === undefined) return undefined;
  const isBehindParameters = /\|[^|]*\|\s*$/.test(text.slice(from, at));
  const problem = `\`${word}\` is not allowed ${isBehindParameters ? "after block parameters" : "here"}`;
  return { problem, instead: undefined, start: at, end: at + word.length };
}

/** `{{.Query}}`, and all other actions of Go. */
function explainGo(text: string, { start, inside, end }: Tag, at: number): Explanation | undefined {
  const instead = suggestForGoAction(inside);
  if (instead === undefined) return undefined;
  const [word = ""] = at === start ? [text.slice(start, end)] : (/^[^\s{}|()~]+|^./.exec(text.slice(at, end)) ?? []);
  const isName = /^\.[A-Za-z_][\w.]*$/.test(inside) && word === inside;
  const fix = isName ? { start: at, end: at + word.length, text: word.slice(1) } : undefined;
  return { problem: `\`${word}\` is not allowed here`, instead, start: at, end: at + word.length, fix };
}
