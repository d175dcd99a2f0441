// Compares our Picoschema converter with dotprompt's, on tables and on random schemas.

import { picoschema } from "dotprompt";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonSchema } from "../model.js";
import { type SchemaProblem, toJsonSchema } from "./picoschema.js";

const NAMED: ReadonlyMap<string, JsonSchema> = new Map([
  ["Address", { type: "object", properties: { zip: { type: "string" } }, required: ["zip"], description: "where" }],
  ["Tone", { enum: ["formal", "friendly"] }],
  ["Labels", { type: "array", items: { type: "string" } }],
]);

async function dotprompt(schema: unknown): Promise<unknown> {
  // Its result holds `required: undefined`; as JSON it does not. It changes what it is given.
  const schemaResolver = async (name: string) => structuredClone(NAMED.get(name) ?? null);
  return JSON.parse(JSON.stringify(await picoschema(structuredClone(schema), { schemaResolver })));
}

function ours(schema: unknown): unknown {
  const problems: SchemaProblem[] = [];
  const converted = toJsonSchema(schema, true, problems, (name) => ({ schema: NAMED.get(name) ?? {} }));
  expect(problems).toEqual([]);
  return JSON.parse(JSON.stringify(converted));
}

describe("toJsonSchema", () => {
  it.each<[unknown]>([
    ["string"],
    ["string, a description, with commas"],
    ["any"],
    [{ name: "string" }],
    [{ "name?": "string, who", age: "integer", ok: "boolean", nothing: "null", anything: "any, whatever" }],
    [{ "tags(array)": "string" }],
    [{ "tags?(array, labels, many)": "string, one label" }],
    [{ "address(object, where)": { street: "string", "zip?": "string" } }],
    [{ "address?(object)": { street: "string" } }],
    [{ "items(array)": { title: "string", "(*)": "number" } }],
    [{ "(*)": "string" }],
    [{ nested: { deeper: { deepest: "string" } } }],
    [{ type: "object", properties: { a: { type: "string" } } }],
    [{ properties: { a: { type: "string" } } }],
    ["Address"],
    ["Address, of the customer, in full"],
    [{ "to?": "Address", "via?(object, on the way)": "Address", "(*)": "Tone" }],
  ])("converts %j as dotprompt does", async (schema) => {
    expect(ours(schema)).toEqual(await dotprompt(schema));
  });

  it("reads marks where it describes an input, and descriptions elsewhere", () => {
    const written = {
      query: "string, untrusted",
      "page?": "string, untrusted, what the page says, in full",
      "docs(array, untrusted)": "string, untrusted",
      "user(object,untrusted , who asks)": { "tone(enum, untrusted)": ["calm"] },
      to: "Address, untrusted",
      plain: "string, untrusted text",
      untrusted: "string",
    };
    const convert = (closed: boolean) =>
      toJsonSchema(written, closed, [], (name) => ({ schema: NAMED.get(name) ?? {} }));
    expect(convert(false).properties).toEqual({
      query: { type: "string", untrusted: true },
      page: { type: ["string", "null"], untrusted: true, description: "what the page says, in full" },
      docs: { type: "array", items: { type: "string", untrusted: true }, untrusted: true },
      user: {
        type: "object",
        properties: { tone: { type: "string", enum: ["calm"], untrusted: true } },
        required: ["tone"],
        untrusted: true,
        description: "who asks",
      },
      to: { ...NAMED.get("Address"), untrusted: true },
      plain: { type: "string", description: "untrusted text" },
      untrusted: { type: "string" },
    });
    expect(convert(true).properties?.["query"]).toEqual({ type: "string", description: "untrusted" });
  });

  it("converts enums as dotprompt does, except for their type", async () => {
    const converted = await dotprompt({ "color(enum, which)": ["red", "green"], "size?(enum)": ["s", "m"] });
    expect(ours({ "color(enum, which)": ["red", "green"], "size?(enum)": ["s", "m"] })).toEqual({
      ...(converted as object),
      properties: {
        color: { type: "string", enum: ["red", "green"], description: "which" },
        size: { type: ["string", "null"], enum: ["s", "m", null] },
      },
    });
  });

  it.each([
    [["red", "green"], "string"],
    [[1, 2], "integer"],
    [[1, 0.5], "number"],
    [
      [true, "auto", null],
      ["boolean", "string", "null"],
    ],
  ])("gives the enum %j its type", (values, type) => {
    const enumOf = (key: string) => toJsonSchema({ [key]: values }, true, []).properties?.["a"];
    expect(enumOf("a(enum)")).toEqual({ type, enum: values });
    const types = [type].flat();
    const optional = types.includes("null") ? type : [...types, "null"];
    expect(enumOf("a?(enum)")).toMatchObject({ type: optional });
  });

  it("agrees with dotprompt on random schemas", async () => {
    const name = fc.constantFrom("a", "b", "c", "user_name");
    const description = fc.constantFrom("", ", what it is", ", one, two");
    const type = fc.constantFrom("string", "number", "integer", "boolean", "null", "any", ...NAMED.keys());
    const form = fc.constantFrom("", "(array)", "(array, list)", "(object)");
    const schema = fc.letrec<{ object: Record<string, unknown>; value: unknown }>((tie) => ({
      object: fc.array(fc.tuple(name, fc.constantFrom("", "?"), form, tie("value")), { maxLength: 4 }).map((entries) =>
        Object.fromEntries(
          entries.map(([key, optional, written, value]) => {
            const fits = written !== "(object)" || typeof value === "object";
            return [`${key}${optional}${fits ? written : ""}`, value];
          }),
        ),
      ),
      value: fc.oneof(
        { maxDepth: 3 },
        { weight: 3, arbitrary: fc.tuple(type, description).map((parts) => parts.join("")) },
        { weight: 1, arbitrary: tie("object") },
      ),
    })).object;
    await fc.assert(
      fc.asyncProperty(schema, async (value) => {
        expect(ours(value)).toEqual(await dotprompt(value));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it.each([
    [{ a: "strnig" }, ["a"], '"strnig" is not a valid type'],
    [{ a: { "b(list)": "string" } }, ["a", "b(list)"], '"(list)" is not valid'],
    [{ "a(enum)": "red" }, ["a(enum)"], "an enum lists its values"],
    [{ a: 3 }, ["a"], "found 3"],
    [[], [], "a schema is an object"],
  ])("says what is wrong with %j", (schema, path, problem) => {
    const problems: SchemaProblem[] = [];
    toJsonSchema(schema, true, problems);
    expect(problems).toMatchObject([{ path, problem: expect.stringContaining(problem) }]);
  });

  it("leaves input objects open, so that one input can serve two versions", () => {
    expect(toJsonSchema({ user: { name: "string" } }, false, [])).toEqual({
      type: "object",
      properties: { user: { type: "object", properties: { name: { type: "string" } }, required: ["name"] } },
      required: ["user"],
    });
  });
});
