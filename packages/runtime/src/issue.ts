// One thing that is wrong with a value, in words that a caller can act on. What is one expression is an arrow function here and
// in the files beside this one: it is smaller in bundles.

import type { JsonSchema } from "./json-schema.js";
import { nearest } from "./nearest.js";

export interface Issue {
  /** Where: `query`, `user.name`, `items[2]`; empty for the value as a whole. */
  readonly path: string;
  /** What should be there: `a string`. */
  readonly expected: string;
  /** What is there: `nothing`, `a number (42)`. */
  readonly actual: string;
  /** A name that was given and probably meant for this one. */
  readonly given?: string;
}

/** Finds everything that is wrong with a value; nothing when it fits. */
export type Check = (value: unknown) => Issue[];

export const issueAt = (path: string, expected: string, value?: unknown): Issue => ({
  path,
  expected,
  actual: describe(value),
});

/**
 * A member that is not there.
 * @param path Where the object is that it is missing from.
 * @param isKnown Whether a name of the object is one that the schema has, and so was meant as it stands.
 */
export function missingAt(
  path: string,
  name: string,
  expected: string,
  object: object,
  isKnown: (name: string) => boolean,
): Issue {
  const issue = issueAt(memberPath(path, name), expected);
  const near = nearest(
    name,
    Object.keys(object).filter((given) => !isKnown(given)),
  );
  return near ? { ...issue, given: memberPath(path, near) } : issue;
}

/** Where a member is: `user.name`; of a list `items[2]`. */
export const memberPath = (path: string, key: string | number): string =>
  typeof key === "number" ? `${path}[${key}]` : path ? `${path}.${key}` : key;

/** What a schema wants, as far as it names values or a type. */
export function expectation(schema: JsonSchema): string {
  const { type, enum: allowed } = schema as { type?: string | readonly string[]; enum?: readonly unknown[] };
  if (allowed) return `one of ${allowed.map((value) => JSON.stringify(value)).join(", ")}`;
  return type ? [type].flat().map(withArticle).join(" or ") : "a value";
}

const withArticle = (noun: string): string =>
  noun === "null" ? noun : `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;

/** What a value is, with its text where that is short. */
export function describe(value: unknown): string {
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (value === undefined || value === null) return value === null ? "null" : "nothing";
  const shown = typeof value === "string" ? JSON.stringify(value) : Object(value) === value ? "" : String(value);
  const text = shown.length > 60 ? `${shown.slice(0, 57)}…` : shown;
  return withArticle(typeof value) + (shown && ` (${text})`);
}
