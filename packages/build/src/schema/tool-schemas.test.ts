// Definitions of tools → the same with JSON Schema.

import { describe, expect, it } from "vitest";
import { compileText } from "../../test/render.js";

function toolsOf(tools: string): unknown {
  const { content, diagnostics } = compileText(`---\n${tools}\n---\nHi`);
  return (
    content?.tools ??
    diagnostics.map(({ code, range, message }) => `${code} ${range?.start.line}:${range?.start.column} ${message}`)
  );
}

const PICO = '{ city: "string, where", "unit?(enum)": [c, f] }';
const JSON_SCHEMA = {
  type: "object",
  properties: {
    city: { type: "string", description: "where" },
    unit: { type: ["string", "null"], enum: ["c", "f", null] },
  },
  required: ["city"],
  additionalProperties: false,
};

describe("convertToolSchemas", () => {
  it.each<[written: string, tools: unknown]>([
    ["tools: [search]", ["search"]],
    [`tools: [search, { name: w, inputSchema: ${PICO} }]`, ["search", { name: "w", inputSchema: JSON_SCHEMA }]],
    [`toolDefs: [{ name: w, input: { schema: ${PICO} } }]`, [{ name: "w", input: { schema: JSON_SCHEMA } }]],
    [`tools: [{ name: w, input_schema: ${PICO} }]`, [{ name: "w", input_schema: JSON_SCHEMA }]],
    [
      `tools: [{ type: function, function: { name: w, parameters: ${PICO} } }]`,
      [{ type: "function", function: { name: "w", parameters: JSON_SCHEMA } }],
    ],
    [
      "tools: [{ name: w, inputSchema: { type: object, properties: { a: { const: 1 } } } }]",
      [{ name: "w", inputSchema: { type: "object", properties: { a: { const: 1 } } } }],
    ],
    ["tools: [{ name: w, input: hand, function: f }]", [{ name: "w", input: "hand", function: "f" }]],
    [
      "tools: [{ name: w, inputSchema: { city: strnig } }]",
      [
        expect.stringMatching(
          /^schema\/invalid-tool 2:41 "tools.0.inputSchema.city" is not a valid schema: "strnig" is not/,
        ),
      ],
    ],
  ])("%s", (written, tools) => {
    expect(toolsOf(written)).toEqual(tools);
  });
});
