// The schemas that apply to the same value.

import type { JsonSchema } from "../model.js";
import { isObject } from "./json-schema.js";
import { resolvePointer } from "./resolve-pointer.js";

type Schema = JsonSchema | boolean;

/** Keywords whose schemas apply to the value itself, or may. */
const IN_PLACE: readonly string[] = ["allOf", "anyOf", "oneOf", "if", "then", "else"];

/**
 * Schemas with all those that they refer to or combine.
 *
 * @param more Further keywords whose schemas count.
 */
export function schemasInPlace(
  root: Schema,
  schemas: readonly (Schema | undefined)[],
  more: readonly string[] = [],
): JsonSchema[] {
  const found = new Set<JsonSchema>();
  const open: unknown[] = [...schemas];
  // Grows while it is read.
  for (const schema of open) {
    if (!isObject(schema) || found.has(schema)) continue;
    found.add(schema);
    if (typeof schema["$ref"] === "string") open.push(resolvePointer(root, schema["$ref"]));
    for (const keyword of [...IN_PLACE, ...more]) open.push(...[schema[keyword]].flat());
    for (const keyword of ["dependentSchemas", "dependencies"])
      if (isObject(schema[keyword])) open.push(...Object.values(schema[keyword]));
  }
  return [...found];
}
