// The schemas that a JSON Schema has for a place in a value: through references and every branch that may apply.

import type { JsonSchema } from "./json-schema.js";
import { pointerKeys } from "./pointer.js";
import { ownProperty } from "./safe-members.js";

/** @param keys From the value's root: names of members, and places in lists as digits. */
export function schemasAt(root: JsonSchema, keys: readonly string[]): JsonSchema[] {
  let found = branchesOf(root, root, new Set());
  for (const key of keys) {
    const members = found.flatMap((schema) => memberOf(schema, key));
    found = members.flatMap((member) => branchesOf(root, member, new Set()));
  }
  return found;
}

function memberOf(schema: JsonSchema, key: string): unknown[] {
  const { properties, prefixItems, items, additionalProperties } = schema;
  const named = ownProperty(properties, key) ?? ownProperty(prefixItems, key);
  if (named !== undefined) return [named];
  return [additionalProperties, /^\d+$/.test(key) ? items : undefined];
}

/** A schema itself, what it refers to, and each of its branches. */
function branchesOf(root: JsonSchema, schema: unknown, seen: Set<unknown>): JsonSchema[] {
  if (typeof schema !== "object" || schema === null || seen.has(schema)) return [];
  seen.add(schema);
  const { $ref, anyOf, oneOf, allOf, then, else: otherwise } = schema as JsonSchema;
  const branches = [anyOf, oneOf, allOf, then, otherwise].flat();
  if (typeof $ref === "string" && $ref.startsWith("#"))
    branches.push(pointerKeys(decodeURIComponent($ref)).reduce<unknown>(ownProperty, root));
  return [schema as JsonSchema, ...branches.flatMap((branch) => branchesOf(root, branch, seen))];
}
