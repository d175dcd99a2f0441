import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { sample, schemaPair } from "../../test/arbitrary-schema.js";
import { compileText } from "../../test/render.js";
import type { CompiledContent, JsonSchema } from "../model.js";
import { compareContents } from "./compare-contents.js";
import { compareWords } from "./compare-words.js";

// Random cases take longer on a slow machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

function content(text: string, partials: Readonly<Record<string, string>> = {}): CompiledContent {
  const { content: compiled, diagnostics } = compileText(text, partials);
  if (compiled === undefined) throw new Error(diagnostics.map(({ message }) => message).join("; "));
  return compiled;
}

const withInput = (schema: string, more = "") => content(`---\ninput: { schema: ${schema}${more} }\n---\nHello`);
const withOutput = (schema: string) => content(`---\noutput: { schema: ${schema} }\n---\nHello`);

/** `! message` for what breaks, `- message` for what does not. */
function brief(before: CompiledContent, after: CompiledContent): string[] {
  return compareContents(before, after).changes.map(({ breaking, message }) => `${breaking ? "!" : "-"} ${message}`);
}

/** Now and then, a default for one of the variables. */
function presetsOf(schema: JsonSchema, ajv: Ajv2020, pick: (below: number) => number): Record<string, unknown> {
  const [name, member] = Object.entries(schema.properties ?? {})[pick(4)] ?? [];
  if (name === undefined || typeof member !== "object" || pick(2) === 0) return {};
  const value = sample({ ...member, $defs: schema.$defs ?? {} }, pick);
  return ajv.compile({ ...member, $defs: schema.$defs ?? {} })(value) ? { [name]: value } : {};
}

function callersPart(schema: JsonSchema, presets: object): JsonSchema {
  return { ...schema, required: (schema.required ?? []).filter((name) => !Object.hasOwn(presets, name)) };
}

/** A tree of which each node has ten others. */
function tree(text: string): string {
  const others = [..."bcdefghijk"].map((name) => `${name}: { $ref: "#/$defs/node" }`).join(", ");
  return `{ type: object, properties: { a: { $ref: "#/$defs/node" } }, $defs: { node: { type: object, properties: { text: ${text}, ${others} } } } }`;
}

describe("inputs", () => {
  it.each<[before: string, after: string, changes: string[]]>([
    ["{ a: string }", "{ a: string }", []],
    ["{ a: string }", "{ a: string, b: string }", ['! input "b" is new and required']],
    ["{ a: string }", "{ a: string, b?: string }", ['- input "b" is new and optional']],
    ["{ a: string, b: string }", "{ a: string }", ['! input "b" is no longer accepted']],
    [
      "{ a: string, b: string }",
      '{ a: string, "(*)": string }',
      ['- input "b" is no longer declared, but is still accepted', "! the input allows different additional members"],
    ],
    ["{ a?: string }", "{ a: string }", ['! input "a" is now required']],
    ["{ a: string }", "{ a?: string }", ['- input "a" is now optional']],
    // Schemas that refer to themselves, in many ways.
    [
      tree("{ type: string, untrusted: true }"),
      tree("{ type: string }"),
      ['! input "a.text" is no longer untrusted, so it does not take values that are marked as untrusted'],
    ],
    ["{ a: string }", '{ a: "string, untrusted" }', ['- input "a" is now untrusted']],
    [
      '{ a: "string, untrusted" }',
      "{ a: string }",
      ['! input "a" is no longer untrusted, so it does not take values that are marked as untrusted'],
    ],
    [
      '{ a: "string, untrusted, old", "b(array, untrusted)": { c: string } }',
      '{ a: "string, untrusted, new", "b(array)": { c: "string, untrusted" } }',
      [
        '- input "a" has a new description',
        '! input "b" is no longer untrusted, so it does not take values that are marked as untrusted',
      ],
    ],
    [
      '{ "b(array)": { c: "string, untrusted" } }',
      '{ "b(array, untrusted)": { c: string } }',
      ['- input "b" is now untrusted'],
    ],
    [
      '{ "b(array)": { c: "string, untrusted" } }',
      '{ "b(array)": { c: string } }',
      ['! input "b[].c" is no longer untrusted, so it does not take values that are marked as untrusted'],
    ],
    // Members that have no names, beside one that has.
    ...["additionalProperties: {S}", "patternProperties: { '^x': {S} }"].flatMap(
      (keyword): [before: string, after: string, changes: string[]][] => {
        const of = (text: string) =>
          `{ type: object, properties: { map: { type: object, properties: { a: { type: string } }, ${keyword.replace("{S}", text)} } } }`;
        const [marked, plain] = [of("{ type: string, untrusted: true }"), of("{ type: string }")];
        return [
          [
            marked,
            plain,
            ['! input "map[]" is no longer untrusted, so it does not take values that are marked as untrusted'],
          ],
          [plain, marked, ['- input "map[]" is now untrusted']],
          [marked, marked, []],
        ];
      },
    ),
    [
      "{ type: object, properties: { list: { type: array, prefixItems: [{ type: string, untrusted: true }], items: { type: string } } } }",
      "{ type: object, properties: { list: { type: array, prefixItems: [{ type: string }], items: { type: string } } } }",
      ['! input "list[]" is no longer untrusted, so it does not take values that are marked as untrusted'],
    ],
    // A member that was one of the others, and one that becomes one of them.
    [
      "{ type: object, properties: { map: { type: object, additionalProperties: { type: string, untrusted: true } } } }",
      "{ type: object, properties: { map: { type: object, properties: { a: { type: string } }, additionalProperties: { type: string, untrusted: true } } } }",
      [
        '- input "map.a" is new and optional',
        '! input "map.a" is no longer untrusted, so it does not take values that are marked as untrusted',
      ],
    ],
    ["{ a: string }", "{ a: number }", ['! input "a" changed from a string to a number']],
    ["{ a: integer }", "{ a: number }", ['- input "a" changed from a whole number to a number']],
    ["{ a: number }", "{ a: integer }", ['! input "a" changed from a number to a whole number']],
    ["{ a: string }", "{ a: any }", ['- input "a" changed from a string to anything']],
    ["{ a: any }", "{ a: string }", ['! input "a" changed from anything to a string']],
    ["{ a(enum): [x, y, z] }", "{ a(enum): [x, w] }", ['! input "a" may no longer be "y", "z", and may now be "w"']],
    ["{ a(enum): [x] }", "{ a(enum): [x, y] }", ['- input "a" may now be "y"']],
    ["{ a(enum): [x, y] }", "{ a: string }", ['- input "a" changed from "x" or "y" to a string']],
    ["{ a: string }", "{ a(enum): [x, y] }", ['! input "a" changed from a string to "x" or "y"']],
    ["{ a(array): string }", "{ a(array): number }", ['! input "a[]" changed from a string to a number']],
    ["{ a: string }", "{ a(array): string }", ['! input "a" changed from a string to a list of strings']],
    [
      "{ rows(array): { amount: string } }",
      "{ rows(array): { amount: number, note?: string } }",
      ['! input "rows[].amount" changed from a string to a number', '- input "rows[].note" is new and optional'],
    ],
    ["{ user: { name: string } }", "{ user: { name: string, id: string } }", ['! input "user.id" is new and required']],
    ["{ user(object): { name: string } }", "{ user?(object): { name: string } }", ['- input "user" is now optional']],
    [
      "{ properties: { user: { type: object, properties: { name: { type: string } } } } }",
      "{ properties: { user: { type: object, properties: { name: { type: string } }, additionalProperties: false } } }",
      ['! input "user" no longer allows additional members'],
    ],
    ['{ a: "string, who" }', '{ a: "string, the person" }', ['- input "a" has a new description']],
    [
      "{ properties: { a: { type: string, maxLength: 9 } } }",
      "{ properties: { a: { type: string, maxLength: 5 } } }",
      ['! input "a" is still a string, but its constraints changed'],
    ],
    [
      "{ properties: { a: { type: string, maxLength: 5 } } }",
      "{ properties: { a: { type: string, maxLength: 9 } } }",
      ['- input "a" is still a string, but its constraints changed'],
    ],
    [
      '{ properties: { t: { $ref: "#/$defs/t" } }, $defs: { t: { type: object, properties: { l: { type: string }, c: { $ref: "#/$defs/t" } } } } }',
      '{ properties: { t: { $ref: "#/$defs/t" } }, $defs: { t: { type: object, properties: { l: { type: number }, c: { $ref: "#/$defs/t" } } } } }',
      ['! input "t.l" changed from a string to a number'],
    ],
    [
      "{ properties: { a: { anyOf: [{ type: string }, { type: number }] } } }",
      '{ properties: { a: { anyOf: [{ type: string }, { type: number }, { type: "null" }] } } }',
      ['- input "a" changed from a string or a number to a string, a number or null'],
    ],
  ])("%s → %s", (before, after, changes) => {
    const more = (schema: string) =>
      schema.startsWith("{ properties") ? schema.replace("{ p", "{ type: object, p") : schema;
    expect(brief(withInput(more(before)), withInput(more(after)))).toEqual(changes);
  });

  it("with a default may be left out, whatever the schema says", () => {
    const [optional, required] = [withInput("{ a?: string }"), withInput("{ a: string }")];
    const preset = withInput("{ a: string }", ", default: { a: x }");
    expect(brief(required, preset)).toEqual(['- input "a" is now optional', '- the default of input "a" is "x"']);
    expect(brief(preset, required)).toEqual([
      '! input "a" is now required',
      '- the default of input "a" was removed ("x")',
    ]);
    // Null was allowed, and is not a value left out.
    expect(brief(optional, preset)).toEqual([
      '! input "a" changed from a string or null to a string',
      '- the default of input "a" is "x"',
    ]);
  });

  it("inferred from templates are compared alike", () => {
    expect(brief(content("Hi {{name}}"), content("Hi {{name}} in {{place}}"))).toEqual([
      '! input "place" is new and required',
    ]);
    expect(brief(content("Hi {{name}}"), content("Hi {{#if name}}{{name}}{{/if}}"))).toEqual([
      '- input "name" is now optional',
    ]);
  });

  it("that are said not to break are valid afterwards", { timeout: 300_000 }, () => {
    const skeleton = content("Hello");
    // Each schema is compiled for a few values only: compiling faster counts for more than validating faster.
    const ajv = new Ajv2020({
      ...{ strict: false, ownProperties: true, validateFormats: false, logger: false },
      ...{ validateSchema: false, code: { optimize: false } },
    });
    const counts = { safe: 0, breaking: 0, values: 0 };
    fc.assert(
      fc.property(schemaPair, fc.infiniteStream(fc.nat(1000)), ([before, after], numbers) => {
        const pick = (below: number) => (below === 0 ? 0 : Number(numbers.next().value) % below);
        const presets = [before, after].map((inputSchema) => presetsOf(inputSchema, ajv, pick));
        const [old = {}, now = {}] = presets;
        const comparison = compareContents(
          { ...skeleton, inputSchema: before, defaults: old },
          { ...skeleton, inputSchema: after, defaults: now },
        );
        counts[comparison.breaking ? "breaking" : "safe"]++;
        if (comparison.breaking) return;
        const [isOld, isNew] = [ajv.compile(before), ajv.compile(after)];
        for (let attempt = 0; attempt < 40; attempt++) {
          const value = sample(callersPart(before, old), pick) as Record<string, unknown>;
          if (!isOld({ ...old, ...value })) continue;
          counts.values++;
          if (!isNew({ ...now, ...value }))
            throw new Error(`${JSON.stringify(value)} is no longer valid: ${JSON.stringify([before, after, presets])}`);
        }
        // Ajv would keep every schema.
        for (const compiled of [before, after]) ajv.removeSchema(compiled);
      }),
      { seed: 1, numRuns: 1_500 },
    );
    // Without these counts, a comparison that reports every change as breaking would also pass.
    expect(counts.safe).toBeGreaterThan(150);
    expect(counts.breaking).toBeGreaterThan(150);
    expect(counts.values).toBeGreaterThan(1_000);
  });
});

describe("answers", () => {
  it.each<[before: string, after: string, changes: string[]]>([
    ["{ a: string }", "{ a: string, b: number }", ['- the answer now has "b"']],
    ["{ a: string, b: number }", "{ a: string }", ['! the answer no longer has "b"']],
    ["{ a: string }", "{ a?: string }", ['! the answer\'s "a" is no longer always present']],
    ["{ a?: string }", "{ a: string }", ['- the answer\'s "a" is now always present']],
    ["{ a: integer }", "{ a: number }", ['! the answer\'s "a" changed from a whole number to a number']],
    ["{ a(enum): [x] }", "{ a(enum): [x, y] }", ['! the answer\'s "a" may now be "y"']],
    ["{ a(enum): [x, y] }", "{ a(enum): [x] }", ['- the answer\'s "a" may no longer be "y"']],
    [
      "{ rows(array): { n: number } }",
      "{ rows(array): { n: string } }",
      ['! the answer\'s "rows[].n" changed from a number to a string'],
    ],
  ])("%s → %s", (before, after, changes) => {
    expect(brief(withOutput(before), withOutput(after))).toEqual(changes);
  });

  it("may gain a schema, and not lose one", () => {
    const [without, having] = [content("Hello"), withOutput("{ a: string }")];
    expect(brief(without, having)).toEqual(["- the answer now has a schema"]);
    expect(brief(having, without)).toEqual(["! the answer no longer has a schema, so parseOutput() does not exist"]);
  });
});

describe("the rest", () => {
  it("is reported key by key", () => {
    const before = content(
      "---\nmodel: a/one\nconfig: { temperature: 0.2, topP: 1 }\ntags: { team: finops }\ntools: [search, { name: sum, description: Adds }]\nexamples: [{ name: one, input: {} }]\n---\nHello",
    );
    const after = content(
      "---\ndescription: Greets\nmodel: a/two\nconfig: { temperature: 0.9, maxOutputTokens: 5 }\ntags: { team: billing }\ntools: [{ name: sum, description: Adds numbers }]\n---\nHello",
    );
    expect(brief(before, after)).toEqual([
      '- model changed from "a/one" to "a/two"',
      '- config "maxOutputTokens" is 5',
      '- config "temperature" changed from 0.2 to 0.9',
      '- config "topP" was removed (1)',
      '- tool "search" was removed',
      '- tool "sum" changed from {"name":"sum","description":"Adds"} to {"name":"sum","description":"Adds numbers"}',
      '- tag "team" changed from "finops" to "billing"',
      '- description is "Greets"',
      '- example "one" was removed ({})',
    ]);
  });

  it("breaks where the result has another type", () => {
    const [text, chat] = [content("Hello"), content('{{role "system"}}Hello')];
    expect(brief(text, chat)).toEqual([
      "! the prompt changed from text to chat: format() now returns { system, messages }",
    ]);
    expect(brief(chat, text)).toEqual(["! the prompt changed from chat to text: format() now returns text"]);
  });
});

describe("texts", () => {
  it("are compared by words, partials too", () => {
    const before = content("Hello {{name}},\nhow are you?{{> end}}", { end: "Bye" });
    const after = content("Good day {{name}},\nhow are you?{{> end}}", { end: "Bye now" });
    expect(compareContents(before, after).texts).toEqual([
      {
        path: "",
        change: "changed",
        words: [
          { kind: "removed", text: "Hello" },
          { kind: "added", text: "Good day" },
          { kind: "same", text: " {{name}},\nhow are you?{{> end}}" },
        ],
      },
      {
        path: "_end.md",
        change: "changed",
        words: [
          { kind: "same", text: "Bye" },
          { kind: "added", text: " now" },
        ],
      },
    ]);
  });

  it.each([
    ["{{name}} is here", "{{name.first}} is here", "[-{{name}}-]{+{{name.first}}+} is here"],
    ["one two three", "one 2 three", "one [-two-]{+2+} three"],
    ["one two three", "three", "[-one two -]three"],
    ["you are kind", "they were kind", "[-you are-]{+they were+} kind"],
    ["a\nb", "a\nc\nb", "a\n{+c\n+}b"],
    ["東京は大きい", "京都は大きい", "[-東-]京{+都+}は大きい"],
  ])("%j → %j", (before, after, expected) => {
    const marks = { same: ["", ""], added: ["{+", "+}"], removed: ["[-", "-]"] } as const;
    const words = compareWords(before, after);
    expect(words.map(({ kind, text }) => marks[kind][0] + text + marks[kind][1]).join("")).toBe(expected);
  });

  it("put together are the texts on either side, however different", () => {
    const words = fc.array(fc.constantFrom("a", "b", " ", "\n", "{{x}}", "é", "日本", "👋"), { maxLength: 30 });
    const skeleton = content("Hello");
    fc.assert(
      fc.property(words, words, (a, b) => {
        const [before, after] = [a.join(""), b.join("")];
        const [text] = compareContents({ ...skeleton, template: before }, { ...skeleton, template: after }).texts;
        const side = (kind: string) =>
          text?.words
            .filter((word) => word.kind === "same" || word.kind === kind)
            .map((word) => word.text)
            .join("");
        if (before !== after) expect([side("removed"), side("added")]).toEqual([before, after]);
      }),
      { seed: 1 },
    );
  });

  it("of great length take no long time", { timeout: 20_000 }, () => {
    const skeleton = content("Hello");
    const long = (salt: number) => Array.from({ length: 100_000 }, (_, index) => `w${(index * salt) % 9973}`).join(" ");
    const [text] = compareContents({ ...skeleton, template: long(7) }, { ...skeleton, template: long(11) }).texts;
    expect(text?.change).toBe("changed");
  });
});
