// Mistakes in JSON Schema (draft 2020-12) that come from other dialects, or from Picoschema: what to write instead.

import { nearest } from "@cuecard/runtime";
import type { JsonSchema } from "../model.js";
import { isDataKeyword, isObject, NAMED_SCHEMAS } from "../schema/json-schema.js";
import { SCALARS, type SchemaProblem } from "../schema/picoschema.js";
import { referenceTo } from "../schema/resolve-pointer.js";
import { yamlEntry, yamlValue } from "./inline-yaml.js";
import type { ExplainedProblem } from "./schema-habits.js";
import { readType } from "./type-words.js";
import { explainValidatorWords, type FindKeyword } from "./validator-words.js";

const TYPES = [...SCALARS.filter((type) => type !== "any"), "object", "array"];

/** Of draft 2020-12, and marks, for suggestions. */
const ALL_KEYWORDS = (
  "title description default examples deprecated readOnly writeOnly $comment type enum const properties required " +
  "items prefixItems minItems maxItems uniqueItems contains minimum maximum exclusiveMinimum exclusiveMaximum " +
  "multipleOf minLength maxLength pattern format additionalProperties patternProperties propertyNames " +
  "minProperties maxProperties dependentRequired dependentSchemas allOf anyOf oneOf not if then else $ref $defs untrusted"
).split(" ");

/** Finds the place of what the validator reported, and says what to write instead. */
export function explainJsonSchema(schema: JsonSchema, { path, problem }: SchemaProblem): ExplainedProblem {
  const [, unknown] = /unknown keyword: "(.+)"/.exec(problem) ?? [];
  if (unknown !== undefined) {
    const at = findKeyword(schema, unknown) ?? path;
    const instead = suggestForKeyword(unknown, at, valueAt(schema, at.slice(0, -1)));
    return { path: at, problem: `unknown keyword "${unknown}"`, instead };
  }
  if (problem.includes('keyword "id"'))
    return { path: findKeyword(schema, "id") ?? path, problem: '"id" is a keyword of draft-04', instead: "write $id" };
  if (problem.startsWith('"nullable"')) {
    const at = findKeyword(schema, "nullable", (found) => !("type" in found)) ?? path;
    return { path: at, problem, instead: suggestForNullable(valueAt(schema, at.slice(0, -1))) };
  }
  const find: FindKeyword = (keyword, fits) => findKeyword(schema, keyword, fits);
  const explained = explainValidatorWords({ path, problem }, find, definitionsOf(schema));
  if (explained !== undefined) return explained;
  const value = valueAt(schema, path);
  const isType = path.at(-1) === "type" && path.at(-2) !== "properties";
  const wrongType = hasWrongItems(value) ? "must list types, each once" : `${JSON.stringify(value)} is not a type`;
  const words = isType ? wrongType : problem;
  return { path, problem: words, instead: suggestAt(path, value, valueAt(schema, path.slice(0, -1))) };
}

function definitionsOf(schema: JsonSchema): readonly string[] {
  return ["$defs", "definitions"].flatMap((keyword) => {
    const members = valueAt(schema, [keyword]);
    return isObject(members) ? Object.keys(members).map((name) => referenceTo([keyword, name])) : [];
  });
}

/** A list that is empty, or has a value twice. */
function hasWrongItems(value: unknown): value is readonly unknown[] {
  return (
    Array.isArray(value) &&
    (value.length === 0 || new Set(value.map((item) => JSON.stringify(item))).size < value.length)
  );
}

function valueAt(schema: JsonSchema, path: readonly string[]): unknown {
  return path.reduce((inner: unknown, key) => (isContainer(inner) ? inner[key] : undefined), schema);
}

const isContainer = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isObject(value) || Array.isArray(value);

/** @param fits Whether a schema with the keyword is the one that is looked for. Default: the first is. */
function findKeyword(
  schema: unknown,
  keyword: string,
  fits: (found: Readonly<Record<string, unknown>>) => boolean = () => true,
  path: readonly string[] = [],
): readonly string[] | undefined {
  if (!isContainer(schema)) return undefined;
  if (!NAMED_SCHEMAS.includes(path.at(-1) ?? "") && Object.hasOwn(schema, keyword) && fits(schema))
    return [...path, keyword];
  for (const [key, inner] of Object.entries(schema)) {
    const found = isDataKeyword(key) ? undefined : findKeyword(inner, keyword, fits, [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** @param around The schema that the value is in. */
function suggestAt(keys: readonly string[], value: unknown, around: unknown): string | undefined {
  const [parent, key] = [keys.at(-2), keys.at(-1)];
  // A property may have any name.
  if (key === undefined || parent === "properties") return suggestForSchema(key, value);
  if (hasWrongItems(value))
    return value.length === 0 ? `list at least one, or remove "${key}"` : "list each value once";
  if (typeof value === "number")
    return key === "multipleOf" ? "write a number that is greater than 0" : "write a whole number from 0";
  switch (key) {
    case "type":
      return suggestForType(value);
    case "required": {
      const name = keys.at(-3) === "properties" && parent !== undefined ? parent : "name";
      if (value === false) return "remove it: members are optional unless the object that has them lists them";
      return `list the names in the object that has the properties: ${yamlEntry("required", [name])}`;
    }
    case "enum":
      return "list the values: enum: [a, b]";
    case "items":
      if (!Array.isArray(value)) return suggestForSchema(key, value);
      return value.length === 1 ? `write ${yamlEntry("items", value[0])}` : `write ${yamlEntry("prefixItems", value)}`;
    case "exclusiveMinimum":
    case "exclusiveMaximum":
      return suggestForExclusive(key, value, around);
    default:
      return suggestForSchema(key, value);
  }
}

/** `minimum: 1, exclusiveMinimum: true` of draft-04. */
function suggestForExclusive(key: string, value: unknown, around: unknown): string | undefined {
  if (value === false) return "remove it";
  const bounded = key === "exclusiveMinimum" ? "minimum" : "maximum";
  const bound = isObject(around) ? around[bounded] : undefined;
  return value === true && bound !== undefined ? `write ${yamlEntry(key, bound)}, and remove "${bounded}"` : undefined;
}

/** @param around The schema that has the keyword. */
function suggestForKeyword(unknown: string, path: readonly string[], around: unknown): string {
  const value = isObject(around) ? around[unknown] : undefined;
  switch (unknown) {
    case "example":
      return "write examples: [ … ]";
    case "additionalItems":
      return isObject(around) && (Array.isArray(around["items"]) || "prefixItems" in around)
        ? `write prefixItems instead of items, and ${yamlEntry("items", value)} instead of additionalItems`
        : "remove it: it has no effect";
    case "divisibleBy":
      return `write ${yamlEntry("multipleOf", value)}`;
    case "extends":
      return `write ${yamlEntry("allOf", [value].flat())}`;
    case "disallow":
      return `write ${yamlEntry("not", { type: value })}`;
    case "$anchor":
      return `remove it, and refer to this schema by its place: ${yamlEntry("$ref", referenceTo(path.slice(0, -1)))}`;
  }
  const near = nearest(unknown, ALL_KEYWORDS);
  return near === undefined ? `remove "${unknown}", or write it into the description` : `did you mean "${near}"?`;
}

function suggestForNullable(around: unknown): string | undefined {
  if (!isObject(around)) return undefined;
  const { nullable, ...others } = around;
  if (nullable !== true || Object.keys(others).length === 0) return "remove it: without a type, null is allowed";
  return `write ${yamlEntry("anyOf", [others, { type: "null" }])}`;
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
