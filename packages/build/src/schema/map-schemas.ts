// Rewrites a schema with all schemas in it. Data, such as the values of an enum, stays as it is, and so do the names of properties and
// definitions.

import type { JsonSchema } from "../model.js";
import { isDataKeyword, isObject, NAMED_SCHEMAS } from "./json-schema.js";

type Values = Readonly<Record<string, unknown>>;

/**
 * @param rewrite Returns the members of a schema. Its inner schemas are rewritten after it.
 * @param isKept Whether a keyword's value is left as it is. Default: data is.
 */
export function mapSchemas(
  schema: JsonSchema,
  rewrite: (schema: Values) => Values,
  isKept: (keyword: string) => boolean = isDataKeyword,
): JsonSchema {
  /** @param areNames Whether the keys of the value are names chosen by the author, not keywords. */
  const visit = (value: unknown, areNames: boolean): unknown => {
    if (Array.isArray(value)) return value.map((item) => visit(item, false));
    if (!isObject(value)) return value;
    const members = Object.entries(areNames ? value : rewrite(value)).map(([key, member]) => [
      key,
      !areNames && isKept(key) ? member : visit(member, !areNames && NAMED_SCHEMAS.includes(key)),
    ]);
    return Object.fromEntries(members);
  };
  return visit(schema, false) as JsonSchema;
}

/** A rewrite that drops keywords. */
export function without(isDropped: (keyword: string) => boolean): (schema: Values) => Values {
  return (schema) => Object.fromEntries(Object.entries(schema).filter(([key]) => !isDropped(key)));
}
