import { describe, expect, it } from "vitest";
import { addRow, changeRow, type InputRow, readInputs, removeRow } from "./inputs.js";

const pico = readInputs({
  schema: {
    name: "string, who is greeted",
    "tone?(enum, how)": ["warm", "brief"],
    "past?(array, earlier ones)": "string",
    "address(object, where)": { city: "string" },
  },
  default: { name: "you" },
});
const json = readInputs({
  schema: {
    type: "object",
    properties: { name: { type: "string", description: "who" }, tone: { enum: ["warm"] } },
    required: ["name"],
  },
});

const row = (inputs: typeof pico, at: number, change: Partial<InputRow>) =>
  changeRow(inputs, at, { ...(inputs.rows[at] as InputRow), ...change });

describe("rows", () => {
  it("come from Picoschema", () => {
    expect([
      pico.style,
      pico.rows.map(({ name, type, isRequired, description }) => [name, type, isRequired, description]),
    ]).toEqual([
      "picoschema",
      [
        ["name", "string", true, "who is greeted"],
        ["tone", "choice", false, "how"],
        ["past", "list of string", false, "earlier ones"],
        ["address", "object", true, "where"],
      ],
    ]);
  });

  it("come from JSON Schema", () => {
    expect([json.style, json.rows.map(({ name, type, isRequired }) => [name, type, isRequired])]).toEqual([
      "json",
      [
        ["name", "string", true],
        ["tone", "choice", false],
      ],
    ]);
  });

  it.each([
    ["no schema", {}, "none"],
    ["the name of a file", { schema: "Recipe" }, "text"],
    ["a wildcard", { schema: { "(*)": "string" } }, "text"],
    ["what is not an object", "Recipe", "none"],
  ])("of %s", (_name, value, style) => {
    expect([readInputs(value).style, readInputs(value).rows]).toEqual([style, []]);
  });
});

describe("a change of a row", () => {
  const schema = ["input", "schema"];

  it.each([
    ["description", 0, { description: "the guest" }, [{ path: [...schema, "name"], value: "string, the guest" }]],
    ["required", 0, { isRequired: false }, [{ path: [...schema, "name"], rename: "name?" }]],
    [
      "name",
      0,
      { name: "guest" },
      [
        { path: [...schema, "name"], rename: "guest" },
        { path: ["input", "default", "name"], rename: "guest" },
      ],
    ],
    [
      "type",
      0,
      { type: "choice", options: ["a"] },
      [
        { path: [...schema, "name"], rename: "name(enum, who is greeted)" },
        { path: [...schema, "name(enum, who is greeted)"], value: ["a"] },
      ],
    ],
    [
      "description in a key",
      2,
      { description: "those before" },
      [{ path: [...schema, "past?(array, earlier ones)"], rename: "past?(array, those before)" }],
    ],
    ["nothing", 1, {}, []],
  ])("of Picoschema: %s", (_what, at, change, expected) => {
    expect(row(pico, at, change)).toEqual(expected);
  });

  it.each([
    [
      "description",
      { description: "the guest" },
      [{ path: [...schema, "properties", "name", "description"], value: "the guest" }],
    ],
    ["required", { isRequired: false }, [{ path: [...schema, "required"], value: [] }]],
    [
      "name",
      { name: "guest" },
      [
        { path: [...schema, "properties", "name"], rename: "guest" },
        { path: [...schema, "required"], value: ["guest"] },
      ],
    ],
  ])("of JSON Schema: %s", (_what, change, expected) => {
    expect(row(json, 0, change)).toEqual(expected);
  });
});

it("rows are added and removed with what refers to them", () => {
  expect(addRow(json, { name: "count", type: "integer" })).toEqual([
    { path: ["input", "schema", "properties", "count"], value: { type: "integer" } },
    { path: ["input", "schema", "required"], value: ["name", "count"] },
  ]);
  expect(removeRow(pico, pico.rows[0] as InputRow)).toEqual([
    { path: ["input", "schema", "name"], remove: true },
    { path: ["input", "default", "name"], remove: true },
  ]);
});
