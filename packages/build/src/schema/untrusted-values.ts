// Which values a schema marks as `untrusted`: the value itself, and all that is in it. Where a schema leaves it open, a value counts as one
// that may be marked.

import type { JsonSchema } from "../model.js";
import { isObject } from "./json-schema.js";
import { resolvePointer } from "./resolve-pointer.js";

type Schema = JsonSchema | boolean;

/** Whether a schema marks all its values: by itself, or by a schema that applies to the same values. */
export function isUntrusted(schema: Schema, root: Schema, seen: Set<Schema> = new Set()): boolean {
  if (typeof schema !== "object" || seen.has(schema)) return false;
  if (schema["untrusted"] === true) return true;
  seen.add(schema);
  const { $ref, allOf = [] } = schema;
  const target = $ref === undefined ? undefined : resolvePointer(root, $ref);
  return [...(target === undefined ? [] : [target]), ...allOf].some((other) => isUntrusted(other, root, seen));
}

/** Keywords whose schemas apply to the value itself, or may. */
const IN_PLACE = ["allOf", "anyOf", "oneOf", "if", "then", "else"];

/** A value that a schema describes. */
export class DescribedValue {
  /** Whether it is marked, or part of a value that is, or may be. */
  readonly isUntrusted: boolean;
  readonly #root: Schema;
  /** All schemas that may apply to it. */
  readonly #schemas: readonly JsonSchema[];

  constructor(root: Schema, schemas: readonly (Schema | undefined)[], isWithin = false) {
    this.#root = root;
    this.#schemas = inPlace(root, schemas);
    this.isUntrusted = isWithin || this.#schemas.some((schema) => schema["untrusted"] === true);
  }

  /** Names of its members. */
  get memberNames(): readonly string[] {
    return [...new Set(this.#schemas.flatMap(({ properties = {} }) => Object.keys(properties)))];
  }

  member(name: string): DescribedValue {
    const found = this.#schemas.flatMap(({ properties = {}, patternProperties = {}, prefixItems, ...schema }) => {
      const isNamed = Object.hasOwn(properties, name);
      const patterns = Object.entries(patternProperties).flatMap(([pattern, member]) =>
        new RegExp(pattern, "u").test(name) ? [member] : [],
      );
      const rest = isNamed || patterns.length > 0 ? [] : [schema.additionalProperties];
      const items = /^\d+$/.test(name) ? [prefixItems?.[Number(name)] ?? schema.items] : [];
      return [...(isNamed ? [properties[name]] : []), ...patterns, ...rest, ...items];
    });
    return new DescribedValue(this.#root, found, this.isUntrusted);
  }

  /** Any item of a list, or any member of an object. */
  item(): DescribedValue {
    return new DescribedValue(this.#root, this.#schemas.flatMap(partsOf), this.isUntrusted);
  }

  /** Whether it is marked, or anything in it is. */
  get holdsUntrusted(): boolean {
    const seen = new Set<Schema>();
    const open: (Schema | undefined)[] = [...this.#schemas];
    while (open.length > 0) {
      const schema = open.pop();
      if (typeof schema !== "object" || seen.has(schema)) continue;
      seen.add(schema);
      if (schema["untrusted"] === true) return true;
      open.push(...inPlace(this.#root, [schema]), ...partsOf(schema));
    }
    return this.isUntrusted;
  }
}

/** The schemas of a value's items and members. */
function partsOf(schema: JsonSchema): readonly (Schema | undefined)[] {
  const { properties = {}, patternProperties = {}, additionalProperties, prefixItems = [], items } = schema;
  return [
    ...Object.values(properties),
    ...Object.values(patternProperties),
    additionalProperties,
    ...prefixItems,
    items,
    ...["unevaluatedProperties", "unevaluatedItems", "contains"].map(
      (keyword) => schema[keyword] as Schema | undefined,
    ),
  ];
}

/** Schemas with all those that they refer to or combine. */
function inPlace(root: Schema, schemas: readonly (Schema | undefined)[]): JsonSchema[] {
  const found = new Set<JsonSchema>();
  const open = [...schemas];
  while (open.length > 0) {
    const schema = open.pop();
    if (typeof schema !== "object" || found.has(schema)) continue;
    found.add(schema);
    if (schema.$ref !== undefined) open.push(resolvePointer(root, schema.$ref));
    for (const keyword of IN_PLACE) open.push(...([schema[keyword] ?? []].flat() as Schema[]));
    if (isObject(schema["dependentSchemas"])) open.push(...(Object.values(schema["dependentSchemas"]) as Schema[]));
  }
  return [...found];
}
