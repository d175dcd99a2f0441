// Types as other tools write them, in input.schema: what the hint says to write, and that it compiles.

import { describe, expect, it } from "vitest";
import { compileText } from "../../test/render.js";

/** The hints about a schema; unused variables are not reported. */
function hints(frontMatter: string, body = "Hello"): string[] {
  return compileText(`---\n${frontMatter}\n---\n${body}`)
    .diagnostics.filter(({ code }) => code !== "template/unused-variable")
    .map(({ code, hint }) => hint ?? code);
}

const declaring = (line: string) => `input:\n  schema:\n    ${line}`;

describe("Picoschema", () => {
  it.each([
    ["tags: string[]", "write tags(array): string"],
    ["tags: array", "write tags(array): string"],
    ["tags: list", "write tags(array): string"],
    ["tags: Array<string>", "write tags(array): string"],
    ["tags: List[str]", "write tags(array): string"],
    ["tags: list of strings", "write tags(array): string"],
    ["tags: array of numbers, one per month", "write tags(array, one per month): number"],
    ["tags: [string]", "write tags(array): string"],
    ["tags: [{ title: string, price: float }]", "write tags(array): { title: string, price: number }"],
    ["tags: number[][]", "write tags(array): any"],
    ["tags(list): string", "write tags(array): string"],
    ["tags(array)?: string", "write tags?(array): string"],
    ["tags(array of strings): what they are", "write tags(array): string, what they are"],
    ["tags(array): str", "write tags(array): string"],
    ["tags(array): Lines of the order", "write tags(array): string, Lines of the order"],
    ["a: string\n    a?: number", "remove one of them"],
    ["a?(array): string\n    a: number", "remove one of them"],
    ["tags(array(array)): string", "Picoschema has no lists of lists: write tags(array): any, or use JSON Schema"],
    ["tags(array, names (all)): string", "write tags(array, names all): string"],
    ["tags(array: string", "write tags(array): string"],
    ["count: int", "write count: integer"],
    ["count: Integer", "write count: integer"],
    ["count: long, how many", "write count: integer, how many"],
    ["price: float", "write price: number"],
    ["price: decimal", "write price: number"],
    ["price: 9.5", "write price: number; values are in input.default: { price: 9.5 }"],
    ["ok: bool", "write ok: boolean"],
    ["ok: true", "write ok: boolean; values are in input.default: { ok: true }"],
    ["who: strng", "write who: string"],
    ["who: str", "write who: string"],
    ["who: String", "write who: string"],
    ["who: text", "write who: string"],
    ["who: STRING, who asks", "write who: string, who asks"],
    ["who: string (who asks)", "write who: string, who asks"],
    ["who: string - who asks", "write who: string, who asks"],
    ['who: "string: who asks"', "write who: string, who asks"],
    ["who: required string", "write who: string"],
    ['who: "string!"', "write who: string"],
    ["who: Optional[str]", "write who?: string"],
    ["who: string | null", "write who?: string"],
    ["who: string?", "write who?: string"],
    ["who: string or null", "write who?: string"],
    ['who: [string, "null"]', "write who?: string"],
    ["who: nullable string, who asks", "write who?: string, who asks"],
    ["who:", "write who: string"],
    ["who: the person who asks", "write who: string, the person who asks"],
    ["who: { type: string, description: who asks }", "write who: string, who asks"],
    ["who: { type: str, required: false }", "write who?: string"],
    ["who: { type: array, items: { type: string }, description: names }", "write who(array, names): string"],
    ["who: { type: array, items: string }", "write who(array): string"],
    ["who: { type: string, enum: [a, b] }", "write who(enum): [a, b]"],
    ["who: { type: object, properties: { name: { type: string } }, required: [name] }", "write who: { name: string }"],
    ["who: { type: string, default: Ada }", "write who: string"],
    ["day: date", "write day: string, a date such as 2026-01-31"],
    ["day: datetime, when it starts", "write day: string, when it starts"],
    ["link: url", "write link: string, a URL"],
    ["tone: formal | friendly", "write tone(enum): [formal, friendly]"],
    ['tone: \'"formal" | "friendly"\'', "write tone(enum): [formal, friendly]"],
    ["tone: formal/friendly", "write tone(enum): [formal, friendly]"],
    ["tone: [formal, friendly]", "write tone(enum): [formal, friendly]"],
    ["tone: enum", "write tone(enum): [a, b]"],
    ['tone: "enum: formal, friendly"', "write tone(enum): [formal, friendly]"],
    ["tone: enum(formal, friendly)", "write tone(enum): [formal, friendly]"],
    ['tone: Literal["formal", "friendly"]', "write tone(enum): [formal, friendly]"],
    ["tone: one of formal, friendly or curt", "write tone(enum): [formal, friendly, curt]"],
    ["tone(enum): formal | friendly", "write tone(enum): [formal, friendly]"],
    ["tone(enum): formal, friendly", "write tone(enum): [formal, friendly]"],
    ["tone(choice): [formal, friendly]", "write tone(enum): [formal, friendly]"],
    ["value: string | number", "write value: any"],
    ["value: unknown", "write value: any"],
    ["meta: object", "write meta: { (*): any }"],
    ["meta: dict", "write meta: { (*): any }"],
    ["meta: dict[str, int]", "write meta: { (*): integer }"],
    ["meta: Record<string, number>", "write meta: { (*): number }"],
    ['meta: "map[string]float64"', "write meta: { (*): number }"],
    ["meta(dict): { name: string }", "write meta: { name: string }"],
    ["meta(map): number", "write meta: { (*): number }"],
    ["who(string): who asks", "write who: string, who asks"],
    ["who(optional): string", "write who?: string"],
    ["size: [1, 2, 3]", "write size(enum): [1, 2, 3]"],
    ['tone: "a, b or c"', "write tone: string, a, b or c"],
    ["who: customer name, in full", "write who: string, customer name, in full"],
    ['x: "Dict[str, Any], settings"', "write x(object, settings): { (*): any }"],
  ])("%s", (line, expected) => {
    expect(hints(declaring(line))).toEqual([expected]);
    const [, suggested] = /^write ([^;]*)/.exec(expected) ?? [];
    expect([suggested, ...hints(declaring(suggested ?? ""))]).toEqual([suggested]);
  });

  it.each([
    [
      "input: { schema: Recipe }",
      'create one of these files: "prompts/schemas/Recipe.yaml", "prompts/schemas/Recipe.yml", "prompts/schemas/Recipe.json"',
    ],
    ["output: { schema: { tags: 'Line[]' } }", "write tags(array): Line"],
    ["output: { schema: { tags(list): Line } }", "write tags(array): Line"],
    ["output: { schema: { tags: 'dict[str, Line]' } }", "write tags: { (*): Line }"],
    ["output: { schema: 'Line[]' }", "put the list in an object: { items(array): Line }"],
    ["output: { schema: { dish: 'Recipe?' } }", "write dish?: Recipe"],
    ['output: { schema: "string[]" }', "write { type: array, items: { type: string } }"],
    ["output: { schema: int }", "write { type: integer }"],
    [
      "output: { schema: { lines(array): Line } }",
      'create one of these files: "prompts/schemas/Line.yaml", "prompts/schemas/Line.yml", "prompts/schemas/Line.json"; if it describes a text, write lines(array): string, Line',
    ],
  ])("%s", (frontMatter, expected) => {
    expect(hints(frontMatter)).toEqual([expected]);
  });

  it("reports an object that was meant as a type where it is inserted as text", () => {
    expect(hints(declaring("name: { type: string }"), "Hello {{name}}")).toEqual([
      'if it is text, write name: string in input.schema; { type: … } is an object with the member "type"',
    ]);
    expect(hints(declaring("user: { type: string, name: string }"), "Hello {{user}}")).toEqual([
      "write {{json user}}, or a member: {{user.type}}",
    ]);
  });

  it("leaves objects alone that have members named like keywords", () => {
    expect(hints(declaring("book: { type: strng, title: string }"))).toEqual(["write type: string"]);
  });
});

describe("JSON Schema", () => {
  const property = (definition: string) => `input: { schema: { type: object, properties: { name: ${definition} } } }`;
  it.each([
    [property("string"), 'write name: { type: string }; or leave out "properties:", and write name: string'],
    [property("{ type: strin }"), "write type: string"],
    [property("{ type: str }"), "write type: string"],
    [property("{ type: int }"), "write type: integer"],
    [property('{ type: "string[]" }'), "write type: array, items: { type: string }"],
    [property("{ type: list }"), "write type: array, items: { type: string }"],
    [property("{ type: dict }"), "write type: object"],
    [property("{ type: any }"), "leave out the type"],
    // What the validator's compiler refuses.
    [
      property('{ $ref: "#/$defs/None" }'),
      'add the definition: $defs: { None: { … } }, and write $ref: "#/$defs/None"',
    ],
    [
      'input: { schema: { type: object, $defs: { Line: { type: string } }, properties: { a: { $ref: "#/definitions/line" } } } }',
      'write $ref: "#/$defs/Line"',
    ],
    [property("{ then: { type: string } }"), 'add "if", or remove "then"'],
    [property("{ if: { type: string } }"), 'add "then", or remove "if"'],
    [
      property("{ type: array, contains: { type: string }, minContains: 2, maxContains: 1 }"),
      "write a smaller minContains, or a larger maxContains",
    ],
    [property("{ type: [string, string] }"), "list each value once"],
    [property("{ anyOf: [] }"), 'list at least one, or remove "anyOf"'],
    [property("{ enum: [] }"), "list the values: enum: [a, b]"],
    [property("{ type: object, required: [a, a] }"), "list each value once"],
    [property("{ type: string, minLength: -1 }"), "write a whole number from 0"],
    [property("{ type: number, multipleOf: 0 }"), "write a number that is greater than 0"],
    [property("{ type: a | b }"), "write enum: [a, b]"],
    [property("{ type: string? }"), 'write type: [string, "null"]'],
    [property("{ type: [string, null] }"), 'write "null" in quotes'],
    [
      property("{ type: string, required: true }"),
      "list the names in the object that has the properties: required: [name]",
    ],
    [property("{ type: array, items: [{ type: string }] }"), "write items: { type: string }"],
    [
      property("{ type: array, items: string }"),
      'write items: { type: string }; or leave out "properties:", and write items: string',
    ],
    [property("{ type: string, example: Ada }"), "write examples: [ … ]"],
    [
      property("{ type: string, required: false }"),
      "remove it: members are optional unless the object that has them lists them",
    ],
    // Drafts 3 to 7 and 2019-09, and OpenAPI.
    [
      property("{ type: number, minimum: 1, exclusiveMinimum: true }"),
      'write exclusiveMinimum: 1, and remove "minimum"',
    ],
    [
      property("{ type: number, maximum: 9, exclusiveMaximum: true }"),
      'write exclusiveMaximum: 9, and remove "maximum"',
    ],
    [property("{ type: number, exclusiveMaximum: false }"), "remove it"],
    [property("{ type: number, divisibleBy: 2 }"), "write multipleOf: 2"],
    [property("{ extends: { type: string } }"), "write allOf: [{ type: string }]"],
    [property("{ disallow: string }"), "write not: { type: string }"],
    [
      property("{ type: array, items: [{ type: string }, { type: number }] }"),
      "write prefixItems: [{ type: string }, { type: number }]",
    ],
    [
      property("{ type: array, prefixItems: [{ type: string }], additionalItems: false }"),
      "write prefixItems instead of items, and items: false instead of additionalItems",
    ],
    [property("{ type: array, items: { type: string }, additionalItems: false }"), "remove it: it has no effect"],
    [property("{ id: name, type: string }"), "write $id"],
    [
      property("{ $anchor: name, type: string }"),
      'remove it, and refer to this schema by its place: $ref: "#/properties/name"',
    ],
    [property('{ $recursiveRef: "#" }'), 'write $ref: "#"'],
    [property('{ $dynamicRef: "#x" }'), 'name the schema by its place: $ref: "#/$defs/…"'],
    [property("{ $async: true, type: string }"), "remove it: validation is synchronous"],
    [
      property('{ $id: name, $defs: { a: {} }, items: { $ref: "#/$defs/a" } }'),
      "remove it, and begin its references at the top: #/$defs/…",
    ],
    [property('{ $ref: "#", nullable: true }'), 'write anyOf: [{ $ref: "#" }, { type: "null" }]'],
    [property("{ nullable: true }"), "remove it: without a type, null is allowed"],
    [
      'input: { schema: { $schema: "http://json-schema.org/draft-07/schema#", type: object, properties: { name: {} } } }',
      "remove this line; if the schema then has errors, follow their hints",
    ],
    [property("{ type: string, maxlength: 3 }"), 'did you mean "maxLength"?'],
    [property("{ type: string, widget: area }"), 'remove "widget", or write it into the description'],
  ])("%s", (frontMatter, expected) => {
    expect(hints(frontMatter)).toEqual([expected]);
  });

  it.each([
    ["output: { schema: { enum: [a, b] } }", "add type: string"],
    ["output: { schema: { required: [a], additionalProperties: false } }", "add type: object"],
    ["output: { schema: { items: { type: string }, minItems: 1 } }", "add type: array"],
    [
      "output: { schema: { name: x, strict: true, schema: { type: object, properties: {} } } }",
      'write what is in "schema" in place of all of it',
    ],
    [
      "output: { schema: { type: json_schema, json_schema: { name: x, schema: { type: object } } } }",
      'write what is in "json_schema.schema" in place of all of it',
    ],
    ["output: { schema: { name: string, schema: { type: string } } }", undefined],
    ["output: { schema: { $schema: 'https://json-schema.org/draft/2020-12/schema#', type: object } }", undefined],
  ])("as a whole: %s", (frontMatter, expected) => {
    expect(hints(frontMatter)).toEqual(expected === undefined ? [] : [expected]);
  });

  it("of draft-07 that mean the same are accepted", () => {
    expect(hints(property("{ dependencies: { a: [b], c: { required: [d] } } }"))).toEqual([]);
    expect(
      hints(
        'input: { schema: { type: object, properties: { name: { $ref: "#/definitions/a" } }, definitions: { a: {} } } }',
      ),
    ).toEqual([]);
  });

  it("keeps what depends on properties that are named like keywords", () => {
    const { content } = compileText(
      "---\noutput: { schema: { type: object, properties: { title: {}, a: {} }, dependentRequired: { title: [a] }, dependencies: { default: [a] } } }\n---\n",
    );
    const code = JSON.stringify(content?.outputCheck);
    expect(code).toContain("title");
    expect(code).toContain("default");
  });

  it("finds an unknown keyword, and not a property of that name", () => {
    const { diagnostics } = compileText(
      "---\ninput:\n  schema:\n    type: object\n    properties:\n      example: { type: string, example: a }\n---\n",
    );
    expect(diagnostics.filter(({ code }) => code === "schema/invalid")).toMatchObject([
      { range: { start: { line: 6, column: 41 } }, message: expect.stringContaining('unknown keyword "example"') },
    ]);
  });
});
