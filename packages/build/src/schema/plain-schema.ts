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

const TYPES = ["string", "number", "integer", "boolean", "null", "array", "object"];

/**
 * Whether a schema certainly follows JSON Schema's own schema, as far as it has the keywords of plain schemas. Those that Picoschema gives
 * do; of others, the validator explains what is wrong.
 */
export function isWellFormed(schema: unknown): schema is JsonSchema {
  if (typeof schema === "boolean") return true;
  if (!isObject(schema)) return false;
  const { type, properties = {}, required = [], additionalProperties: rest = true, items = true, format = "" } = schema;
  const { enum: allowed = [null] } = schema;
  if ("$schema" in schema || typeof format !== "string" || !isObject(properties)) return false;
  if (type !== undefined && !isSet([type].flat(), 1, (one) => TYPES.some((known) => known === one))) return false;
  if (!isSet(required, 0, (one) => typeof one === "string") || !isSet(allowed, 1, () => true)) return false;
  return [...Object.values(properties), rest, items].every(isWellFormed);
}

/** Whether a list has no value twice, and all fit. */
function isSet(values: unknown, least: number, fits: (value: unknown) => boolean): boolean {
  if (!Array.isArray(values) || values.length < least) return false;
  return new Set(values).size === values.length && values.every(fits);
}
