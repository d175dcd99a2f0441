// Puts one schema document into another. Its references to parts of itself (`#/$defs/item`) are counted from its own root, so
// such a document also becomes a definition of the other, and the references lead there.

import type { JsonSchema } from "../model.js";
import { mapSchemas } from "./map-schemas.js";
import { referenceTo } from "./resolve-pointer.js";

/**
 * @param definitions Of the other document, by name.
 * @returns What to write in its place.
 */
export function embedSchema(schema: JsonSchema, name: string, definitions: Map<string, JsonSchema>): JsonSchema {
  const pointer = referenceTo(["$defs", name]);
  let refers = false;
  const moved = mapSchemas(schema, (value) => {
    const { $ref } = value;
    if (typeof $ref !== "string" || !/^#(?:\/|$)/.test($ref)) return value;
    refers = true;
    return { ...value, $ref: pointer + $ref.slice(1) };
  });
  if (!refers) return schema;
  definitions.set(name, moved);
  const { $defs, definitions: older, ...root } = moved;
  return root;
}
