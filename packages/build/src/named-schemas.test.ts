// Named schemas: what they become in the prompts that use them, and what is wrong with them, at its place.

import { describe, expect, it } from "vitest";
import { makeSnapshot } from "../test/make-snapshot.js";
import { compile } from "./compile.js";

type Texts = Readonly<Record<string, string>>;

function compileTexts(texts: Texts) {
  return compile(makeSnapshot({ working: texts }), { versions: "all", working: true });
}

function contentOf(texts: Texts) {
  const { prompts, diagnostics } = compileTexts(texts);
  expect(diagnostics).toEqual([]);
  return prompts.find(({ name }) => name === "a")?.versions[0]?.content;
}

/** Each finding as `file:line:column code message — hint`. */
function findings(texts: Texts): string[] {
  return compileTexts(texts).diagnostics.map(
    ({ file, range, code, message, hint }) =>
      `${file.slice("prompts/".length)}:${range?.start.line}:${range?.start.column} ${code} ${message} — ${hint}`,
  );
}

const using = (output: string, input = "{}") =>
  `---\ninput: { schema: ${input} }\noutput: { schema: ${output} }\n---\nHello`;
const LINE = "title: string\nprice?: number\n";
const LINE_OUTPUT = {
  type: "object",
  properties: { title: { type: "string" }, price: { type: ["number", "null"] } },
  required: ["title"],
  additionalProperties: false,
};

describe("a named schema", () => {
  it("is the whole schema, a member, or the items of a list, with its own description or another", () => {
    const texts = { "schemas/Line.yaml": LINE };
    expect(contentOf({ "a.md": using("Line"), ...texts })?.outputSchema).toEqual(LINE_OUTPUT);
    const nested = contentOf({ "a.md": using("{ lines(array): Line, best?: 'Line, the best' }"), ...texts });
    expect(nested?.outputSchema?.properties).toEqual({
      lines: { type: "array", items: LINE_OUTPUT },
      best: { ...LINE_OUTPUT, type: ["object", "null"], description: "the best" },
    });
    expect(nested?.schemas).toEqual({ "schemas/Line.yaml": LINE });
  });

  it("is open in the input and closed in the output, and the template need not use all of it", () => {
    const content = contentOf({ "a.md": using("Line", "Line"), "schemas/Line.yml": LINE });
    expect(content?.inputSchema).not.toHaveProperty("additionalProperties");
    expect(content?.outputSchema).toEqual(LINE_OUTPUT);
  });

  it("refers to others, also from tools", () => {
    const tools = "---\ntools: [{ name: t, parameters: { order: sales/Order } }]\n---\nHello";
    const content = contentOf({
      "a.md": tools,
      "schemas/sales/Order.yaml": "lines(array): Line\n",
      "schemas/Line.json": '{ "type": "object", "properties": { "sku": { "type": "string", "pattern": "^[A-Z]+$" } } }',
    });
    expect(content?.tools).toMatchObject([
      { parameters: { properties: { order: { properties: { lines: { items: { type: "object" } } } } } } },
    ]);
    expect(Object.keys(content?.schemas ?? {})).toEqual(["schemas/Line.json", "schemas/sales/Order.yaml"]);
  });

  it("keeps its references to its own parts, wherever it is used", () => {
    const node = {
      $id: "https://example.org/node.json",
      type: "object",
      properties: { next: { $ref: "#" }, kind: { $ref: "#/$defs/kind" } },
      $defs: { kind: { enum: ["a", "b"] } },
    };
    const texts = { "schemas/Node.json": JSON.stringify(node), "schemas/Tree.yaml": "root: Node\n" };
    expect(contentOf({ "a.md": using("Node"), ...texts })?.outputSchema?.properties?.["next"]).toEqual({ $ref: "#" });
    const nested = contentOf({ "a.md": using("{ tree: Tree }"), ...texts });
    expect(nested?.outputSchema).toMatchObject({
      properties: {
        tree: {
          properties: {
            root: {
              type: "object",
              properties: {
                next: { $ref: "#/$defs/Tree/$defs/Node" },
                kind: { $ref: "#/$defs/Tree/$defs/Node/$defs/kind" },
              },
            },
          },
        },
      },
      $defs: { Tree: { $defs: { Node: { $defs: { kind: { enum: ["a", "b"] } } } } } },
    });
    expect(nested?.outputType?.text).toContain('kind?: "a" | "b"');
  });
});

describe("findings about named schemas", () => {
  const FILES = (name: string) =>
    ["yaml", "yml", "json"].map((ending) => `"prompts/schemas/${name}.${ending}"`).join(", ");
  it.each<[string, Texts, readonly string[]]>([
    [
      "a name without a file",
      { "a.md": using("Order") },
      [
        `a.md:3:19 schema/unknown-name "output.schema" is "Order", which is neither a type nor a named schema — create one of these files: ${FILES("Order")}`,
      ],
    ],
    [
      "a similar name",
      { "a.md": using("{ x: Ordre }"), "schemas/Order.yaml": "a: string" },
      [
        'a.md:3:24 schema/unknown-name "output.schema.x" is "Ordre", which is neither a type nor a named schema — did you mean "Order"?',
      ],
    ],
    [
      "mistakes in files, reported once",
      {
        "a.md": using("Order", "Order"),
        "b.md": using("{ x(array): Order }"),
        "schemas/Order.yaml": "a: string\nlines(list): Line\nb: Nothing\n",
        "schemas/Line.json": "[]",
      },
      [
        'schemas/Order.yaml:2:14 schema/invalid "Order.lines(list)" is not a valid schema: "(list)" is not valid: use (array), (object) or (enum) — write lines(array): Line',
        `schemas/Order.yaml:3:4 schema/unknown-name "Order.b" is "Nothing", which is neither a type nor a named schema — create one of these files: ${FILES("Nothing")}; if it describes a text, write b: string, Nothing`,
      ],
    ],
    [
      "JSON Schema that is not valid",
      {
        "a.md": using("{ x: Order, y: Line }"),
        "schemas/Order.json": '{\n  "type": "object",\n  "properties": { "a": { "minimun": 1 } }\n}',
        "schemas/Line.yaml": "type: object\nproperties:\n  a: { type: string, pattern: (a+)+$ }\n",
      },
      [
        'schemas/Line.yaml:3:31 schema/unsafe-pattern the pattern /(a+)+$/ in "Line" can take very long for some strings (catastrophic backtracking) — avoid nested or adjacent repetitions of the same characters',
        'schemas/Order.json:3:37 schema/invalid "Order.properties.a.minimun" is not a valid schema: unknown keyword "minimun" — did you mean "minimum"?',
      ],
    ],
    [
      "files that are not YAML or JSON",
      {
        "a.md": using("{ x: Order, y: Line, z: Empty }"),
        "schemas/Order.json": "{ a: 1 }",
        "schemas/Line.yaml": "a: string\na: number\n",
        "schemas/Empty.yaml": "# nothing yet\n",
      },
      [
        "schemas/Empty.yaml:1:1 schema/invalid",
        "schemas/Line.yaml:2:1 schema/file-syntax",
        "schemas/Order.json:1:3 json/syntax",
      ],
    ],
    [
      "a circle",
      { "a.md": using("A"), "schemas/A.yaml": "b: B\n", "schemas/B.yaml": "list(array): A\n" },
      [
        'schemas/B.yaml:1:14 schema/invalid "B.list(array)" is not a valid schema: it contains itself: A → B → A — write A as JSON Schema that refers to itself: $ref: "#"',
      ],
    ],
    [
      "a text where the input has to be an object",
      { "a.md": using("{}", "Name"), "schemas/Name.yaml": "string, a name" },
      ['a.md:2:18 schema/invalid "input.schema" is not a valid schema: the input is an object'],
    ],
  ])("%s", (_, texts, expected) => {
    expect(findings(texts)).toEqual(expected.map((start) => expect.stringContaining(start)));
  });

  it("bound how large schemas become that use others twice", () => {
    const chain = Array.from({ length: 30 }, (_, index) => [
      `schemas/L${index}.yaml`,
      index === 29 ? "a: string" : `a: L${index + 1}\nb: L${index + 1}\n`,
    ]);
    expect(findings({ "a.md": using("L0"), ...Object.fromEntries(chain) })).toEqual([
      expect.stringMatching(/^schemas\/L\d+\.yaml:2:4 schema\/invalid .* consists of more than 10000 schemas/),
    ]);
  });

  it("are not made for files that no prompt uses", () => {
    expect(findings({ "a.md": "Hello", "schemas/Order.json": "{", "schemas/data.json": "[1, 2]" })).toEqual([]);
  });
});
