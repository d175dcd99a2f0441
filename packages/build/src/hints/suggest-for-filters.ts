// Filters of Jinja and Liquid: `{{title | upper}}`, `{{tags | join(", ")}}`, `{{tags | join: ", "}}`, `{{data | tojson}}`.

import { MAX_READ, VALUE } from "./condition.js";
import { suggestFallback } from "./suggest-fallback.js";

const ARGUMENT = String.raw`(?:\w+\s*=\s*)?${VALUE}`;
const ARGUMENTS = String.raw`${ARGUMENT}(?:\s*,\s*${ARGUMENT})*`;
/** Jinja puts arguments in parentheses, Liquid behind a colon. */
const FILTER = String.raw`\|\s*[A-Za-z_][\w.]*\s*(?:\(\s*(?:${ARGUMENTS})?\s*\)\s*|:\s*${ARGUMENTS}\s*)?`;
const FILTERED = new RegExp(String.raw`^(${VALUE})\s*((?:${FILTER})+)$`);

const JSON_FILTERS = ["json", "tojson", "to_json", "toJson", "dump", "jsonify"];
/** Filters that turn escaping on or off. Prompts are never escaped. */
const ESCAPING = ["safe", "raw", "e", "escape"];
const COUNTING = ["length", "count", "size"];

/** @param inside A tag's text between its braces. */
export function suggestForFilters(inside: string): string | undefined {
  const [, value, chain = ""] = FILTERED.exec(inside.slice(0, MAX_READ)) ?? [];
  if (value === undefined) return undefined;
  const filters = (chain.match(new RegExp(FILTER, "g")) ?? [])
    .map((filter) => {
      const [name = ""] = /[\w.]+/.exec(filter) ?? [];
      const given = filter.slice(filter.indexOf(name) + name.length).replace(/^\s*:/, "");
      return { name, given: given.match(new RegExp(ARGUMENT, "g")) ?? [] };
    })
    .filter(({ name }) => !ESCAPING.includes(name));
  const [first, ...others] = filters;
  if (first === undefined) return `write {{${value}}}: nothing is escaped`;
  if (first.name === "default" && others.length === 0) return suggestFallback(value, first.given[0]);
  // No helper can supply a default for a missing value.
  if (filters.some(({ name }) => name === "default")) return suggestFallback(undefined, undefined);
  if (COUNTING.includes(first.name) && others.length === 0) return `write {{${value}.length}}`;
  const isOwn = ({ name }: { name: string }) => !JSON_FILTERS.includes(name);
  const written = filters.reduce((inner, filter) => {
    const operand = inner.includes(" ") && !/^["']/.test(inner) ? `(${inner})` : inner;
    if (isOwn(filter)) return [filter.name, operand, ...filter.given].join(" ");
    const indent = filter.given.find((argument) => /^indent\s*=/.test(argument))?.replace(/\s/g, "");
    return ["json", operand, ...(indent === undefined ? [] : [indent])].join(" ");
  }, value);
  return filters.some(isOwn) ? `call a helper of your own: {{${written}}}` : `write {{${written}}}`;
}
