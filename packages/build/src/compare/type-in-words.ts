// Describes a JSON Schema in a few words, for use in a sentence: `a list of strings`, `"a" or "b"`, `an object`.

import { either } from "@cuecard/model";
import type { JsonSchema } from "../model.js";

const NAMES: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  null: "null",
};

const ITEMS: Readonly<Record<string, string>> = {
  string: "strings",
  number: "numbers",
  integer: "whole numbers",
  array: "lists",
  object: "objects",
};

/** How many values are named before the rest is counted. */
const MOST_VALUES = 6;

export function typeInWords(schema: JsonSchema | boolean): string {
  if (schema === false) return "nothing at all";
  if (schema === true) return "anything";
  const values = "const" in schema ? [schema.const] : schema.enum;
  if (values !== undefined) {
    const named = values.slice(0, MOST_VALUES).map((value) => JSON.stringify(value));
    return alternatives(values.length > MOST_VALUES ? [...named, `${values.length - MOST_VALUES} more`] : named);
  }
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches !== undefined) return alternatives([...new Set(branches.map(typeInWords))]);
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.length === 0) return schema.properties === undefined ? "anything" : "an object";
  return alternatives(types.map((type) => (type === "array" ? listInWords(schema) : (NAMES[type] ?? type))));
}

function listInWords({ items }: JsonSchema): string {
  const type =
    typeof items === "object" && items.enum === undefined && typeof items.type === "string" ? items.type : "";
  const many = ITEMS[type];
  return many === undefined ? "a list" : `a list of ${many}`;
}

function alternatives(words: readonly string[]): string {
  return words.length === 0 ? "nothing" : either(words);
}
