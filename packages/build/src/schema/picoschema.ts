// Converts Picoschema (https://google.github.io/dotprompt/reference/picoschema/) to JSON Schema, with the same result
// as dotprompt's converter, except that enums have a `type`, which APIs require. That converter is asynchronous and its errors have
// no place. A test compares the two.

import type { JsonSchema } from "../model.js";
import { isObject, typesOf } from "./json-schema.js";

/** The names of types that have no parts. */
export const SCALARS: readonly string[] = ["any", "boolean", "integer", "null", "number", "string"];
const WILDCARD = "(*)";

/** A mistake in a schema: where (keys from the schema's root) and what. */
export interface SchemaProblem {
  readonly path: readonly string[];
  readonly problem: string;
}

/**
 * Converts Picoschema to JSON Schema, and returns JSON Schema as it is. As in dotprompt, a schema with `type` or `properties` is
 * JSON Schema.
 * @param closed Whether Picoschema's objects reject additional properties, as in dotprompt.
 */
export function toJsonSchema(schema: unknown, closed: boolean, problems: SchemaProblem[]): JsonSchema {
  if (typeof schema === "string") return scalar(schema, [], problems, true);
  if (!isObject(schema)) {
    problems.push({ path: [], problem: "a schema is an object or the name of a type" });
    return {};
  }
  const type = schema["type"];
  if (typeof type === "string" && [...SCALARS, "object", "array"].includes(type)) return schema as JsonSchema;
  if (isObject(schema["properties"])) return { ...schema, type: "object" } as JsonSchema;
  // dotprompt does not support these at the root; as Picoschema each would be a mistake.
  if (["$ref", "anyOf", "oneOf", "allOf"].some((keyword) => keyword in schema)) return schema as JsonSchema;
  return pico(schema, [], closed, problems);
}

function pico(value: unknown, path: readonly string[], closed: boolean, problems: SchemaProblem[]): JsonSchema {
  if (typeof value === "string") return scalar(value, path, problems, false);
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
      additionalProperties = pico(definition, at, closed, problems);
      continue;
    }
    const [written = "", form] = splitOnce(key, "(");
    const isOptional = written.endsWith("?");
    const name = isOptional ? written.slice(0, -1) : written;
    if (!isOptional) required.push(name);
    properties.push([name, property(form, definition, isOptional, at, closed, problems)]);
  }
  return {
    type: "object",
    properties: Object.fromEntries(properties),
    ...(required.length === 0 ? {} : { required }),
    ...(additionalProperties === undefined && !closed ? {} : { additionalProperties: additionalProperties ?? false }),
  };
}

/** One `name(form, description): definition`. */
function property(
  form: string | undefined,
  definition: unknown,
  isOptional: boolean,
  path: readonly string[],
  closed: boolean,
  problems: SchemaProblem[],
): JsonSchema {
  if (form === undefined) {
    const schema = pico(definition, path, closed, problems);
    return isOptional && typeof schema.type === "string" ? { ...schema, type: [schema.type, "null"] } : schema;
  }
  const [kind, description] = splitDescription(form.endsWith(")") ? form.slice(0, -1) : form);
  const described = description === undefined ? {} : { description };
  switch (kind) {
    case "array":
      return {
        type: isOptional ? ["array", "null"] : "array",
        items: pico(definition, path, closed, problems),
        ...described,
      };
    case "object": {
      const schema = pico(definition, path, closed, problems);
      return { ...schema, ...(isOptional ? { type: [String(schema.type), "null"] } : {}), ...described };
    }
    case "enum": {
      if (!Array.isArray(definition)) {
        problems.push({ path, problem: "an enum lists its values: [a, b]" });
        return {};
      }
      const values: unknown[] = isOptional && !definition.includes(null) ? [...definition, null] : definition;
      return { ...typesOf(values), enum: values, ...described };
    }
    default:
      problems.push({ path, problem: `"(${kind})" is not valid: use (array), (object) or (enum)` });
      return {};
  }
}

/** `string, who is asking`. At the root dotprompt writes `any` as a type; inside it is the empty schema. */
function scalar(text: string, path: readonly string[], problems: SchemaProblem[], isRoot: boolean): JsonSchema {
  const [type, description] = splitDescription(text);
  if (!SCALARS.includes(type)) {
    problems.push({ path, problem: `"${type}" is not a valid type: use ${SCALARS.join(", ")}` });
    return {};
  }
  return {
    ...(type === "any" && !isRoot ? {} : { type }),
    ...(description === undefined ? {} : { description }),
  };
}

function splitDescription(text: string): [type: string, description: string | undefined] {
  const match = /^(.*?), *(.*)$/.exec(text);
  return match === null ? [text, undefined] : [match[1] ?? "", match[2]];
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const parts = text.split(separator);
  return [parts[0] ?? "", parts[1]];
}
