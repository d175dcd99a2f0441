// The values of a compiled template, by the rules of Handlebars 4.7.10 (noEscape) for text, truth and look-up. Unlike
// Handlebars, prototypes are never reached and functions found in data are never called.

import { getPrototypeOf, isArray, isPlain, ownProperty } from "./safe-members.js";

/** A value as text: empty for null and undefined, otherwise as String() writes it. Functions in data are not called. */
export const asText = (value: unknown): string => (typeof value === "string" ? value : otherText(value));

/** @param around The lists that contain the value. A list that contains itself has no text there, as in JavaScript. */
const otherText = (value: unknown, around?: Set<unknown>): string =>
  value === null ||
  value === undefined ||
  typeof value === "function" ||
  typeof value === "symbol" ||
  around?.has(value)
    ? ""
    : isArray(value)
      ? listText(value, around ?? new Set())
      : // A class may define a text for its instances, as Date does. A plain object cannot, whatever it contains.
        typeof value === "object" && (isPlain(value) || !getPrototypeOf(value)?.toString)
        ? "[object Object]"
        : `${value}`;

/** How many items of a list are rendered. A list without items that claims to have a hundred million would take minutes. */
const MOST_ITEMS = 10_000_000;

function refuseEndless(value: unknown): void {
  if (isArray(value) && value.length > MOST_ITEMS)
    throw new RangeError(`a list of ${value.length} items: at most ${MOST_ITEMS} can be rendered`);
}

function listText(list: readonly unknown[], around: Set<unknown>): string {
  refuseEndless(list);
  around.add(list);
  const text = list.map((item) => otherText(item, around)).join(",");
  around.delete(list);
  return text;
}

/** `{{lookup object key}}`: a falsy object is its own result. */
export function lookup(object: unknown, key: unknown): unknown {
  return object ? ownProperty(object, String(key)) : object;
}

/** The test of `{{#if}}`: neither falsy nor an empty array. */
export function isPresent(value: unknown): boolean {
  return typeof value === "object" && value !== null ? !isEmptyList(value) : Boolean(value);
}

function isEmptyList(value: object): boolean {
  return isArray(value) && value.length === 0;
}

/** `{{#if value includeZero=true}}`. */
export function isPresentOrZero(value: unknown): boolean {
  return value === 0 || isPresent(value);
}

/** `{{json value indent=2}}`: JSON text; empty for a value that JSON cannot express. */
export function asJson(value: unknown, indent?: unknown): string {
  refuseEndless(value);
  // The input itself, or an object with a list.
  if (isPlain(value)) Object.values(value).forEach(refuseEndless);
  return JSON.stringify(value, null, (indent || 0) as string | number) ?? "";
}

/** A partial's context with its hash arguments: a new object, whatever the context is. */
export function extend(context: unknown, entries: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { ...(context as object), ...entries };
}

/** The text of a partial that is alone on an indented line. */
export function indentLines(value: string, indent: string): string {
  if (value === "") return value;
  const lines = value.split("\n");
  const isClosed = lines.at(-1) === "";
  return lines.map((line, index) => (isClosed && index === lines.length - 1 ? line : indent + line)).join("\n");
}
