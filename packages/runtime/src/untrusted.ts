// Values that come from outside: a type that keeps them out of other variables, and the delimiters that `{{untrusted value}}` inserts
// them between.

import { isArray } from "./safe-members.js";
import { murmur3 } from "./split.js";
import { asJson, asText } from "./template.js";

/**
 * A value from outside, such as a user's text or a page of the web. Variables that the schema marks as `untrusted` take it; for all
 * others it is a type error. It exists in types only: at run time, it is the value itself, and has no such member.
 */
export interface Untrusted<out T> {
  readonly "~untrusted": T;
}

/** What a variable takes that the schema marks as `untrusted`. */
export type MaybeUntrusted<T> = T | Untrusted<T>;

/**
 * Marks a value as one from outside.
 *
 * @example
 * const query = untrusted(request.body.query);
 */
export const untrusted = <T>(value: T): Untrusted<T> => value as T & Untrusted<T>;

/** The value without its mark: for values that you have checked, and for code that no prompt is made of. */
export const trust = <T>(value: Untrusted<T>): T => value as T & Untrusted<T>;

/**
 * `{{untrusted value}}`: the value between `<untrusted-1234567890>` and `</untrusted-1234567890>`. Lists and objects are JSON text.
 * Nothing is inserted for null and undefined.
 *
 * The number is computed from the value until the value does not contain it, so that the value cannot end where it wants.
 */
export function delimit(value: unknown): string {
  const text = isContainer(value) ? asJson(value) : asText(value);
  if (text === "" && typeof value !== "string") return "";
  const digits = digitsIn(text);
  let number = "";
  for (let salt = 0; number === "" || digits.includes(number); salt++)
    number = String(murmur3(`${salt}:${text}`)).padStart(10, "0");
  return `<untrusted-${number}>${text}</untrusted-${number}>`;
}

/** Lists and plain objects. An instance of a class with a text of its own, such as a Date, has that text. */
const isContainer = (value: unknown): boolean =>
  typeof value === "object" && (isArray(value) || asText(value) === "[object Object]");

/**
 * All digits of a text, without whatever is between them. A number that is not in them is not in the text either: not with spaces or
 * invisible characters inside, in full width, or in the decimal digits of another script. Other numerals, such as `四`, do not count.
 */
function digitsIn(text: string): string {
  const known = new Map<string, string>();
  // One by one: V8 runs out of stack in a match of millions of characters, and takes minutes to normalize a million combining marks.
  const characters = text.match(/[\p{N}\p{So}]/gu) ?? [];
  for (const character of characters) if (!known.has(character)) known.set(character, digitsOf(character));
  return characters.map((character) => known.get(character)).join("");
}

/** The digits of a character, such as `١`, `１`, `①` or `½`. */
const digitsOf = (character: string): string =>
  (character.normalize("NFKC").match(/\p{Nd}/gu) ?? []).map(digitValue).join("");

/** The digits of a script follow each other, from 0 to 9. Those of two scripts may adjoin, such as at U+116DA. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before++;
  return before % 10;
}
