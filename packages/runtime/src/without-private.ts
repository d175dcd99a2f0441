// What an issue shows of an input with private parts: errors are logged, as traces are recorded.

import { issueWith, memberPath, NO_PROPERTY, type Path, type PlacedIssue } from "./issue.js";
import type { JsonSchema } from "./json-schema.js";

interface Described {
  readonly inputSchema: JsonSchema;
  readonly privateVariables?: readonly string[];
}

/** What a prompt's schema declares. */
interface Declared {
  /** The properties of its root. */
  readonly variables: object;
  /** The names of all properties. */
  readonly names: ReadonlySet<unknown>;
  readonly privateVariables: readonly string[];
  readonly hasPrivate: boolean;
}

/**
 * Makes a function for the issues of a prompt. It gives an issue without what a caller wrote, if it is about a private variable. So is
 * one about a variable that the schema's root does not declare, where anything in the schema is private: it may be declared elsewhere, or
 * be a private variable, misspelled.
 */
export function withoutPrivate(described: Described): (issue: PlacedIssue) => PlacedIssue {
  // Read once: an input can have many issues, and reading a schema takes longer than finding them.
  let declared: Declared | undefined;
  return (issue) => {
    declared ??= readDeclared(described);
    return declared.hasPrivate ? hide(issue, declared) : issue;
  };
}

function readDeclared({ inputSchema, privateVariables = [] }: Described): Declared {
  const names = new Set<unknown>();
  const text = JSON.stringify(inputSchema, (key, value: unknown) => {
    if (key === "properties") for (const name of Object.keys(Object(value))) names.add(name);
    return value;
  });
  const hasPrivate = privateVariables.length > 0 || text.includes('"private":true');
  return { variables: Object(inputSchema["properties"]), names, privateVariables, hasPrivate };
}

function hide(issue: PlacedIssue, { variables, names, privateVariables }: Declared): PlacedIssue {
  const { keys, expected, given } = issue;
  const variable = keys[0] as string;
  if (Object.hasOwn(variables, variable) && !privateVariables.includes(variable))
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
