// JSON Schema (draft 2020-12) as data, as far as the compiler looks into it.

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Keywords that say something to people and nothing to a validator. */
export const ANNOTATIONS: readonly string[] = [
  "title",
  "description",
  "default",
  "examples",
  "deprecated",
  "readOnly",
  "writeOnly",
  "$comment",
];

/** Keywords whose values are data, and no schemas. */
export const DATA_KEYWORDS: readonly string[] = ["enum", "const", "default", "examples"];

/** Keywords whose values are named schemas: a property may well be called `title`, or `examples`. */
export const NAMED_SCHEMAS: readonly string[] = [
  "properties",
  "patternProperties",
  "$defs",
  "definitions",
  "dependentSchemas",
];
