// Holds the template against the declared input: variables that the schema lacks, and those that nobody uses.

import { type Diagnostic, diagnose } from "@cuecard/model";
import { nearest } from "@cuecard/runtime";
import { isObject, type JsonSchema } from "../schema/json-schema.js";
import { resolvePointer } from "../schema/resolve-pointer.js";
import type { Usage } from "../template/usage.js";

/** Variables, at any depth, that the template uses and the schema does not declare. */
export function findUndeclared(input: Usage, schema: JsonSchema): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const visit = (usage: Usage, declared: JsonSchema | boolean | undefined, path: string): void => {
    const known = follow(schema, declared);
    if (known === undefined) return;
    if (usage.items !== undefined) visit(usage.items, known.items, `${path}[]`);
    if (!listsItsMembers(known)) return;
    for (const [name, member] of usage.members) {
      const variable = path === "" ? name : `${path}.${name}`;
      if (Object.hasOwn(known.properties, name)) visit(member, known.properties[name], variable);
      else if (member.origin !== undefined) {
        const { source, start, end } = member.origin;
        const args = { variable, nearest: nearest(name, Object.keys(known.properties)) };
        diagnostics.push(diagnose("template/undeclared-variable", args, source.place(start, end)));
      }
    }
  };
  visit(input, schema, "");
  return diagnostics;
}

/** Declared variables that the template does not use. */
export function findUnused(input: Usage, schema: JsonSchema): string[] {
  if (input.whole) return [];
  return Object.keys(schema.properties ?? {}).filter((name) => !input.members.has(name));
}

function follow(root: JsonSchema, schema: JsonSchema | boolean | undefined): JsonSchema | undefined {
  const target = isObject(schema) && typeof schema["$ref"] === "string" ? resolvePointer(root, schema["$ref"]) : schema;
  return isObject(target) ? target : undefined;
}

/** Whether the schema's properties are all there can be. */
export function listsItsMembers(
  schema: JsonSchema,
): schema is JsonSchema & { properties: NonNullable<JsonSchema["properties"]> } {
  const isOpen =
    schema.additionalProperties === true || isObject(schema.additionalProperties) || "patternProperties" in schema;
  const branches = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  return schema.properties !== undefined && !isOpen && branches === undefined;
}
