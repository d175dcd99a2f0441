// Made inputs fit the schemas that they are made for.

import { describe, expect, it } from "vitest";
import type { JsonSchema } from "../model.js";
import { ValidatorCompiler } from "../schema/compile-validator.js";
import { SampleValues } from "./sample-values.js";

const object = (properties: Record<string, JsonSchema>, more: Partial<JsonSchema> = {}): JsonSchema => ({
  type: "object",
  properties,
  required: Object.keys(properties),
  ...more,
});

describe("full and minimal inputs", () => {
  it.each<[string, JsonSchema, unknown?]>([
    ["nothing", { type: "object" }, {}],
    ["names", object({ customerName: { type: "string" } }), { customerName: "customer name" }],
    ["lengths", object({ a: { type: "string", minLength: 9, maxLength: 9 } })],
    ["an example of the schema", object({ a: { type: "string", examples: ["Ada"] } }), { a: "Ada" }],
    ["a default", object({ a: { type: "number", default: 7 } }), { a: 7 }],
    ["enums and constants", object({ a: { enum: [3, 4] }, b: { const: null } }), { a: 3, b: null }],
    [
      "numbers",
      object({ a: { type: "integer", exclusiveMinimum: 3, multipleOf: 5 }, b: { type: "number", maximum: -2 } }),
      { a: 10, b: -2 },
    ],
    ["patterns", object({ a: { type: "string", pattern: "^(?:ab|c)+[0-9]{3,}x?$" } }), { a: "ab000" }],
    ["formats", object({ a: { type: "string", format: "email" } }), { a: "ada@example.com" }],
    ["lists", object({ tags: { type: "array", items: { type: "string" }, minItems: 3 } })],
    ["short lists", object({ tags: { type: "array", items: { type: "string" }, maxItems: 1 } }), { tags: ["tag"] }],
    ["tuples", object({ a: { type: "array", prefixItems: [{ type: "number" }, { type: "boolean" }], items: false } })],
    ["nullable values", object({ a: { type: ["null", "string"] } }), { a: "a" }],
    ["choices", object({ a: { anyOf: [{ type: "number" }, { type: "string" }] } }), { a: 1 }],
    [
      "parts",
      object({ a: { allOf: [object({ x: { type: "number" } }), object({ y: { type: "number" } })] } }),
      { a: { x: 1, y: 1 } },
    ],
    ["definitions", { ...object({ a: { $ref: "#/$defs/a" } }), $defs: { a: { type: "boolean" } } }, { a: true }],
    [
      "definitions of themselves",
      {
        ...object({ tree: { $ref: "#/$defs/tree" } }),
        $defs: {
          tree: { type: "object", properties: { children: { type: "array", items: { $ref: "#/$defs/tree" } } } },
        },
      },
    ],
  ])("%s", (_, schema, expected) => {
    const samples = new SampleValues(schema, []);
    const compiled = new ValidatorCompiler().compile(schema);
    if (compiled.kind !== "compiled") throw new Error(compiled.problem);
    expect(compiled.validator.validate(samples.full())).toEqual([]);
    expect(compiled.validator.validate(samples.minimal())).toEqual([]);
    if (expected !== undefined) expect(samples.full()).toEqual(expected);
  });
});
