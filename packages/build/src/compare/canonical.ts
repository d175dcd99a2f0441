// Schemas and values in a canonical form: equal ones have equal texts, whatever the order of their keys.

import type { JsonSchema } from "../model.js";
import { isAnnotation, isObject } from "../schema/json-schema.js";
import { mapSchemas, without } from "../schema/map-schemas.js";

/** JSON with sorted keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    isObject(member) ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1))) : member,
  );
}

/** `format` is an annotation, as draft 2020-12 defines by default. */
const IDLE = ["format", "$schema"];

const known = new WeakMap<object, string>();

/** A schema without the keywords that validators ignore. */
export function judgement(schema: JsonSchema | boolean | undefined): string {
  if (typeof schema !== "object") return String(schema ?? true);
  let text = known.get(schema);
  if (text === undefined) {
    text = canonical(mapSchemas(schema, without(isIdle)));
    known.set(schema, text);
  }
  return text;
}

export function isIdle(keyword: string): boolean {
  return isAnnotation(keyword) || IDLE.includes(keyword);
}
