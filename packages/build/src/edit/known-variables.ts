// The members of a JSON Schema as variables of a template.

import { asSchema, describeType, isSchema, resolveSchema, type UnknownSchema } from "@cuecard/model";

export interface KnownVariable {
  readonly name: string;
  readonly description?: string;
  /** In a few words: `string`, `string[]`. */
  readonly type: string;
  readonly optional?: boolean;
  /** Of an object: its members. */
  readonly members?: readonly KnownVariable[];
  /** Of a list: what each item is. */
  readonly items?: Omit<KnownVariable, "name">;
}

/** Schemas can refer to themselves. */
const DEEPEST = 5;

/** The members of an object's schema. */
export function membersOf(schema: UnknownSchema, root: UnknownSchema, depth = 0): KnownVariable[] {
  const own = resolveSchema(schema, root);
  const required = new Set(Array.isArray(own["required"]) ? own["required"] : []);
  return Object.entries(asSchema(own["properties"])).map(([name, member]) => ({
    name,
    ...describe(asSchema(member), root, depth),
    ...(required.has(name) ? {} : { optional: true }),
  }));
}

function describe(schema: UnknownSchema, root: UnknownSchema, depth: number): Omit<KnownVariable, "name"> {
  const own = resolveSchema(schema, root);
  const description = schema["description"] ?? own["description"];
  const members = depth < DEEPEST ? membersOf(own, root, depth + 1) : [];
  const { items } = own;
  return {
    type: describeType(own, root),
    ...(typeof description === "string" ? { description } : {}),
    ...(members.length === 0 ? {} : { members }),
    ...(isSchema(items) && depth < DEEPEST ? { items: describe(items, root, depth + 1) } : {}),
  };
}
