// Which schemas @cuecard/runtime can check by reading them (plainCheck): those that Picoschema can express. Prompts
// with such a schema need no validator code. A test compares both ways of checking.

import type { JsonSchema } from "../model.js";
import { hasMembers, isAnnotation, isObject } from "./json-schema.js";

const OBJECT_KEYWORDS = ["properties", "required", "additionalProperties"];
/** `format` is an annotation as well, the default of draft 2020-12. */
const KEYWORDS = ["$schema", "format", ...OBJECT_KEYWORDS, "type", "enum", "items"];

export function isPlainSchema(schema: unknown): schema is JsonSchema {
  if (!isObject(schema) || !Object.keys(schema).every((keyword) => isAnnotation(keyword) || KEYWORDS.includes(keyword)))
    return false;
  const { type, properties = {}, required, additionalProperties: rest, items, enum: allowed } = schema as JsonSchema;
  // The validator also asks for an object, which the check by reading does not.
  if (type === undefined && hasMembers(schema)) return false;
  const allows = (one: string) => type === undefined || [type].flat().includes(one);
  const hasObjectKeywords = OBJECT_KEYWORDS.some((keyword) => keyword in schema);
  if (hasObjectKeywords && (!allows("object") || allowed !== undefined)) return false;
  if (items !== undefined && (!allows("array") || allowed !== undefined || !isPlainSchema(items))) return false;
  if (allowed?.some((value) => typeof value === "object" && value !== null)) return false;
  if (rest !== undefined && typeof rest !== "boolean" && !isPlainSchema(rest)) return false;
  if (required?.includes("__proto__") || Object.hasOwn(properties, "__proto__")) return false;
  return Object.values(properties).every(isPlainSchema);
}
