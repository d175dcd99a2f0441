// The type of a JSON Schema's values in a few words: `string`, `string[]`, `"a" | "b"`.

import { asSchema, isSchema, resolveSchema, type UnknownSchema } from "./resolve-schema.js";

/** Schemas can refer to themselves. */
const DEEPEST = 6;

/** @param root The schema that references lead into. */
export function describeType(schema: UnknownSchema, root: UnknownSchema, depth = 0): string {
  const own = resolveSchema(schema, root);
  if (depth > DEEPEST) return "any";
  const of = (one: unknown) => describeType(asSchema(one), root, depth + 1);
  if (Array.isArray(own["enum"])) return own["enum"].map((value) => JSON.stringify(value)).join(" | ");
  if ("const" in own) return JSON.stringify(own["const"]);
  const choices = own["anyOf"] ?? own["oneOf"];
  if (Array.isArray(choices)) return [...new Set(choices.map(of))].join(" | ");
  const types = [own["type"] ?? []].flat().map(String);
  const named = types.map((type) => {
    if (type !== "array") return type;
    const item = isSchema(own["items"]) ? of(own["items"]) : "any";
    return item.includes(" ") ? `(${item})[]` : `${item}[]`;
  });
  if (own["nullable"] === true) named.push("null");
  return named.length === 0 ? (isSchema(own["properties"]) ? "object" : "any") : named.join(" | ");
}
