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
