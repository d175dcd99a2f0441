// One thing that is wrong with a value, in words that a caller can act on. Here and in the files beside this one, a function
// that is one expression is an arrow function, which is smaller in bundles.

import { nearest } from "./nearest.js";
import { isArray } from "./safe-members.js";

export interface Issue {
  /** Where: `query`, `user.name`, `items[2]`; empty for the value as a whole. */
  readonly path: string;
  /** What should be there: `a string`; `no such property` for a property that the schema does not allow. */
  readonly expected: string;
  /** What is there: `nothing`, `a number (42)`. */
  readonly actual: string;
  /** A name in the value that is probably a misspelling of this one. */
  readonly given?: string;
}

/** An issue that programs can place: no key has to be read from words. */
export interface PlacedIssue extends Issue {
  /** The keys that lead to the place: names, and numbers in lists. Not enumerable: issues are printed without it. */
  readonly keys: readonly Key[];
}

/** Finds everything that is wrong with a value; nothing when it fits. */
export type Check = (value: unknown) => PlacedIssue[];

type Key = string | number;

/** Where a value is within another: its key, and where the object or list is. `undefined` is the value as a whole. */
export type Path = { readonly parent: Path; readonly key: Key } | undefined;

/** Where a member is. */
export const memberPath = (parent: Path, key: Key): Path => ({ parent, key });

/** `user.name`; of a list `items[2]`. */
const inWords = (path: Path): string => {
  if (!path) return "";
  const { parent, key } = path;
  return typeof key === "number" ? `${inWords(parent)}[${key}]` : parent ? `${inWords(parent)}.${key}` : key;
};

const keysOf = (path: Path): Key[] => (path ? [...keysOf(path.parent), path.key] : []);

/** Adds its keys to an issue. */
export const placed = (issue: Issue, keys: readonly Key[]): PlacedIssue =>
  Object.defineProperty(issue, "keys", { value: keys }) as PlacedIssue;

/** @param actual What is there, in words. */
export const issueWith = (path: Path, expected: string, actual: string, given?: Path): PlacedIssue =>
  placed({ path: inWords(path), expected, actual, ...(given && { given: inWords(given) }) }, keysOf(path));

export const issueAt = (path: Path, expected: string, value?: unknown): PlacedIssue =>
  issueWith(path, expected, describeValue(value));

/**
 * A missing member.
 *
 * @param path Where the object is that it is missing from.
 * @param unknown Names in the object that the schema does not have: one of them may be a misspelling.
 */
export function missingAt(path: Path, name: string, expected: string, unknown: readonly string[]): PlacedIssue {
  const near = nearest(name, unknown.slice(0, 10 * MOST_ISSUES));
  const given = near ? memberPath(path, near) : undefined;
  return issueWith(memberPath(path, name), expected, describeValue(undefined), given);
}

/** What a schema expects, as far as it names values or a type. */
export const expectation = ({ type, enum: allowed }: ExpectedValues): string =>
  allowed
    ? `one of ${allowed.map((value) => JSON.stringify(value)).join(", ")}`
    : type
      ? [type].flat().map(withArticle).join(" or ")
      : "a value";

interface ExpectedValues {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
}

/** What an issue expects where a property should not exist. */
export const NO_PROPERTY = "no such property";

/** `an Error`, `a string`. */
export const withArticle = (noun: string): string =>
  noun === "null" ? noun : `a${/^[aeioAEIO]/.test(noun) ? "n" : ""} ${noun}`;

/** What a value is, with its text where that is short. Reads nothing that could throw. */
export function describeValue(value: unknown): string {
  if (value === undefined || value === null) return value === null ? "null" : "nothing";
  if (Object(value) === value) return describeObject(value);
  const shown = typeof value === "string" ? JSON.stringify(value.slice(0, 60)) : String(value);
  return `${withArticle(typeof value)} (${shorten(shown)})`;
}

/** `an array of 3`, `a Map`, `a function`; `an object` for all that have no name of their own. */
function describeObject(value: unknown): string {
  try {
    if (isArray(value)) return `an array of ${value.length}`;
    const name = Object.prototype.toString.call(value).slice(8, -1);
    return withArticle(typeof value === "function" || name === "Object" ? typeof value : shorten(name));
  } catch {
    // A Proxy may throw.
    return withArticle(typeof value);
  }
}

/** A text of at most 60 characters. */
export const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);

/** A text for one line of a message: at most 60 characters, with escapes for what would break or reorder the line. */
export const inLine = (text: string): string =>
  shorten(text).replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (character) => `\\u${character.codePointAt(0)?.toString(16).padStart(4, "0")}`,
  );

/** How many issues of a value are listed: a list of a million wrong items gets no message of its size. */
export const MOST_ISSUES = 100;
