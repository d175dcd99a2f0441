// One thing that is wrong with a value, in words that a caller can act on.

import { nearest } from "./nearest.js";
import type { JsonSchema } from "./prompt-types.js";

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

type Key = string | number;

export function issueAt(keys: readonly Key[], expected: string, value: unknown): Issue {
  return { path: formatPath(keys), expected, actual: describe(value) };
}

/**
 * A member that is not there.
 * @param object What it is missing from.
 * @param isKnown Whether a name of the object is one that the schema has, and so was meant as it stands.
 */
export function missingAt(
  keys: readonly Key[],
  name: string,
  expected: string,
  object: object,
  isKnown: (name: string) => boolean,
): Issue {
  const issue = issueAt([...keys, name], expected, undefined);
  const near = nearest(
    name,
    Object.keys(object).filter((given) => !isKnown(given)),
  );
  return near === undefined ? issue : { ...issue, given: formatPath([...keys, near]) };
}

/** What a schema wants, as far as it names values or a type. */
export function expectation(schema: JsonSchema): string {
  const { type, enum: allowed } = schema;
  if (Array.isArray(allowed)) return `one of ${allowed.map((value) => JSON.stringify(value)).join(", ")}`;
  return type === undefined ? "a value" : [type].flat().map(String).map(withArticle).join(" or ");
}

function formatPath(keys: readonly Key[]): string {
  return keys.reduce<string>((path, key) => {
    if (typeof key === "number") return `${path}[${key}]`;
    return path === "" ? key : `${path}.${key}`;
  }, "");
}

function withArticle(noun: string): string {
  return noun === "null" ? noun : `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
}

/** What a value is, with its text where that is short. */
export function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  const kind = withArticle(typeof value);
  if (Object(value) === value) return kind;
  const shown = typeof value === "string" ? JSON.stringify(value) : String(value);
  return `${kind} (${shown.length > 60 ? `${shown.slice(0, 57)}…` : shown})`;
}
