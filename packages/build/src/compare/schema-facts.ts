// What a single schema says about its values: types, listed values, and which keywords concern what.

import type { JsonSchema } from "../model.js";
import { canonical, isIdle } from "./canonical.js";

export const DEFINITIONS: readonly string[] = ["$defs", "definitions"];

/** Keywords that are read one by one. */
export const READ: readonly string[] = [
  "type",
  "properties",
  "required",
  "additionalProperties",
  "patternProperties",
  "items",
  "prefixItems",
  ...DEFINITIONS,
];

export const LOWER_BOUNDS: readonly string[] = [
  "minimum",
  "exclusiveMinimum",
  "minLength",
  "minItems",
  "minProperties",
];
export const UPPER_BOUNDS: readonly string[] = [
  "maximum",
  "exclusiveMaximum",
  "maxLength",
  "maxItems",
  "maxProperties",
];

/** Keywords whose meaning depends on the keywords beside them, so that equal ones may differ. */
export const CONTEXT_BOUND: readonly string[] = [
  "if",
  "then",
  "else",
  "contains",
  "minContains",
  "maxContains",
  "unevaluatedProperties",
  "unevaluatedItems",
  "$dynamicRef",
];

const NUMBERS = ["number", "integer"];

/** The types that a keyword applies to; all other keywords apply to every value. */
export const CONCERNS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    minimum: NUMBERS,
    exclusiveMinimum: NUMBERS,
    maximum: NUMBERS,
    exclusiveMaximum: NUMBERS,
    multipleOf: NUMBERS,
    minLength: ["string"],
    maxLength: ["string"],
    pattern: ["string"],
    minItems: ["array"],
    maxItems: ["array"],
    uniqueItems: ["array"],
    contains: ["array"],
    minContains: ["array"],
    maxContains: ["array"],
    unevaluatedItems: ["array"],
    minProperties: ["object"],
    maxProperties: ["object"],
    propertyNames: ["object"],
    dependentRequired: ["object"],
    dependentSchemas: ["object"],
    unevaluatedProperties: ["object"],
  }),
);

type Schema = JsonSchema | boolean;

const ALL_TYPES = ["string", "number", "boolean", "null", "array", "object"];

/** The types that a schema's own keywords allow. */
export function typesOf(schema: Schema): readonly string[] {
  if (typeof schema === "boolean") return schema ? ALL_TYPES : [];
  const { type } = schema;
  return type === undefined ? ALL_TYPES : typeof type === "string" ? [type] : type;
}

/** All values that a schema could allow, if they can be listed. */
export function valuesOf(schema: JsonSchema): readonly unknown[] | undefined {
  if ("const" in schema) return [schema.const];
  if (schema.enum !== undefined) return schema.enum;
  const lists = typesOf(schema).map((type) =>
    type === "null" ? [null] : type === "boolean" ? [true, false] : undefined,
  );
  return lists.every((list) => list !== undefined) ? lists.flat() : undefined;
}

/** Whether a schema's own keywords allow a value. */
export function takesValue(schema: JsonSchema, value: unknown): boolean {
  const type = typeOfValue(value);
  const types = typesOf(schema);
  if (!types.includes(type) && !(type === "integer" && types.includes("number"))) return false;
  if ("const" in schema && canonical(schema.const) !== canonical(value)) return false;
  if (schema.enum !== undefined && !schema.enum.some((allowed) => canonical(allowed) === canonical(value)))
    return false;
  const isContainer = type === "object" || type === "array";
  return Object.keys(schema).every((keyword) => {
    if (["type", "const", "enum", "$defs", "definitions"].includes(keyword) || isIdle(keyword)) return true;
    if (isContainer) return false;
    const concerns = READ.includes(keyword) ? ["array", "object"] : CONCERNS.get(keyword);
    return concerns !== undefined && !concerns.includes(type);
  });
}

function typeOfValue(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}

/** A schema split by its types or values; `undefined` if it cannot be split. */
export function pieces(schema: JsonSchema): JsonSchema[] | undefined {
  const values = valuesOf(schema);
  if (values !== undefined) return values.length > 1 ? values.map((value) => ({ enum: [value] })) : undefined;
  const types = typesOf(schema);
  return types.length > 1 ? types.map((type) => ({ ...schema, type })) : undefined;
}

export function mayBeObject(schema: Schema): boolean {
  return typesOf(schema).includes("object") && (typeof schema === "boolean" || valuesOf(schema) === undefined);
}

/** Whether two schemas may have a value in common, judging by the types that they name. */
export function sharesType(schema: Schema, other: Schema): boolean {
  const widen = (types: readonly string[]) => types.map((type) => (type === "integer" ? "number" : type));
  const own = (one: Schema) => {
    const values = typeof one === "object" ? valuesOf(one) : undefined;
    return widen(values === undefined ? typesOf(one) : values.map(typeOfValue));
  };
  return own(schema).some((type) => own(other).includes(type));
}
