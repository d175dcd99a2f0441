// Values that are marked as private: which variables have some in every form of a schema, and what is wrong with a mark.

import { describe, expect, it } from "vitest";
import { makeSnapshot } from "../../test/make-snapshot.js";
import { compareContents } from "../compare/compare-contents.js";
import { compile } from "../compile.js";
import type { CompiledContent } from "../model.js";

type Texts = Readonly<Record<string, string>>;

function compileTexts(texts: Texts) {
  return compile(makeSnapshot({ working: texts }), { versions: "all", working: true });
}

/** The content of a prompt that uses its whole input. */
function contentOf(schema: string, files: Texts = {}, output = "") {
  const text = `---\ninput: { schema: ${schema} }\n${output}---\n{{json this}}`;
  const { prompts, diagnostics } = compileTexts({ "a.md": text, ...files });
  expect(diagnostics).toEqual([]);
  const content = prompts.find(({ name }) => name === "a")?.versions[0]?.content;
  if (content === undefined) throw new Error("it does not compile");
  return content;
}

const USER =
  '{ "type": "object", "properties": { "name": { "type": "string" }, "mail": { "type": "string", "private": true } } }';

describe("a variable is private", () => {
  it.each<[schema: string, names: string | undefined, files?: Texts]>([
    ["{ a: string, b: string }", undefined],
    ["{ a: 'string, private', b: string }", "a"],
    ["{ a: 'string, private, who asks', b: string }", "a"],
    ["{ a?: 'string, private' , b(array): 'string, private', 'c(enum, private)': [x, y] }", "a b c"],
    ["{ 'a(array, private, many)': string, 'b(object, private)': { c: string }, d: 'any, private' }", "a b d"],
    ["{ a: { b: { c: 'string, private' } }, d(array): { e: 'number, private' }, f: { g: string } }", "a d"],
    ["{ a: { '(*)': 'string, private' }, b: string }", "a"],
    ["{ a: User, b(array): User, c: string }", "a b", { "schemas/User.json": USER }],
    ["{ a: 'Mail, private', b: Mail }", "a", { "schemas/Mail.yaml": "at: string" }],
    [
      "{ a: Node, b: string }",
      "a",
      {
        "schemas/Node.json":
          '{ "type": "object", "properties": { "next": { "$ref": "#" }, "v": { "private": true } } }',
      },
    ],
    ["{ type: object, properties: { a: { private: true }, b: { private: false } } }", "a"],
    ["{ type: object, properties: { private: { type: string }, b: { enum: ['private'] } } }", undefined],
    ["{ type: object, private: true, properties: { a: {}, b: {} } }", "a b"],
    [
      "{ type: object, properties: { a: { $ref: '#/$defs/m' }, b: {} }, $defs: { m: { items: { $ref: '#/$defs/n' }, type: array }, n: { private: true } } }",
      "a",
    ],
    [
      "{ type: object, properties: { a: { anyOf: [{ type: string }, { type: object, additionalProperties: { private: true } }] }, b: {} } }",
      "a",
    ],
    ["{ type: object, properties: { a: {}, b: {} }, allOf: [{ properties: { b: { private: true } } }] }", "b"],
    ["{ type: object, allOf: [{ properties: { a: { private: true }, b: {} } }] }", "a"],
    ["{ type: object, anyOf: [{ properties: { a: { private: true } } }, { properties: { b: {} } }] }", "a"],
    ["{ type: object, oneOf: [{ $ref: '#/$defs/m' }], $defs: { m: { properties: { a: { private: true } } } } }", "a"],
    ["{ type: object, $ref: '#/$defs/m', $defs: { m: { type: object, properties: { a: { private: true } } } } }", "a"],
    [
      "{ type: object, if: { required: [x] }, then: { properties: { a: { private: true } } }, else: { properties: { b: { private: true } } } }",
      "a b",
    ],
    ["{ type: object, dependentSchemas: { x: { properties: { a: { private: true } } } } }", "a"],
    [
      "{ type: object, properties: { a: {}, b: {} }, patternProperties: { '^c$': { private: true } }, allOf: [{ properties: { a: {} } }] }",
      undefined,
    ],
    [
      "{ type: object, properties: { a: {}, b: {} }, if: { properties: { a: { const: 1 } } }, then: { patternProperties: { '^c$': { private: true } } } }",
      "a b",
    ],
    [
      "{ type: object, properties: { a: {}, b: { examples: [{ private: true }], x-more: { private: true } } } }",
      undefined,
    ],
  ])("%s", (schema, names, files = {}) => {
    expect(contentOf(schema, files).privateVariables?.join(" ")).toBe(names);
  });

  it("also if only a partial uses it, and the type's comment names it", () => {
    const text = "---\ninput: { schema: { mail: 'string, private, where to write' } }\n---\n{{> p}}";
    const { prompts, files } = compileTexts({ "a.md": text, "_p.md": "To {{mail}}" });
    expect(prompts[0]?.versions[0]?.content).toMatchObject({
      privateVariables: ["mail"],
      inputSchema: { properties: { mail: { type: "string", private: true, description: "where to write" } } },
    });
    const types = files.get("prompts/a.d.ts");
    expect(types).toContain("where to write");
    expect(types).toContain("Private: never part of telemetry.");
  });
});

describe("a mark", () => {
  it("changes nothing for callers, and reviews report it", () => {
    const [before, after] = ["string, who asks", "string, private, who asks"].map((type) =>
      contentOf(`{ a: '${type}' }`),
    ) as [CompiledContent, CompiledContent];
    const changed = (one: CompiledContent, other: CompiledContent) =>
      compareContents(one, other).changes.map(({ breaking, message }) => [breaking, message]);
    expect(changed(before, after)).toEqual([[false, 'input "a" is now private: telemetry no longer records it']]);
    expect(changed(after, before)).toEqual([[false, 'input "a" is no longer private: telemetry records it']]);
    const typeOf = ({ inputType }: CompiledContent) => inputType.text.replace(/\/\*.*?\*\/\s*/gs, "");
    expect(typeOf(after)).toBe(typeOf(before));
    expect(after.inputCheck).toEqual(before.inputCheck);
  });

  it("is not part of an output schema, which providers read", () => {
    const content = contentOf("{ a: User }", { "schemas/User.json": USER }, "output: { schema: { user: User } }\n");
    expect(JSON.stringify(content.inputSchema)).toContain("private");
    expect(JSON.stringify(content.outputSchema)).not.toContain("private");
  });

  it.each<[frontMatter: string, expected: string]>([
    [
      "input: { schema: { type: object, properties: { a: { private: 'yes' } } } }",
      'schema/invalid "input.schema.properties.a.private" is not a valid schema: "private" is true or false',
    ],
    [
      "input: { schema: { a: 'string, Private' } }",
      'schema/unclear-key "input.schema.a" is unclear: "Private" is read as a part of the description',
    ],
    [
      "input: { schema: { a: 'string, who asks, private' } }",
      'schema/unclear-key "input.schema.a" is unclear: "private" is read as a part of the description',
    ],
    [
      "input: { schema: { 'a(array, who asks, PRIVATE)': string } }",
      'schema/unclear-key "input.schema.a(array, who asks, PRIVATE)" is unclear: "PRIVATE" is read as a part of the description',
    ],
    [
      "input: { schema: { a: private } }",
      'schema/invalid "input.schema.a" is not a valid schema: "private" is not a valid type: use any, boolean, integer, null, number, string, or a named schema',
    ],
    [
      "input: { schema: { 'a(private)': string } }",
      'schema/invalid "input.schema.a(private)" is not a valid schema: "(private)" is not valid: use (array), (object) or (enum)',
    ],
    [
      "input: { schema: { a: string } }\noutput: { schema: { type: object, properties: { b: { private: true } } } }",
      'schema/invalid "output.schema.properties.b.private" is not a valid schema: "private" is about values that callers pass',
    ],
  ])("that does not do what it looks like is reported: %s", (frontMatter, expected) => {
    const { diagnostics } = compileTexts({ "a.md": `---\n${frontMatter}\n---\n{{json this}}` });
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([expected]);
    for (const { hint, range } of diagnostics)
      expect([hint, range?.start.line]).toEqual([expect.any(String), expect.any(Number)]);
  });
});
