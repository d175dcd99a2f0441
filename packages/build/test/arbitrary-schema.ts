// For tests: random pairs of JSON Schemas that resemble each other, and random values that a schema allows.

import fc from "fast-check";
import type { JsonSchema } from "../src/model.js";
import { isObject } from "../src/schema/json-schema.js";
import { resolvePointer } from "../src/schema/resolve-pointer.js";

type Schema = JsonSchema | boolean;

const NAMES = ["a", "b", "c"];
/** Names that no schema here declares. */
const STRANGERS = ["x", "y"];
const SCALARS = ["string", "number", "integer", "boolean", "null"];
const VALUES: readonly unknown[] = ["p", "q", 1, 2, null, true];

const few = <T>(values: readonly T[], minLength = 0) =>
  fc.subarray([...values], { minLength, maxLength: Math.min(values.length, 3) });

const bounds = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  fc.record({ minLength: fc.nat(2) }),
  fc.record({ maxLength: fc.nat(3) }),
  fc.record({ minimum: fc.nat(2) }),
  fc.record({ maximum: fc.nat(3) }),
  fc.record({ maxItems: fc.nat(2) }),
  fc.record({ uniqueItems: fc.boolean() }),
  fc.constant({ pattern: "^p" }),
  fc.constant({ not: { type: "null" } }),
  fc.constant({ contains: { type: "string" } }),
);

const { schema } = fc.letrec<{ schema: Schema; object: JsonSchema; scalar: JsonSchema; leaf: JsonSchema }>((tie) => ({
  scalar: fc
    .tuple(few(SCALARS, 1), bounds)
    .map(([types, more]) => ({ type: types.length === 1 ? String(types[0]) : types, ...more })),
  leaf: fc.oneof(
    { weight: 4, arbitrary: tie("scalar") },
    { weight: 2, arbitrary: few(VALUES, 1).map((values): JsonSchema => ({ enum: values })) },
    fc.constantFrom(...VALUES).map((value): JsonSchema => ({ const: value })),
    fc.constant<JsonSchema>({}),
    fc.constant<JsonSchema>({ $ref: "#/$defs/shared" }),
  ),
  object: fc
    .tuple(
      fc.dictionary(fc.constantFrom(...NAMES), tie("schema"), { maxKeys: 3 }),
      few(NAMES),
      fc.oneof(
        { weight: 4, arbitrary: fc.constant({}) },
        fc.boolean().map((additionalProperties) => ({ additionalProperties })),
        tie("leaf").map((additionalProperties) => ({ additionalProperties })),
      ),
      fc.boolean(),
    )
    .map(([properties, required, rest, isNullable]) => ({
      type: isNullable ? ["object", "null"] : "object",
      properties: { ...properties },
      required,
      ...rest,
    })),
  schema: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 3, arbitrary: tie("leaf") },
    { weight: 3, arbitrary: tie("object") },
    tie("schema").map((items) => ({ type: "array", items })),
    fc.array(tie("schema"), { minLength: 1, maxLength: 2 }).map((anyOf) => ({ anyOf })),
    fc.array(tie("schema"), { minLength: 1, maxLength: 2 }).map((oneOf) => ({ oneOf })),
    fc.array(tie("schema"), { minLength: 1, maxLength: 2 }).map((allOf) => ({ allOf })),
    fc.tuple(tie("object"), tie("object")).map(([own, part]) => ({ ...own, anyOf: [part, { type: "null" }] })),
  ),
}));

/** An input's schema: an object with variables. */
const inputSchema: fc.Arbitrary<JsonSchema> = fc
  .tuple(
    fc.dictionary(fc.constantFrom(...NAMES), schema, { minKeys: 1, maxKeys: 3 }),
    few(NAMES),
    fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, fc.constant({ additionalProperties: false })),
    schema,
  )
  .map(([properties, required, rest, shared]) => ({
    type: "object",
    properties: { ...properties },
    required: required.filter((name) => Object.hasOwn(properties, name)),
    ...rest,
    $defs: { shared: withoutReferences(shared) },
  }));

/** A schema, and an edited version of it. */
export const schemaPair: fc.Arbitrary<readonly [JsonSchema, JsonSchema]> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(inputSchema, fc.array(fc.tuple(fc.nat(), schema), { minLength: 1, maxLength: 2 })).map(edited),
  },
  fc.tuple(inputSchema, inputSchema),
);

function edited([before, edits]: readonly [JsonSchema, readonly (readonly [number, Schema])[]]): [
  JsonSchema,
  JsonSchema,
] {
  return [before, edits.reduce((after, [at, part]) => edit(after, at, part), before)];
}

function set(holder: Record<string, unknown>, key: string, value: unknown): void {
  holder[key] = value;
}

/** Changes a schema at one of its places. */
function edit(root: JsonSchema, at: number, part: Schema): JsonSchema {
  const copy = structuredClone(root) as Record<string, unknown>;
  const places: ((value: unknown) => void)[] = [];
  const visit = (holder: Record<string, unknown>) => {
    const { properties, required, additionalProperties, items } = holder;
    for (const keyword of ["minLength", "maxLength", "minimum", "maximum", "maxItems"]) {
      const bound = holder[keyword];
      if (typeof bound === "number")
        places.push(() => set(holder, keyword, Math.max(0, bound + (at % 2 === 0 ? 1 : -1))));
    }
    if (Array.isArray(holder["enum"])) places.push(() => set(holder, "enum", [...(holder["enum"] as unknown[]), "z"]));
    if (isObject(properties)) {
      const members = properties as Record<string, unknown>;
      for (const name of NAMES) {
        places.push(() => set(members, name, part));
        places.push(() => void delete members[name]);
        places.push(() => {
          const demanded = (required ?? []) as string[];
          holder["required"] = demanded.includes(name)
            ? demanded.filter((other) => other !== name)
            : [...demanded, name];
        });
        if (isObject(members[name])) visit(members[name]);
      }
      places.push(() => set(holder, "additionalProperties", at % 3 === 0 ? false : at % 3 === 1 ? true : part));
    }
    if (isObject(additionalProperties)) visit(additionalProperties);
    if (isObject(items)) visit(items);
    if (typeof holder["type"] === "string") places.push(() => set(holder, "type", [holder["type"], SCALARS[at % 5]]));
    for (const keyword of ["anyOf", "oneOf", "allOf"]) {
      const branches = holder[keyword];
      if (!Array.isArray(branches)) continue;
      places.push(() => void branches.push(part));
      for (const branch of branches) if (isObject(branch)) visit(branch);
    }
  };
  visit(copy);
  const shared = (copy["$defs"] as Record<string, unknown>)["shared"];
  if (isObject(shared)) visit(shared);
  places[at % places.length]?.(part);
  (copy["$defs"] as Record<string, unknown>)["shared"] = withoutReferences(shared as Schema);
  return uniqueTypes(copy) as JsonSchema;
}

/** The shared definition refers to nothing, so that nothing refers to itself endlessly. */
function withoutReferences(value: Schema): Schema {
  return JSON.parse(JSON.stringify(value).replaceAll('"$ref":"#/$defs/shared"', '"type":"string"')) as Schema;
}

/** Ajv wants the types of a list to differ. */
function uniqueTypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(uniqueTypes);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === "type" && Array.isArray(member) ? [...new Set(member)] : uniqueTypes(member),
    ]),
  );
}

/** A value that a schema probably allows, with no members but those that it leaves room for. */
export function sample(root: Schema, pick: (below: number) => number): unknown {
  const one = <T>(values: readonly T[]): T | undefined => values[pick(values.length)];
  const visit = (written: Schema, depth: number): unknown => {
    if (typeof written === "boolean" || depth > 5) return one(["p", "pq", 1, null, [], {}, { a: 1 }]);
    const { $ref, anyOf, oneOf, allOf, ...own } = written;
    const parts: Schema[] = [];
    if ($ref !== undefined) parts.push(resolvePointer(root, $ref) ?? true);
    for (const branches of [anyOf, oneOf]) if (branches !== undefined) parts.push(...some(branches));
    parts.push(...(allOf ?? []));
    if (Object.keys(own).length > 0 || parts.length === 0) parts.push(own);
    const values = parts.map((part) => (part === own ? visitOwn(own, depth + 1) : visit(part, depth + 1)));
    return values.every(isObject) ? Object.assign({}, ...values) : one(values);
  };
  const some = (branches: readonly Schema[]): Schema[] => {
    const first = one(branches) ?? true;
    return pick(3) === 0 ? [...branches] : [first];
  };
  const visitOwn = (own: JsonSchema, depth: number): unknown => {
    if ("const" in own) return own.const;
    if (own.enum !== undefined) return one(own.enum);
    const types = own.type === undefined ? [...SCALARS, "object"] : [own.type].flat();
    switch (one(types)) {
      case "string":
        return one(["", "p", "pq", "pqrs", "q", "z"]);
      case "number":
        return one([0, 1, 1.5, 2, 3, 7]);
      case "integer":
        return one([0, 1, 2, 3, 7]);
      case "boolean":
        return pick(2) === 0;
      case "array":
        return Array.from({ length: pick(4) }, () => visit(own.items ?? true, depth + 1));
      case "object":
        return members(own, depth);
      default:
        return null;
    }
  };
  const members = (own: JsonSchema, depth: number): Record<string, unknown> => {
    const { properties = {}, required = [], additionalProperties: rest } = own;
    const value: Record<string, unknown> = {};
    for (const [name, member] of Object.entries(properties))
      if (required.includes(name) || pick(3) > 0) value[name] = visit(member, depth + 1);
    const isOpen = rest === true || isObject(rest) || (rest === undefined && Object.keys(properties).length === 0);
    if (rest !== false && pick(3) === 0)
      for (const name of isOpen ? [...NAMES, ...STRANGERS] : STRANGERS)
        if (!Object.hasOwn(properties, name) && pick(2) === 0) value[name] = visit(rest ?? true, depth + 1);
    for (const name of required) if (!Object.hasOwn(value, name)) value[name] = visit(rest ?? true, depth + 1);
    return value;
  };
  return visit(root, 0);
}
