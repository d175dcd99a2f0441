// JSON Schema (draft 2020-12) as data, as far as the compiler looks into it.

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Keywords that are for people and that validators ignore. */
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

/** Keywords whose values are data, not schemas. */
export const DATA_KEYWORDS: readonly string[] = ["enum", "const", "default", "examples"];

/** Keywords whose values are schemas by name: a property may be called `title` or `examples`. */
export const NAMED_SCHEMAS: readonly string[] = [
  "properties",
  "patternProperties",
  "$defs",
  "definitions",
  "dependentSchemas",
];
