// Checks values against plain schemas, those that Picoschema gives: typed members, lists, choices. The schema itself is read,
// so that a prompt needs no code of its own for it. The compiler decides what is plain (build/src/schema/plain-schema.ts), and a
// test there compares this check with Ajv.

import {
  type Check,
  expectation,
  issueAt,
  MOST_ISSUES,
  memberPath,
  missingAt,
  NO_PROPERTY,
  type Path,
  type PlacedIssue,
} from "./issue.js";
import type { JsonSchema } from "./json-schema.js";
import { isArray, ownProperty } from "./safe-members.js";

interface PlainSchema extends JsonSchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, PlainSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: PlainSchema | boolean;
  readonly items?: PlainSchema;
}

/** @param path What places begin with. */
export const plainCheck =
  (schema: JsonSchema, path?: Path): Check =>
  (value) =>
    visit(schema as PlainSchema, value, path);

/**
 * @param schema `false` for what must not be there.
 * @param path Where the value is.
 * @param issues Gets what is wrong with the value, and is returned.
 */
function visit(schema: PlainSchema | false, value: unknown, path?: Path, issues: PlacedIssue[] = []): PlacedIssue[] {
  const {
    type,
    enum: allowed,
    items,
    properties = {},
    required = [],
    additionalProperties: rest = true,
  } = schema || {};
  if (issues.length >= MOST_ISSUES) return issues;
  const kind = kindOf(value);
  // `type` is a type's name or a list of them: both have `includes`, and no name is part of another.
  if (
    !schema ||
    (type && !type.includes(kind) && !(kind === "integer" && type.includes("number"))) ||
    (allowed && !allowed.includes(value))
  )
    issues.push(issueAt(path, schema ? expectation(schema) : NO_PROPERTY, value));
  else if (kind === "object") {
    const members = value as Readonly<Record<string, unknown>>;
    const schemaOf = (name: string) => ownProperty(properties, name) as PlainSchema | undefined;
    const unknown = Object.keys(members).filter((name) => !schemaOf(name));
    for (const name of required)
      if (ownProperty(members, name) === undefined)
        issues.push(missingAt(path, name, expectation((schemaOf(name) ?? rest) as PlainSchema), unknown));
    for (const name in properties) {
      const member = ownProperty(members, name);
      const expected = schemaOf(name);
      if (expected && member !== undefined) visit(expected, member, memberPath(path, name), issues);
    }
    if (rest !== true) for (const name of unknown) visit(rest, members[name], memberPath(path, name), issues);
  } else if (items && isArray(value))
    for (let index = 0; index < value.length && issues.length < MOST_ISSUES; index++)
      visit(items, value[index], memberPath(path, index), issues);
  return issues;
}

/** A value's type in JSON Schema's words; JavaScript's own where JSON has none. */
const kindOf = (value: unknown): string =>
  Number.isInteger(value)
    ? "integer"
    : typeof value === "number" && !Number.isFinite(value)
      ? "NaN"
      : isArray(value)
        ? "array"
        : value === null
          ? "null"
          : typeof value;

/** Whether every item of a list fits: what guards ask before the schema is read. Holes are items, as they are to the check. */
export function isListOf(value: unknown, fits: (item: unknown) => boolean): boolean {
  if (!isArray(value)) return false;
  for (let index = 0; index < value.length; index++) if (!fits(value[index])) return false;
  return true;
}
