// Converts Picoschema (https://google.github.io/dotprompt/reference/picoschema/) to JSON Schema, with the same result
// as dotprompt's converter, except that enums have a `type`, which APIs require. That converter is asynchronous and its errors have
// no place. A test compares the two.

import type { JsonSchema } from "../model.js";
import { embedSchema } from "./embed-schema.js";
import { MAX_SCHEMAS, schemaSize } from "./expanded-size.js";
import { isMark, isObject, typesOf } from "./json-schema.js";
import { type Marks, splitMarks } from "./marks.js";

/** The names of types that have no parts. */
export const SCALARS: readonly string[] = ["any", "boolean", "integer", "null", "number", "string"];
const WILDCARD = "(*)";

/** A mistake in a schema: where (keys from the schema's root) and what. */
export interface SchemaProblem {
  readonly path: readonly string[];
  readonly problem: string;
  /** What to write instead, if the mistake alone shows it. */
  readonly instead?: string | undefined;
  /** The name that is neither a type nor a named schema. */
  readonly unknown?: string;
  /** Set if the mistake is in a named schema, where it has been reported. */
  readonly isReported?: true;
}

/** The named schema of a name, as JSON Schema; or why there is none, without a path. */
export type NamedSchemaLookup = (name: string) => { readonly schema: JsonSchema } | Omit<SchemaProblem, "path">;

interface Conversion {
  /** Whether Picoschema's objects reject additional properties: it describes what a model writes. */
  readonly closed: boolean;
  readonly problems: SchemaProblem[];
  readonly named: NamedSchemaLookup;
  /** Named schemas that refer to parts of themselves, by name: they become definitions of the whole schema. */
  readonly definitions: Map<string, JsonSchema>;
  /** How large the named schemas are together. */
  size: number;
}

/**
 * Converts Picoschema to JSON Schema, and returns JSON Schema as it is. As in dotprompt, a schema with `type` or `properties` is
 * JSON Schema, and a name that is not a type is that of a named schema.
 * @param closed Whether Picoschema's objects reject additional properties, as in dotprompt.
 */
export function toJsonSchema(
  schema: unknown,
  closed: boolean,
  problems: SchemaProblem[],
  named: NamedSchemaLookup = notNamed,
): JsonSchema {
  const conversion = { closed, problems, named, definitions: new Map<string, JsonSchema>(), size: 0 };
  if (typeof schema === "string") return scalar(schema, [], conversion, true);
  if (!isObject(schema)) {
    problems.push({ path: [], problem: "a schema is an object or the name of a type" });
    return {};
  }
  if (isJsonSchema(schema))
    return isTyped(schema) || !isObject(schema.properties) ? schema : { ...schema, type: "object" };
  const converted = pico(schema, [], conversion);
  const { definitions } = conversion;
  return definitions.size === 0 ? converted : { ...converted, $defs: Object.fromEntries(definitions) };
}

/** Whether a schema is JSON Schema, not Picoschema. */
export function isJsonSchema(schema: unknown): schema is JsonSchema {
  if (!isObject(schema)) return false;
  // dotprompt does not support these at the root; as Picoschema each would be a mistake.
  const isCompound = ["$ref", "anyOf", "oneOf", "allOf"].some((keyword) => keyword in schema);
  return isTyped(schema) || isObject(schema["properties"]) || isCompound;
}

function isTyped({ type }: { readonly type?: unknown }): boolean {
  return typeof type === "string" && [...SCALARS, "object", "array"].includes(type);
}

/** The problem of a name that is neither a type nor a named schema. */
export function notNamed(name: string): Omit<SchemaProblem, "path"> {
  return { problem: `"${name}" is not a valid type: use ${SCALARS.join(", ")}, or a named schema`, unknown: name };
}

function pico(value: unknown, path: readonly string[], conversion: Conversion): JsonSchema {
  const { closed, problems } = conversion;
  if (typeof value === "string") return scalar(value, path, conversion, false);
  if (!isObject(value)) {
    problems.push({ path, problem: `expected a type such as "string", or an object; found ${JSON.stringify(value)}` });
    return {};
  }
  const properties: [string, JsonSchema][] = [];
  const required: string[] = [];
  let additionalProperties: JsonSchema | undefined;
  for (const [key, definition] of Object.entries(value)) {
    const at = [...path, key];
    if (key === WILDCARD) {
      additionalProperties = pico(definition, at, conversion);
      continue;
    }
    const [written = "", form] = splitOnce(key, "(");
    const isOptional = written.endsWith("?");
    const name = isOptional ? written.slice(0, -1) : written;
    if (!isOptional) required.push(name);
    properties.push([name, property({ form, definition, isOptional }, at, conversion)]);
  }
  return {
    type: "object",
    properties: Object.fromEntries(properties),
    ...(required.length === 0 ? {} : { required }),
    ...(additionalProperties === undefined && !closed ? {} : { additionalProperties: additionalProperties ?? false }),
  };
}

interface Property {
  readonly form: string | undefined;
  readonly definition: unknown;
  readonly isOptional: boolean;
}

/** One `name(form, description): definition`. */
function property(
  { form, definition, isOptional }: Property,
  path: readonly string[],
  conversion: Conversion,
): JsonSchema {
  const { problems } = conversion;
  const ofObject = (): JsonSchema => {
    const schema = pico(definition, path, conversion);
    return isOptional && typeof schema.type === "string" ? { ...schema, type: [schema.type, "null"] } : schema;
  };
  if (form === undefined) return ofObject();
  const [kind, described] = splitDescription(form.endsWith(")") ? form.slice(0, -1) : form, conversion);
  switch (kind) {
    case "array":
      return {
        type: isOptional ? ["array", "null"] : "array",
        items: pico(definition, path, conversion),
        ...described,
      };
    case "object":
      return { ...ofObject(), ...described };
    case "enum": {
      if (!Array.isArray(definition)) {
        problems.push({ path, problem: "an enum lists its values: [a, b]" });
        return {};
      }
      const values: unknown[] = isOptional && !definition.includes(null) ? [...definition, null] : definition;
      return { ...typesOf(values), enum: values, ...described };
    }
    default:
      problems.push({ path, problem: `"(${kind})" is not valid: use (array), (object) or (enum)`, ...markHint(kind) });
      return {};
  }
}

/** `string, who is asking`. At the root dotprompt writes `any` as a type; inside it is the empty schema. */
function scalar(text: string, path: readonly string[], conversion: Conversion, isRoot: boolean): JsonSchema {
  const [type, described] = splitDescription(text, conversion);
  if (SCALARS.includes(type)) return { ...(type === "any" && !isRoot ? {} : { type }), ...described };
  const found = conversion.named(type);
  if (!("schema" in found)) {
    conversion.problems.push({ path, ...found, ...markHint(type) });
    return {};
  }
  const { schema } = found;
  if (isRoot) return { ...schema, ...described };
  const embedded = embedSchema(schema, type, conversion.definitions);
  conversion.size += embedded === schema ? schemaSize(schema) : 2 * schemaSize(schema);
  if (conversion.size > MAX_SCHEMAS) {
    const problem = `with "${type}", it consists of more than ${MAX_SCHEMAS} schemas`;
    conversion.problems.push({ path, problem, instead: "use fewer named schemas, or smaller ones" });
    return {};
  }
  return { ...embedded, ...described };
}

/** What to write if a mark is in the place of a type. */
function markHint(word: string): Pick<SchemaProblem, "instead"> {
  const [mark] = word.split(" ").filter(isMark);
  return mark === undefined ? {} : { instead: `write the type first: "string, ${mark}", "(object, ${mark})"` };
}

/** What follows a type: marks, which only inputs have, and a description. */
type Described = Marks & { readonly description?: string };

function splitDescription(text: string, { closed }: Conversion): [type: string, described: Described] {
  const match = /^(.*?), *(.*)$/.exec(text);
  if (match === null) return [text, {}];
  const [, type = "", description = ""] = match;
  if (closed) return [type, { description }];
  const { marks, ...rest } = splitMarks(description);
  return [type, { ...marks, ...rest }];
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const parts = text.split(separator);
  return [parts[0] ?? "", parts[1]];
}
