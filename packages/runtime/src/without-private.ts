// What an issue shows of an input with private parts: errors are logged, as traces are recorded.

import { issueWith, memberPath, NO_PROPERTY, type Path, type PlacedIssue } from "./issue.js";
import type { JsonSchema } from "./json-schema.js";

interface Described {
  readonly inputSchema: JsonSchema;
  readonly privateVariables?: readonly string[];
}

/**
 * An issue without what a caller wrote, if it is about a private variable. So is one about a variable that the schema's root does not
 * declare, where anything in the schema is private: it may be declared elsewhere, or be a private variable, misspelled.
 */
export function withoutPrivate(issue: PlacedIssue, { inputSchema, privateVariables = [] }: Described): PlacedIssue {
  const names = new Set<unknown>();
  const text = JSON.stringify(inputSchema, (key, value: unknown) => {
    if (key === "properties") for (const name of Object.keys(Object(value))) names.add(name);
    return value;
  });
  if (!privateVariables[0] && !text.includes('"private":true')) return issue;
  const { keys, expected, given } = issue;
  const variable = keys[0] as string;
  if (Object.hasOwn(Object(inputSchema["properties"]), variable) && !privateVariables.includes(variable))
    return expected === NO_PROPERTY ? withoutValue(issue, keys, given) : issue;
  // Shown are names that the schema has, places in lists, and what may be a misspelled variable.
  const isShown = (key: unknown, index: number) =>
    typeof key === "number" || names.has(key) || (index === 0 && expected === NO_PROPERTY && !keys[1]);
  const shown = keys.map((key, index) => (isShown(key, index) ? key : "*"));
  return withoutValue(issue, shown, keys.length > 1 ? undefined : given);
}

const withoutValue = ({ expected, actual }: PlacedIssue, keys: PlacedIssue["keys"], given?: string): PlacedIssue =>
  issueWith(
    keys.reduce<Path>(memberPath, undefined),
    expected,
    actual.replace(/ \(.*/s, ""),
    given === undefined ? undefined : memberPath(undefined, given),
  );
