import { describe, expect, it } from "vitest";
import { emptyValue, formOf, hintOf, variantOf } from "./form-of.js";

const NODE = {
  type: "object",
  required: ["title", "next"],
  properties: { title: { type: "string" }, next: { $ref: "#" } },
};

describe("formOf", () => {
  it.each([
    [
      { type: "string", format: "date" },
      { kind: "text", format: "date", nullable: false },
    ],
    [{ type: ["string", "null"] }, { kind: "text", nullable: true }],
    // What the compiler infers for a variable that is only inserted.
    [{ type: ["string", "number"] }, { kind: "text", nullable: false }],
    [{ type: "integer" }, { kind: "number", isInteger: true }],
    [{ enum: ["a", null, 2] }, { kind: "choice", options: ["a", 2], nullable: true }],
    [{ const: 5 }, { kind: "choice", options: [5] }],
    [{ anyOf: [{ type: "boolean" }, { type: "null" }] }, { kind: "boolean", nullable: true }],
    [
      { type: "array", items: { type: "string" } },
      { kind: "list", items: { type: "string" } },
    ],
    [{ properties: { a: {} } }, { kind: "object", members: [{ name: "a", schema: {}, required: false }] }],
    [{ type: "array", prefixItems: [{ type: "string" }] }, { kind: "json" }],
    [{ type: "object", additionalProperties: { type: "string" } }, { kind: "json" }],
    [{}, { kind: "json" }],
  ])("%j", (schema, expected) => {
    expect(formOf(schema, schema)).toMatchObject(expected);
  });

  it("names the forms of a union by their titles or types, each once", () => {
    const schema = {
      oneOf: [{ type: "string" }, { title: "Fixed", type: "object" }, { type: "object" }, { type: "object" }],
    };
    const field = formOf(schema, schema);
    const labels = field.kind === "union" ? field.variants.map(({ label }) => label) : [];
    expect(labels).toEqual(["string", "Fixed", "object (3)", "object (4)"]);
  });
});

describe("variantOf", () => {
  const variants = [
    { label: "a", schema: { type: "object", required: ["a"], properties: { a: { type: "number" } } } },
    { label: "b", schema: { type: "object", required: ["b"], properties: { b: { type: "number" } } } },
    { label: "text", schema: { type: "string" } },
  ];

  it.each([
    [{ a: 1 }, 0],
    [{ b: 1 }, 1],
    [{ b: "1" }, 0],
    ["x", 2],
    [undefined, 0],
  ])("%j", (value, expected) => {
    expect(variantOf(variants, value, {})).toBe(expected);
  });
});

describe("emptyValue", () => {
  it("begins with defaults and the lowest values, and ends where a schema demands itself", () => {
    const schema = {
      type: "object",
      required: ["a", "b", "c"],
      properties: {
        a: { type: "integer", minimum: 3 },
        b: { type: "string", default: "x" },
        c: { enum: ["y", "z"] },
        d: {},
      },
    };
    expect(emptyValue(schema, schema)).toEqual({ a: 3, b: "x", c: "y" });
    expect(JSON.stringify(emptyValue(NODE, NODE))).toContain('"next":null');
  });
});

it.each([
  [{ type: "integer", minimum: 1, maximum: 5 }, "integer, at least 1, at most 5"],
  [{ type: "string", format: "email" }, "email"],
  [{ enum: ["a"] }, ""],
])("the hint of %j", (schema, expected) => {
  expect(hintOf(schema, schema)).toBe(expected);
});
