import { describe, expect, it } from "vitest";
import { schemaRows } from "./schema-rows.js";

describe("schemaRows", () => {
  it.each([
    [{ type: "object", properties: { a: { type: "string" } }, required: ["a"] }, ["a string!"]],
    [{ properties: { a: { type: ["number", "null"] } } }, ["a number | null"]],
    [{ properties: { a: { enum: ["x", 1, null] } } }, ['a "x" | 1 | null']],
    [{ properties: { a: { type: "array", items: { enum: ["x", "y"] } } } }, ['a ("x" | "y")[]']],
    [{ properties: { a: { anyOf: [{ type: "string" }, { const: 5 }] } } }, ["a string | 5"]],
    [
      { properties: { a: { type: "array", items: { properties: { b: { type: "boolean" } }, required: ["b"] } } } },
      ["a object[]", "a[].b boolean!"],
    ],
    [
      {
        properties: { a: { $ref: "#/$defs/A" } },
        $defs: { A: { type: "object", properties: { b: { type: "integer" } } } },
      },
      ["a object", "a.b integer"],
    ],
    [{ properties: { a: { $ref: "#/$defs/missing" } } }, ["a any"]],
    [{ properties: { a: true } }, ["a any"]],
    [{ type: "string" }, []],
  ])("%j", (schema, expected) => {
    expect(schemaRows(schema).map(({ path, type, required }) => `${path} ${type}${required ? "!" : ""}`)).toEqual(
      expected,
    );
  });

  it("ends for schemas that refer to themselves", () => {
    const node = { type: "object", properties: { next: { $ref: "#/$defs/node" } } };
    expect(schemaRows({ ...node, $defs: { node } }).length).toBeLessThan(10);
  });

  it("shows what is used if a value is missing", () => {
    const schema = { properties: { tone: { type: "string" } }, required: ["tone"] };
    expect(schemaRows(schema, { tone: "formal" })).toMatchObject([{ required: false, default: '"formal"' }]);
  });
});
