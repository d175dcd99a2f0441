// Checks values against plain schemas, those that Picoschema gives: typed members, lists, choices. The schema itself is read,
// so that a prompt needs no code of its own for it. What is plain is decided by the compiler (build/src/schema/plain-schema.ts); a
// test there holds this against Ajv.

import { type Check, expectation, type Issue, issueAt, missingAt } from "./issue.js";
import type { JsonSchema } from "./prompt-types.js";
import { own } from "./template.js";

interface PlainSchema extends JsonSchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, PlainSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: PlainSchema | boolean;
  readonly items?: PlainSchema;
}

/** @param makeSchema Asked once, when the first value comes. */
export function plainCheck(makeSchema: () => JsonSchema): Check {
  let schema: PlainSchema | undefined;
  return (value) => {
    const issues: Issue[] = [];
    schema ??= makeSchema() as PlainSchema;
    visit(schema, value, [], issues);
    return issues;
  };
}

type Keys = (string | number)[];

/** @param keys Where the value stands; extended for what is in it, and brought back. */
function visit(schema: PlainSchema, value: unknown, keys: Keys, issues: Issue[]): void {
  const { type, enum: allowed, items } = schema;
  const kind = kindOf(value);
  // `type` is a type's name or a list of them: both have `includes`, and no name is part of another.
  if (
    (type && type !== kind && !type.includes(kind) && !(kind === "integer" && type.includes("number"))) ||
    allowed?.includes(value) === false
  )
    issues.push(issueAt(keys, expectation(schema), value));
  else if (Array.isArray(value)) {
    if (items) for (let index = 0; index < value.length; index++) enter(items, value[index], index, keys, issues);
  } else if (kind === "object") visitMembers(schema, value as Members, keys, issues);
}

type Members = Readonly<Record<string, unknown>>;

function visitMembers(schema: PlainSchema, value: Members, keys: Keys, issues: Issue[]): void {
  const { properties = {}, required = [], additionalProperties: rest = true } = schema;
  const isKnown = (name: string) => Object.hasOwn(properties, name);
  for (const name of required)
    if (own(value, name) === undefined)
      issues.push(missingAt(keys, name, expectation((own(properties, name) ?? rest) as PlainSchema), value, isKnown));
  for (const name in properties) {
    const member = own(value, name);
    if (member !== undefined) enter(properties[name] as PlainSchema, member, name, keys, issues);
  }
  if (rest !== true)
    for (const name of Object.keys(value)) if (!isKnown(name)) enter(rest, value[name], name, keys, issues);
}

function enter(schema: PlainSchema | false, value: unknown, key: string | number, keys: Keys, issues: Issue[]): void {
  keys.push(key);
  if (schema) visit(schema, value, keys, issues);
  else issues.push(issueAt(keys, "nothing of this name", value));
  keys.pop();
}

/** A value's type in JSON Schema's words; JavaScript's own where JSON has none. */
function kindOf(value: unknown): string {
  if (typeof value === "number")
    return Number.isInteger(value) ? "integer" : Number.isFinite(value) ? "number" : "no number";
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}

/** Whether every item of a list fits: what guards ask before the schema is read. Holes are items, as they are to the check. */
export function isListOf(value: unknown, fits: (item: unknown) => boolean): boolean {
  if (!Array.isArray(value)) return false;
  for (let index = 0; index < value.length; index++) if (!fits(value[index])) return false;
  return true;
}
