// Mistakes in JSON Schema (draft 2020-12) that come from other dialects, or from Picoschema: what to write instead.

import { nearest } from "@cuecard/runtime";
import type { JsonSchema } from "../model.js";
import { isDataKeyword, isObject, NAMED_SCHEMAS } from "../schema/json-schema.js";
import { SCALARS, type SchemaProblem } from "../schema/picoschema.js";
import { yamlEntry, yamlValue } from "./inline-yaml.js";
import type { ExplainedProblem } from "./schema-habits.js";
import { readType } from "./type-words.js";

const TYPES = [...SCALARS.filter((type) => type !== "any"), "object", "array"];

/** Of draft 2020-12, for suggestions. */
const ALL_KEYWORDS = (
  "title description default examples deprecated readOnly writeOnly $comment type enum const properties required " +
  "items prefixItems minItems maxItems uniqueItems contains minimum maximum exclusiveMinimum exclusiveMaximum " +
  "multipleOf minLength maxLength pattern format additionalProperties patternProperties propertyNames " +
  "minProperties maxProperties dependentRequired dependentSchemas allOf anyOf oneOf not if then else $ref $defs"
).split(" ");

/** Finds the place of what the validator reported, and says what to write instead. */
export function explainJsonSchema(schema: JsonSchema, { path, problem }: SchemaProblem): ExplainedProblem {
  const [, unknown] = /unknown keyword: "(.+)"/.exec(problem) ?? [];
  if (unknown !== undefined) {
    const instead = suggestForKeyword(unknown);
    return { path: findKeyword(schema, unknown) ?? path, problem: `unknown keyword "${unknown}"`, instead };
  }
  const value = path.reduce((inner: unknown, key) => (isContainer(inner) ? inner[key] : undefined), schema);
  const isType = path.at(-1) === "type" && path.at(-2) !== "properties";
  const words = isType ? `${JSON.stringify(value)} is not a type` : problem;
  return { path, problem: words, instead: suggestAt(path, value) };
}

const isContainer = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isObject(value) || Array.isArray(value);

function findKeyword(schema: unknown, keyword: string, path: readonly string[] = []): readonly string[] | undefined {
  if (!isContainer(schema)) return undefined;
  if (!NAMED_SCHEMAS.includes(path.at(-1) ?? "") && Object.hasOwn(schema, keyword)) return [...path, keyword];
  for (const [key, inner] of Object.entries(schema)) {
    const found = isDataKeyword(key) ? undefined : findKeyword(inner, keyword, [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function suggestAt(keys: readonly string[], value: unknown): string | undefined {
  const [parent, key] = [keys.at(-2), keys.at(-1)];
  // A property may have any name.
  if (key === undefined || parent === "properties") return suggestForSchema(key, value);
  switch (key) {
    case "type":
      return suggestForType(value);
    case "required":
      return "list the names in the object that has the properties: required: [name]";
    case "enum":
      return "list the values: enum: [a, b]";
    case "items":
      if (!Array.isArray(value)) return suggestForSchema(key, value);
      return value.length === 1 ? `write ${yamlEntry("items", value[0])}` : `write ${yamlEntry("prefixItems", value)}`;
    default:
      return suggestForSchema(key, value);
  }
}

function suggestForKeyword(unknown: string): string {
  if (unknown === "example") return "write examples: [ … ]";
  const near = nearest(unknown, ALL_KEYWORDS);
  return near === undefined ? `remove "${unknown}", or write it into the description` : `did you mean "${near}"?`;
}

function suggestForType(value: unknown): string | undefined {
  if (value === null || (Array.isArray(value) && value.includes(null))) return 'write "null" in quotes';
  if (value === "any") return "leave out the type";
  if (typeof value !== "string") return `the types are ${TYPES.join(", ")}`;
  const meant = readType(value);
  if (meant?.kind === "list") {
    const type = meant.items?.type ?? "string";
    return `write type: array, items: { type: ${type} }`;
  }
  if (meant?.kind === "enum") return `write ${yamlEntry("enum", meant.values)}`;
  if (meant?.kind === "record") return "write type: object";
  if (meant?.type === undefined) return `the types are ${TYPES.join(", ")}`;
  return meant.optional ? `write type: [${meant.type}, "null"]` : `write type: ${meant.type}`;
}

/** Text in the place of a schema. */
function suggestForSchema(key: string | undefined, value: unknown): string | undefined {
  if (typeof value !== "string" || key === undefined) return undefined;
  const meant = readType(value);
  const type = meant?.kind === "scalar" ? meant.type : undefined;
  const own = yamlEntry(key, { type: type ?? "string" });
  return `write ${own}; or leave out "properties:", and write ${yamlValue({ [key]: value }).slice(2, -2)}`;
}
