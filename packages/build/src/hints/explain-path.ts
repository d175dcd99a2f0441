// Paths as JavaScript and Python write them: `tags[0]`, `title.upper()`, `upper(title)`.

import type { Tag } from "../language/scan-tags.js";
import { suggestCondition } from "./condition.js";
import type { Explanation } from "./explain-blocks.js";

/** How much of a path is read for a hint. */
const MAX_SHOWN = 300;

const NAME_CHARACTER = String.raw`[^\s"'[\](){}|=,;!<>&+*%~]`;
const NAME = `${NAME_CHARACTER}+`;
const ARGUMENT = `(?:"[^"]*"|'[^']*'|${NAME})`;
const INDEXED = new RegExp(String.raw`^${NAME}(?:\[[^\]]*\]|\.${NAME})+`);
const CALLED = new RegExp(String.raw`^(${NAME})\(\s*(${ARGUMENT}(?:\s*,\s*${ARGUMENT})*)?\s*\)`);

const JSON_CALLS = ["JSON.stringify", "json", "tojson", "toJson", "toJSON", "to_json", "json_encode", "json.dumps"];

const BEFORE = new RegExp(NAME_CHARACTER);
const OPENED = new RegExp(String.raw`^${NAME}\(`);
const INDEXED_BY_NAME = new RegExp(String.raw`^(${NAME})\[(${NAME})\]$`);

/**
 * `tags[0]`, `title.upper()` and `upper(title)` of JavaScript and Python. The parser stops at the name before the
 * bracket.
 */
export function explainPath(text: string, { start, end, inside }: Tag, at: number): Explanation | undefined {
  // The whole path: the parser has read the first names of `a.b.c(`.
  let from = at;
  if (text[at - 1] === ".") while (from > start + 2 && BEFORE.test(text[from - 1] ?? "")) from--;
  const path = text.slice(from, Math.min(end ?? text.length, from + MAX_SHOWN));
  const isWhole = (length: number) =>
    /^\{\{\{?~?\s*$/.test(text.slice(start, from)) && /^\s*~?\}/.test(path.slice(length));
  const indexed = INDEXED.exec(path)?.[0];
  const bracket = indexed?.indexOf("[") ?? -1;
  if (indexed !== undefined && bracket > 0 && !indexed.slice(0, bracket).endsWith(".")) {
    const length = indexed.indexOf("]", bracket) + 1 - bracket;
    return {
      problem: "a path can contain brackets only after a dot",
      instead: suggestForIndex(indexed, isWhole(indexed.length)),
      start: from + bracket,
      end: from + bracket + length,
    };
  }
  const byNumber = explainNumbers(text, start, at);
  if (byNumber !== undefined) return byNumber;
  const [call, name, given] = CALLED.exec(path) ?? [];
  const [opened] = OPENED.exec(path) ?? [];
  if (opened === undefined) return undefined;
  const problem = "a tag cannot call functions: `(` is not allowed here";
  const range = { start: from + opened.length - 1, end: from + opened.length };
  const meant = suggestForKnownCall(inside, opened.slice(0, -1), call === undefined ? undefined : given);
  if (meant !== undefined) return { problem, instead: meant, ...range };
  if (call === undefined || name === undefined || !/^[\s~})]/.test(path.slice(call.length)))
    return { problem, instead: undefined, ...range };
  const helper = name.slice(name.lastIndexOf(".") + 1);
  const values = [
    ...(name.includes(".") ? [name.slice(0, name.lastIndexOf("."))] : []),
    ...(given?.match(new RegExp(ARGUMENT, "g")) ?? []),
  ];
  const written = [helper, ...values].join(" ");
  const instead = `call a helper of your own: ${isWhole(call.length) ? `{{${written}}}` : `(${written})`}`;
  return { problem, instead, ...range };
}

/** `items.0` of Mustache and Liquid, and `../@index`: where the parser stops at a part that a path cannot have there. */
function explainNumbers(text: string, tagStart: number, at: number): Explanation | undefined {
  let start = at;
  while (start > tagStart + 2 && BEFORE.test(text[start - 1] ?? "")) start--;
  const [path = ""] = new RegExp(`^${NAME}`).exec(text.slice(start, start + MAX_SHOWN)) ?? [];
  const problem = `\`${text.slice(at, start + path.length).replace(/[./].*$/, "")}\` is not allowed here`;
  const range = { start: at, end: start + path.length };
  if (/^[A-Za-z_$@.][\w$@./-]*\.\d/.test(path)) {
    const written = path.replace(/\.(\d+)(?=\.|$)/g, ".[$1]");
    return { problem, instead: `write ${written}`, ...range, fix: { start, end: range.end, text: written } };
  }
  const [, up = "", name] = /^((?:\.\.\/)+)@(\w+)$/.exec(path) ?? [];
  const fix = { start, end: range.end, text: `@${up}${name}` };
  return name === undefined ? undefined : { problem, instead: `write ${fix.text}`, ...range, fix };
}

/**
 * Calls that mean a block, a partial, or what needs no helper of one's own: `{{#if(title)}}`, `{{> include("x")}}`,
 * `{{JSON.stringify(x)}}`.
 */
function suggestForKnownCall(inside: string, name: string, given: string | undefined): string | undefined {
  const [first] = given?.match(new RegExp(ARGUMENT, "g")) ?? [];
  const [, opener, block, condition] = /^(#|else\s+)(if|unless|each|with)(\(.*)$/s.exec(inside) ?? [];
  if (opener !== undefined && block === name) {
    if (name === "if" || name === "unless") return suggestCondition(opener, name, condition ?? "");
    return first && `write {{#${name} ${first}}}…{{/${name}}}`;
  }
  if (inside.startsWith(">")) {
    const isKeyword = name === "partial" || name === "include";
    return isKeyword && first !== undefined
      ? `write {{> ${first.replace(/^["']|["']$/g, "")}}}`
      : `a partial gets values by their names: {{> ${name} name=…}}`;
  }
  // `_.role("user")` of BAML.
  if (/(?:^|\.)role$/.test(name) && first !== undefined && /^["']/.test(first)) return `write {{role ${first}}}`;
  if (JSON_CALLS.includes(name))
    return (
      first && `write ${/^[^(]*\)$/.test(inside.slice(name.length + 1)) ? `{{json ${first}}}` : `(json ${first})`}`
    );
  // Nunjucks and Jinja: the text that a macro is called with, and that of the template which is extended.
  if (name === "caller") return "write {{> @partial-block}}";
  if (name === "super") return "templates do not extend others: write the text here, or include it as a partial";
  if (name === "Object.keys" && first !== undefined) return `loop over it: {{#each ${first}}}{{@key}}{{/each}}`;
  return /^(?:Math|Object|Array|Number|String|Date|console)\./.test(name)
    ? "compute it before rendering, or call a helper of your own"
    : undefined;
}

/** `tags[0]` → `tags.[0]`, `user["name"]` → `user.name`, `tags[n]` → `lookup tags n`. */
function suggestForIndex(path: string, isWhole: boolean): string | undefined {
  // `tags[-1]` and `tags[:3]` of Python.
  const [, sliced, last] = /^([^[]+)\[(?:(-1)|-?\d*:-?\d*|-\d+)\]$/.exec(path) ?? [];
  if (sliced !== undefined)
    return last === undefined
      ? "compute it before rendering, or call a helper of your own"
      : `loop over it: {{#each ${sliced}}}{{#if @last}}…{{/if}}{{/each}}`;
  const [, list, key] = INDEXED_BY_NAME.exec(path) ?? [];
  if (list !== undefined && key !== undefined && !/^\d+$/.test(key))
    return !/^[A-Za-z_$][\w$.]*$/.test(key)
      ? undefined
      : `write ${isWhole ? `{{lookup ${list} ${key}}}` : `(lookup ${list} ${key})`}`;
  if (!/^[^[]+(?:(?<!\.)\[(?:\d+|"[^"]*"|'[^']*')\]|\.[^[.]+)+$/.test(path)) return undefined;
  const written = path.replace(/\[(\d+|"[^"]*"|'[^']*')\]/g, (_, index: string) => {
    const member = index.replace(/^["']|["']$/g, "");
    return /^[A-Za-z_$][\w$]*$/.test(member) ? `.${member}` : `.[${member}]`;
  });
  return `write ${written}`;
}
