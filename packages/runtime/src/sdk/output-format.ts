// What a request says about the form of the answer.

import type { JsonSchema } from "../json-schema.js";
import { ownProperty } from "../safe-members.js";
import type { Sendable } from "./sendable.js";

/** `Format` if the prompt has an `output.schema`. It is left out at run time if the answer is text: see {@link jsonSchemaOf}. */
export type FormatOf<P extends Sendable, Format> = [P["outputSchema"]] extends [undefined] ? unknown : Partial<Format>;

/** The schema of a JSON answer. A schema whose answers are texts gives none: the model writes them as they are. */
export function jsonSchemaOf(prompt: Sendable): JsonSchema | undefined {
  const outputSchema = ownProperty(prompt, "outputSchema") as Sendable["outputSchema"];
  return outputSchema === undefined || isText(outputSchema) ? undefined : outputSchema;
}

function isText(schema: JsonSchema): boolean {
  const values = ownProperty(schema, "enum") ?? [ownProperty(schema, "const")];
  return ownProperty(schema, "type") === "string" || (values as unknown[]).every((value) => typeof value === "string");
}

/** The prompt's name as APIs want names of schemas: letters, digits, `_` and `-`, at most 64. */
export function schemaName({ name }: Sendable): string {
  return name.replace(/[^a-zA-Z0-9_-]/g, "_").slice(0, 64);
}

const STRICT_KEYWORDS = [
  "type",
  "properties",
  "required",
  "additionalProperties",
  "items",
  "enum",
  "description",
  "anyOf",
];

/**
 * Whether a schema has the form in which OpenAI and Mistral guarantee it (https://platform.openai.com/docs/guides/structured-outputs):
 * an object whose objects require all their members and allow no others.
 */
export function isStrict(schema: JsonSchema): boolean {
  return ownProperty(schema, "type") === "object" && isStrictPart(schema);
}

function isStrictPart(schema: unknown): boolean {
  if (typeof schema !== "object" || schema === null) return false;
  const own: Record<string, unknown> = Object.assign(Object.create(null), schema);
  const { type, properties, required, additionalProperties, items, anyOf } = own;
  if (Object.keys(schema).some((keyword) => !STRICT_KEYWORDS.includes(keyword))) return false;
  const members = Object.entries(properties ?? {});
  const isObject = type === "object" || (Array.isArray(type) && type.includes("object")) || properties !== undefined;
  const isClosed =
    additionalProperties === false && members.every(([name]) => Array.isArray(required) && required.includes(name));
  if (isObject && !isClosed) return false;
  const parts = [...members.map(([, member]) => member), ...(items === undefined ? [] : [items]), ...listOf(anyOf)];
  return parts.every(isStrictPart);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
