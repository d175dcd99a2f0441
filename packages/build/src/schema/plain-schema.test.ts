// Compares the runtime's check of plain schemas with Ajv: on random schemas and values, both find the same wrong places
// and describe them in the same words.

import * as runtime from "@cuecard/runtime";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { JsonSchema } from "../model.js";
import { ValidatorCompiler } from "./compile-validator.js";
import { isPlainSchema, isWellFormed } from "./plain-schema.js";
import { emitSchemaGuard } from "./schema-guard.js";

// Random cases take longer on a slow machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const NAMES = ["a", "b", "first name", "constructor", "toString", "0", "length", "a/b~"];
const TYPES = ["string", "number", "integer", "boolean", "null", "object", "array"];

const name = fc.constantFrom(...NAMES);
const scalar = fc.oneof(
  fc.constantFrom<unknown>("", "a", "b", 0, -0, 1, 1.5, 1e300, true, false, null),
  fc.string({ maxLength: 3 }),
);

const annotations = fc.constantFrom<JsonSchema>(
  {},
  { description: "a text" },
  { title: "T", default: 1, format: "email" },
);

const { schema } = fc.letrec<{ schema: JsonSchema; object: JsonSchema; array: JsonSchema }>((tie) => ({
  schema: fc
    .tuple(
      fc.oneof(
        { maxDepth: 3, depthSize: "small" },
        { weight: 3, arbitrary: fc.subarray(TYPES, { minLength: 1 }).map((type) => ({ type })) },
        { weight: 3, arbitrary: fc.constantFrom(...TYPES).map((type) => ({ type })) },
        {
          weight: 2,
          arbitrary: fc.uniqueArray(scalar, { minLength: 1, maxLength: 4 }).map((values) => ({ enum: values })),
        },
        { weight: 1, arbitrary: fc.constant({}) },
        { weight: 4, arbitrary: tie("object") },
        { weight: 2, arbitrary: tie("array") },
      ),
      annotations,
    )
    .map(([one, notes]): JsonSchema => ({ ...one, ...notes })),
  object: fc
    .record(
      {
        type: fc.constantFrom<string | string[]>("object", ["object", "null"], ["object", "array"]),
        properties: fc.dictionary(name, tie("schema"), { maxKeys: 4, noNullPrototype: true }),
        required: fc.uniqueArray(name, { maxLength: 3 }),
        additionalProperties: fc.oneof(fc.boolean(), tie("schema")),
      },
      { requiredKeys: [], noNullPrototype: true },
    )
    .map(requireDeclared) as fc.Arbitrary<JsonSchema>,
  array: fc.record(
    { type: fc.constantFrom<string | string[]>("array", ["array", "null"], ["object", "array"]), items: tie("schema") },
    { requiredKeys: ["items"], noNullPrototype: true },
  ) as fc.Arbitrary<JsonSchema>,
}));

/**
 * A name that is required, declared only by what others may be, and handed over as `undefined` is missing and of the
 * wrong type: one place with two findings, which the two ways put into different words.
 */
function requireDeclared(object: JsonSchema): JsonSchema {
  if (object.required === undefined || (object.additionalProperties ?? true) === true) return object;
  return { ...object, required: object.required.filter((key) => Object.hasOwn(object.properties ?? {}, key)) };
}

/** Values that callers in plain JavaScript can pass. */
const strange = fc.constantFrom<unknown>(
  undefined,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  () => 1,
  Symbol("s"),
  1n,
  new Date(0),
);

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    { weight: 4, arbitrary: scalar },
    { weight: 1, arbitrary: strange },
    { weight: 2, arbitrary: fc.array(tie("value"), { maxLength: 3 }) },
    { weight: 4, arbitrary: fc.dictionary(name, tie("value"), { maxKeys: 5, noNullPrototype: true }) },
    {
      weight: 1,
      arbitrary: fc.dictionary(name, tie("value"), { maxKeys: 2 }).map((members) => Object.create(members)),
    },
  ),
}));

/** A value that fits in most places: random ones seldom do. */
function fitting(schema: JsonSchema, random: unknown, turn: number): unknown {
  const type = [schema.type ?? []].flat()[turn % 7] ?? [schema.type ?? []].flat()[0];
  if (turn % 11 === 10) return random;
  if (schema.enum !== undefined) return schema.enum[turn % schema.enum.length];
  if (type === "object" || schema.properties !== undefined) {
    const members = Object.entries(schema.properties ?? {}).map(([key, member], index) => [
      key,
      typeof member === "boolean" ? random : fitting(member, random, turn * 3 + index),
    ]);
    return Object.fromEntries(members.filter((_, index) => (turn + index) % 5 !== 4));
  }
  if (type === "array")
    return [1, 2].map((step) =>
      typeof schema.items === "object" ? fitting(schema.items, random, turn + step) : random,
    );
  return { string: "a", number: 1.5, integer: 2, boolean: true, null: null }[type ?? ""] ?? random;
}

/** The way of schemas that are not plain: Ajv's emitted code. */
function ajvCheck(schema: JsonSchema): (value: unknown) => runtime.InputIssue[] {
  // It means nothing here, and makes the schema one that is not plain.
  const result = new ValidatorCompiler().compile({ ...schema, minProperties: 0 });
  if (result.kind !== "compiled" || result.validator.check.kind !== "compiled") throw new Error(JSON.stringify(result));
  const { code, imports } = result.validator.check;
  const make = new Function(...imports, `"use strict"; return ${code};`);
  const makeValidator = make(...imports.map((one) => (runtime as Readonly<Record<string, unknown>>)[one]));
  return runtime.ajvCheck(makeValidator, schema);
}

/** Guards are made for inputs: here for one whose variable `v` has the schema. */
function guardOf(schema: JsonSchema): ((value: unknown) => boolean) | undefined {
  const guard = emitSchemaGuard({ type: "object", properties: { v: schema }, required: ["v"] });
  if (guard === undefined) return undefined;
  const tests = ["isPlain(input)", ...guard.tests].join(" && ");
  const code = `"use strict"; return (input) => ${tests};`;
  const imports = ["isPlain", ...guard.imports.filter((name) => name !== "isPlain")];
  const make = new Function(...imports, code);
  const fits = make(...imports.map((one) => (runtime as Readonly<Record<string, unknown>>)[one]));
  return (v) => fits({ v });
}

const sorted = (issues: readonly runtime.InputIssue[]) =>
  [...issues].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.actual < b.actual ? -1 : 1));

describe("the check of plain schemas", () => {
  it("judges as Ajv does, in the same words", () => {
    let fits = 0;
    let fails = 0;
    let guarded = 0;
    fc.assert(
      fc.property(schema, fc.array(fc.tuple(value, fc.nat()), { minLength: 8, maxLength: 8 }), (plain, values) => {
        fc.pre(isPlainSchema(plain));
        const check = runtime.plainCheck(plain);
        const byAjv = ajvCheck(plain);
        const guard = guardOf(plain);
        for (const [random, turn] of values) {
          const given = turn % 3 === 0 ? random : fitting(plain, random, turn);
          const issues = check(given);
          if (issues.length === 0) fits++;
          else fails++;
          expect(sorted(issues)).toEqual(sorted(byAjv(given)));
          if (guard?.(given)) {
            guarded++;
            expect(issues).toEqual([]);
          }
        }
      }),
      { seed: 1, numRuns: 250 },
    );
    // Both ways are walked often enough for the comparison to mean something.
    expect(Math.min(fits, fails, guarded)).toBeGreaterThan(200);
  });

  it("finds a type and a choice that both are missed as one", () => {
    const both: JsonSchema = { type: "object", properties: { a: { type: "string", enum: ["x", "y"] } } };
    expect(isPlainSchema(both)).toBe(true);
    expect(runtime.plainCheck(both)({ a: 1 })).toEqual([
      { path: "a", expected: 'one of "x", "y"', actual: "a number (1)" },
    ]);
  });
});

describe("isPlainSchema", () => {
  it.each<[JsonSchema]>([
    [{ type: "object", properties: { a: { type: ["string", "null"], description: "x" } }, required: ["a"] }],
    [{ type: "array", items: { enum: ["a", 1, null] } }],
    [{ type: "object", additionalProperties: { type: "object", additionalProperties: false } }],
    [
      {
        type: "object",
        "x-order": ["a"],
        properties: { description: {}, pattern: { type: "string", format: "email" } },
      },
    ],
  ])("%j is plain", (plain) => {
    expect(isPlainSchema(plain)).toBe(true);
  });

  it.each<[unknown]>([
    [true],
    [{ type: "string", minLength: 1 }],
    [{ properties: { a: { pattern: "x" } } }],
    [{ items: { anyOf: [{}] } }],
    [{ items: true }],
    [{ properties: { a: false } }],
    [{ additionalProperties: { const: 1 } }],
    [{ $ref: "#/$defs/a", $defs: { a: {} } }],
    [{ enum: [{}] }],
    [{ enum: [[1]] }],
    [{ enum: [1], properties: {} }],
    [{ enum: [1], items: {} }],
    [{ type: "string", properties: {} }],
    [{ type: ["object", "null"], items: {} }],
    [{ required: ["__proto__"] }],
    [JSON.parse('{ "properties": { "__proto__": {} } }')],
  ])("%j is not", (other) => {
    expect(isPlainSchema(other)).toBe(false);
  });
});

describe("isWellFormed", () => {
  it("accepts only what Ajv accepts", () => {
    const wrong: Readonly<Record<string, readonly unknown[]>> = {
      type: ["strin", null, 5, [], ["a"], ["null", null], ["null", "null"]],
      required: [["a", "a"], "a", [1], null],
      enum: [[], "a", ["a", "a"], [null, null], {}],
      properties: [[], "a", null, { a: 1 }],
      ...{
        items: [null, [], "a"],
        additionalProperties: [null, [], "a"],
        format: [1],
        $schema: ["http://example.com"],
      },
    };
    const mistakes = Object.entries(wrong).flatMap(([key, values]) => values.map((given) => ({ [key]: given })));
    const mistake = fc.option(fc.constantFrom(...mistakes), { freq: 1 });
    let accepted = 0;
    fc.assert(
      fc.property(schema, mistake, fc.boolean(), (plain, change, isDeep) => {
        const changed: JsonSchema = { ...plain, ...change };
        const one: JsonSchema = isDeep ? { type: "object", properties: { p: changed } } : changed;
        if (!isWellFormed(one) || !isPlainSchema(one)) return;
        accepted++;
        expect(new ValidatorCompiler().compile({ ...one, minProperties: 0 }).kind).toBe("compiled");
      }),
      { seed: 1, numRuns: 400 },
    );
    expect(accepted).toBeGreaterThan(100);
  });
});
