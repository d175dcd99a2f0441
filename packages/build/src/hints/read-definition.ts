// Definitions of variables that are not Picoschema, read for what was meant: `(list)`, `[a, b]`, `{ type: string }`.

import { isObject } from "../schema/json-schema.js";
import { SCALARS } from "../schema/picoschema.js";
import { readScalar, readSchemaName, readType, type TypeMeant } from "./type-words.js";

export interface Key {
  readonly name: string;
  readonly optional: boolean;
  /** What is in the parentheses, before the comma. */
  readonly form: string | undefined;
  readonly description: string | undefined;
}

/** `tags?(array, what they are)`, and the same with its `?` at the end. */
export function readKey(key: string): Key {
  const [, written = key, inside] = /^([^(]*)(?:\((.*?)\)?\??)?$/s.exec(key) ?? [];
  const [form, ...description] = inside?.split(",") ?? [];
  return {
    name: written.trim().replace(/\?$/, ""),
    optional: /\?\s*$/.test(written) || /\)\s*\?$/.test(key),
    form: form?.trim(),
    description: description.length === 0 ? undefined : description.join(",").trim(),
  };
}

/** A form that is not one of Picoschema's: `(list)`, `(string)`, `(optional)`. */
export function readForm(form: string | undefined, definition: unknown): TypeMeant | undefined {
  switch (form) {
    case undefined:
    case "object":
      return undefined;
    case "array": {
      const items = readDefinition(definition);
      return items && { kind: "list", items };
    }
    case "enum": {
      const choices = typeof definition === "string" ? definition.split(/\s*[,|/]\s*/) : undefined;
      return choices && { kind: "enum", values: choices };
    }
    default: {
      const meant = readType(form);
      const own = readDefinition(definition);
      const items = own ?? readSchemaName(definition);
      if (meant?.kind === "list") return { kind: "list", items };
      if (meant?.kind === "record") return isObject(definition) ? own : { kind: "record", items };
      if (form === "optional") return own && { ...own, optional: true };
      if (readScalar(form) === undefined) return undefined;
      return { ...meant, kind: "scalar", description: typeof definition === "string" ? definition : undefined };
    }
  }
}

export function readDefinition(definition: unknown): TypeMeant | undefined {
  if (typeof definition === "string") return readType(definition);
  if (definition === null) return { kind: "scalar", type: "string" };
  if (typeof definition === "boolean") return { kind: "scalar", type: "boolean" };
  if (typeof definition === "number")
    return { kind: "scalar", type: Number.isInteger(definition) ? "integer" : "number" };
  if (Array.isArray(definition)) return readList(definition);
  return readJsonSchema(definition) ?? (isObject(definition) ? { kind: "object", members: definition } : undefined);
}

/** `[string]` is a list, `[string, null]` may be missing, `[formal, friendly]` lists the values. */
function readList(definition: readonly unknown[]): TypeMeant {
  const [first] = definition;
  if (definition.length < 2 && (typeof first !== "string" || readScalar(first) !== undefined))
    return { kind: "list", items: definition.length === 0 ? undefined : readDefinition(first) };
  const types = definition.filter((item) => item !== null && item !== "null");
  const [only] = types;
  if (types.length === 1 && only !== undefined && types.length < definition.length) {
    const meant = readDefinition(only);
    if (meant !== undefined) return { ...meant, optional: true };
  }
  const areTypes = types.every((item) => typeof item === "string" && readScalar(item) !== undefined);
  return areTypes ? { kind: "union" } : { kind: "enum", values: definition };
}

/** What an object such as `{ type: string }` may have, if it declares a variable. */
export const DEFINITION_KEYWORDS: readonly string[] = (
  "type description title items properties required enum default example examples format nullable optional " +
  "additionalProperties minimum maximum minLength maxLength pattern minItems maxItems"
).split(" ");

/** `{ type: string, description: who }`; `undefined` for an object of Picoschema. */
export function readJsonSchema(definition: unknown): TypeMeant | undefined {
  if (!isObject(definition)) return undefined;
  const { type, items, properties, required, nullable, optional, description } = definition;
  const keys = Object.keys(definition);
  const isSchema = typeof type === "string" || Array.isArray(type) || Array.isArray(definition["enum"]);
  if (!isSchema || !keys.every((key) => DEFINITION_KEYWORDS.includes(key))) return undefined;
  // An object with a member called "title" or "format".
  const isPicoschema = keys.some(
    (key) => key !== "type" && key !== "items" && SCALARS.includes(String(definition[key]).split(",")[0] ?? ""),
  );
  if (isPicoschema) return undefined;
  const meant: TypeMeant | undefined = Array.isArray(definition["enum"])
    ? { kind: "enum", values: definition["enum"] }
    : readDefinition(type);
  if (meant === undefined) return undefined;
  const isOptional = meant.optional || required === false || nullable === true || optional === true;
  const words = typeof description === "string" ? description : meant.description;
  return {
    ...meant,
    ...(meant.kind === "list" && items !== undefined ? { items: readDefinition(items) } : {}),
    ...(isObject(properties) ? { kind: "object", members: properties } : {}),
    ...(isOptional ? { optional: true } : {}),
    description: words,
  };
}
