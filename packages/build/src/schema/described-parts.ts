// Which schemas limit the parts of a value: its items and members. It decides whether a part may contain text of the caller's choice.

import type { JsonSchema } from "../model.js";
import { typesIn } from "./json-schema.js";
import { resolvePointer } from "./resolve-pointer.js";

/** `undefined` where nothing limits a part. */
type Schema = JsonSchema | boolean | undefined;

/** The schemas that one schema's own keywords have for a part of values of some types. */
type Pick = (schema: JsonSchema, is: (type: string) => boolean) => readonly Schema[];

const TYPES: readonly string[] = ["string", "array", "object", "number", "integer", "boolean", "null"];

/** How many schemas are looked at for one part: those that refer to each other twice are as many as the paths through them. */
const MOST_SCHEMAS = 1000;

/**
 * The alternatives for a part of a value: what it is has to match at least one of them.
 *
 * @param schemas The alternatives for the value.
 */
export function describedParts(schemas: readonly Schema[], root: JsonSchema | boolean, pick: Pick): readonly Schema[] {
  let looked = 0;
  return [...new Set(schemas.flatMap((schema) => partsIn(schema, TYPES, new Set())))];

  /** @param types That the value may have by the schemas around this one. */
  function partsIn(schema: Schema, types: readonly string[], seen: ReadonlySet<Schema>): readonly Schema[] {
    if (typeof schema !== "object" || seen.has(schema) || ++looked > MOST_SCHEMAS)
      return schema === false ? [] : [undefined];
    const { $ref, allOf = [], anyOf = [], oneOf = [] } = schema;
    // What the author chose is not the caller's.
    if ("const" in schema || schema.enum !== undefined) return [];
    const own = typesIn(schema);
    const left = types.filter((type) => own === undefined || own.includes(type));
    const within = new Set([...seen, schema]);
    const either = (branches: readonly Schema[]) => branches.flatMap((branch) => partsIn(branch, left, within));
    const target = $ref === undefined ? [] : [resolvePointer(root, $ref)];
    const limits = [
      pick(schema, (type) => left.includes(type)),
      ...[...allOf, ...target].map((part) => partsIn(part, left, within)),
      ...[anyOf, oneOf].filter(({ length }) => length > 0).map(either),
    ];
    // All of them apply: if one limits the part in any case, it is limited.
    const isLimited = limits.some((some) => !some.includes(undefined));
    const known = limits.flat().filter((some) => some !== undefined);
    return isLimited ? known : [...known, undefined];
  }
}

/** Any item or member. Those of a text are its characters. */
export const anyPart: Pick = (schema, is) => {
  const { properties = {}, patternProperties = {}, prefixItems = [] } = schema;
  return [
    ...(is("object") ? [...Object.values(properties), ...Object.values(patternProperties), otherMembers(schema)] : []),
    ...(is("array") ? [...prefixItems, otherItems(schema)] : []),
    ...(is("string") ? [undefined] : []),
  ];
};

/** A member by its name, or an item by its place. */
export const partNamed =
  (name: string): Pick =>
  (schema, is) => {
    const named = membersNamed(schema, name);
    const { prefixItems = [] } = schema;
    const isPlace = /^\d+$/.test(name);
    return [
      ...(is("object") ? (named.length > 0 ? named : [otherMembers(schema)]) : []),
      ...(is("array") && isPlace ? [prefixItems[Number(name)] ?? otherItems(schema)] : []),
      ...(is("string") && isPlace ? [undefined] : []),
    ];
  };

/** What a schema's own keywords have for a member of this name: a property, and patterns. */
export function membersNamed({ properties = {}, patternProperties = {} }: JsonSchema, name: string): readonly Schema[] {
  const matching = Object.entries(patternProperties).filter(([pattern]) => new RegExp(pattern, "u").test(name));
  return [...(Object.hasOwn(properties, name) ? [properties[name]] : []), ...matching.map(([, member]) => member)];
}

const otherMembers = (schema: JsonSchema): Schema =>
  schema.additionalProperties ?? (schema["unevaluatedProperties"] as Schema);

const otherItems = (schema: JsonSchema): Schema => schema.items ?? (schema["unevaluatedItems"] as Schema);
