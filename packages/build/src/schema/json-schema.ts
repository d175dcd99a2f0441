// JSON Schema (draft 2020-12) as data, as far as the compiler looks into it.

import { MARKS } from "@cuecard/runtime";
import type { JsonSchema } from "../model.js";

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Keywords that are for people and that validators ignore. */
const ANNOTATIONS: readonly string[] = [
  "title",
  "description",
  "default",
  "examples",
  "deprecated",
  "readOnly",
  "writeOnly",
  "$comment",
];

/**
 * Whether a keyword says nothing about which values are valid: those for people, `x-…`, which tools add for themselves, and marks.
 */
export function isAnnotation(keyword: string): boolean {
  return ANNOTATIONS.includes(keyword) || keyword.startsWith("x-") || isMark(keyword);
}

export function isMark(keyword: string): keyword is (typeof MARKS)[number] {
  return (MARKS as readonly string[]).includes(keyword);
}

/** Whether a keyword's value is data, not a schema. */
export function isDataKeyword(keyword: string): boolean {
  return ["enum", "const", "default", "examples"].includes(keyword) || keyword.startsWith("x-");
}

/** Keywords whose values are schemas, or lists of names, by name: a property may be called `title` or `examples`. */
export const NAMED_SCHEMAS: readonly string[] = [
  "properties",
  "patternProperties",
  "$defs",
  "definitions",
  "dependentSchemas",
  "dependentRequired",
  "dependencies",
];

/**
 * The types that a schema's own keywords allow; `undefined` for all. `nullable` of OpenAPI adds `null`, as in Ajv. A schema with members
 * describes objects.
 */
export function typesIn(schema: JsonSchema): readonly string[] | undefined {
  if (schema.type === undefined) return hasMembers(schema) ? ["object"] : undefined;
  const types = [schema.type].flat();
  return schema.nullable === true && !types.includes("null") ? [...types, "null"] : types;
}

/** Whether a schema has `properties` or `required`, which say nothing about values that are not objects. */
export function hasMembers(schema: JsonSchema): boolean {
  return schema.properties !== undefined || schema.required !== undefined;
}

/** The `type` of values: a name, or a list of names if there are several; `integer` only if all numbers are. Nothing for no value. */
export function typesOf(values: readonly unknown[]): { readonly type?: string | readonly string[] } {
  const hasFractions = values.some((value) => typeof value === "number" && !Number.isInteger(value));
  const types = [
    ...new Set(values.map((value) => (hasFractions && typeof value === "number" ? "number" : typeOf(value)))),
  ];
  const [only] = types;
  return only === undefined ? {} : { type: types.length === 1 ? only : types };
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}

/** Whether a value has one of the types of a schema; without any, every value does. */
export function hasType(value: unknown, type: string | readonly string[] | undefined): boolean {
  const types = type === undefined ? [] : [type].flat();
  return type === undefined || types.includes(typeOf(value)) || (typeof value === "number" && types.includes("number"));
}
