// Kinds of values as bits of a number: what a value may be, according to a schema or a helper's signature.

import { either } from "@cuecard/model";
import type { ValueForm, ValueKind, ValueType } from "./helper-signature.js";

export type Kinds = number;

export const STRING = 1;
export const NUMBER = 2;
export const BOOLEAN = 4;
export const NULL = 8;
/** Missing. */
export const UNDEFINED = 16;
export const LIST = 32;
export const OBJECT = 64;

/** Kinds that read well as text. */
export const TEXT: Kinds = STRING | NUMBER | BOOLEAN;
export const NOTHING: Kinds = NULL | UNDEFINED;
/** Kinds that have members. */
export const CONTAINER: Kinds = STRING | LIST | OBJECT;
/** Whatever JSON has. */
export const JSON_KINDS: Kinds = TEXT | NULL | LIST | OBJECT;
export const EVERY_KIND: Kinds = JSON_KINDS | UNDEFINED;

/** Each kind by its name in JSON Schema and helpers' signatures. */
const TYPES: readonly (readonly [Kinds, Exclude<ValueKind, "undefined">])[] = [
  [STRING, "string"],
  [NUMBER, "number"],
  [BOOLEAN, "boolean"],
  [LIST, "array"],
  [OBJECT, "object"],
  [NULL, "null"],
];

export function kindsOf(type: ValueType): Kinds {
  return type === "any" ? EVERY_KIND : type.reduce((kinds, form) => kinds | kindsOfForm(form), 0);
}

function kindsOfForm(form: ValueForm): Kinds {
  if (typeof form === "string") return form === "undefined" ? UNDEFINED : kindOfType(form);
  if ("items" in form) return LIST;
  return "members" in form ? OBJECT : form.values.reduce((kinds: Kinds, value) => kinds | kindOfValue(value), 0);
}

/** The kind of a JSON Schema type; any kind for an unknown name. */
export function kindOfType(type: string): Kinds {
  if (type === "integer") return NUMBER;
  return TYPES.find(([, name]) => name === type)?.[0] ?? JSON_KINDS;
}

/** Kinds as JSON Schema types. */
export function typesOf(kinds: Kinds): string[] {
  return TYPES.filter(([bit]) => (kinds & bit) !== 0).map(([, type]) => type);
}

/** Whether nothing is known about a value. */
export function isAnything(kinds: Kinds): boolean {
  return (kinds & ~NOTHING) === (JSON_KINDS & ~NOTHING);
}

/** The kind of a literal, or of a value in a schema. */
export function kindOfValue(value: unknown): Kinds {
  if (value === null) return NULL;
  if (value === undefined) return UNDEFINED;
  if (Array.isArray(value)) return LIST;
  switch (typeof value) {
    case "string":
      return STRING;
    case "number":
      return NUMBER;
    case "boolean":
      return BOOLEAN;
    default:
      return OBJECT;
  }
}

const NAMES: readonly (readonly [Kinds, string])[] = [
  [STRING, "a string"],
  [NUMBER, "a number"],
  [BOOLEAN, "a boolean"],
  [LIST, "a list"],
  [OBJECT, "an object"],
];

/** `a string or a number`; null and `undefined` are named only if there is nothing else. */
export function nameKinds(kinds: Kinds): string {
  const names = NAMES.filter(([bit]) => (kinds & bit) !== 0).map(([, name]) => name);
  if (names.length === 0) return kinds === NULL ? "null" : "nothing";
  return either(names);
}
