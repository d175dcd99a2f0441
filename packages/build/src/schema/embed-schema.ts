// Puts one schema document into another. Its references to parts of itself (`#/$defs/item`) are counted from its own root, so
// such a document also becomes a definition of the other, and the references lead there.

import type { JsonSchema } from "../model.js";
import { isDataKeyword, isObject, NAMED_SCHEMAS } from "./json-schema.js";
import { referenceTo } from "./resolve-pointer.js";

/**
 * @param definitions Of the other document, by name.
 * @returns What to write in its place.
 */
export function embedSchema(schema: JsonSchema, name: string, definitions: Map<string, JsonSchema>): JsonSchema {
  const pointer = referenceTo(["$defs", name]);
  let refers = false;
  const visit = (value: unknown, areNames: boolean): unknown => {
    if (Array.isArray(value)) return value.map((item) => visit(item, false));
    if (!isObject(value)) return value;
    const members = Object.entries(value).map(([key, member]) => {
      if (!areNames && key === "$ref" && typeof member === "string" && /^#(?:\/|$)/.test(member)) {
        refers = true;
        return [key, pointer + member.slice(1)];
      }
      return [key, !areNames && isDataKeyword(key) ? member : visit(member, !areNames && NAMED_SCHEMAS.includes(key))];
    });
    return Object.fromEntries(members);
  };
  const moved = visit(schema, false) as JsonSchema;
  if (!refers) return schema;
  definitions.set(name, moved);
  const { $defs, definitions: older, ...root } = moved;
  return root;
}
