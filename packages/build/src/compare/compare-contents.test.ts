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

describe("inputs", () => {
  it.each<[before: string, after: string, changes: string[]]>([
    ["{ a: string }", "{ a: string }", []],
    ["{ a: string }", "{ a: string, b: string }", ['! input "b" is new and must be passed']],
    ["{ a: string }", "{ a: string, b?: string }", ['- input "b" is new and may be left out']],
    ["{ a: string, b: string }", "{ a: string }", ['! input "b" is no longer accepted']],
    [
      "{ a: string, b: string }",
      '{ a: string, "(*)": string }',
      ['- input "b" is no longer declared, but is still accepted', "! the input may have other members than before"],
    ],
    ["{ a?: string }", "{ a: string }", ['! input "a" may no longer be left out']],
    ["{ a: string }", "{ a?: string }", ['- input "a" may be left out now']],
    ["{ a: string }", "{ a: number }", ['! input "a" is a number now, and was a string']],
    ["{ a: integer }", "{ a: number }", ['- input "a" is a number now, and was a whole number']],
    ["{ a: number }", "{ a: integer }", ['! input "a" is a whole number now, and was a number']],
    ["{ a: string }", "{ a: any }", ['- input "a" is anything now, and was a string']],
    ["{ a: any }", "{ a: string }", ['! input "a" is a string now, and was anything']],
    ["{ a(enum): [x, y, z] }", "{ a(enum): [x, w] }", ['! input "a" may no longer be "y", "z", and may be "w" now']],
    ["{ a(enum): [x] }", "{ a(enum): [x, y] }", ['- input "a" may be "y" now']],
    ["{ a(enum): [x, y] }", "{ a: string }", ['- input "a" is a string now, and was "x" or "y"']],
    ["{ a: string }", "{ a(enum): [x, y] }", ['! input "a" is "x" or "y" now, and was a string']],
    ["{ a(array): string }", "{ a(array): number }", ['! input "a[]" is a number now, and was a string']],
    ["{ a: string }", "{ a(array): string }", ['! input "a" is a list of strings now, and was a string']],
    [
      "{ rows(array): { amount: string } }",
      "{ rows(array): { amount: number, note?: string } }",
      ['! input "rows[].amount" is a number now, and was a string', '- input "rows[].note" is new and may be left out'],
    ],
    [
      "{ user: { name: string } }",
      "{ user: { name: string, id: string } }",
      ['! input "user.id" is new and must be passed'],
    ],
    [
      "{ user(object): { name: string } }",
      "{ user?(object): { name: string } }",
      ['- input "user" may be left out now'],
    ],
    [
      "{ properties: { user: { type: object, properties: { name: { type: string } } } } }",
      "{ properties: { user: { type: object, properties: { name: { type: string } }, additionalProperties: false } } }",
      ['! input "user" has no other members now'],
    ],
    ['{ a: "string, who" }', '{ a: "string, the person" }', ['- input "a" has a new description']],
    [
      "{ properties: { a: { type: string, maxLength: 9 } } }",
      "{ properties: { a: { type: string, maxLength: 5 } } }",
      ['! input "a" is still a string, with other constraints'],
    ],
    [
      "{ properties: { a: { type: string, maxLength: 5 } } }",
      "{ properties: { a: { type: string, maxLength: 9 } } }",
      ['- input "a" is still a string, with other constraints'],
    ],
    [
      '{ properties: { t: { $ref: "#/$defs/t" } }, $defs: { t: { type: object, properties: { l: { type: string }, c: { $ref: "#/$defs/t" } } } } }',
      '{ properties: { t: { $ref: "#/$defs/t" } }, $defs: { t: { type: object, properties: { l: { type: number }, c: { $ref: "#/$defs/t" } } } } }',
      ['! input "t.l" is a number now, and was a string'],
    ],
    [
      "{ properties: { a: { anyOf: [{ type: string }, { type: number }] } } }",
      '{ properties: { a: { anyOf: [{ type: string }, { type: number }, { type: "null" }] } } }',
      ['- input "a" is a string, a number or null now, and was a string or a number'],
    ],
  ])("%s → %s", (before, after, changes) => {
    const more = (schema: string) =>
      schema.startsWith("{ properties") ? schema.replace("{ p", "{ type: object, p") : schema;
    expect(brief(withInput(more(before)), withInput(more(after)))).toEqual(changes);
  });

  it("with a default may be left out, whatever the schema says", () => {
    const [optional, required] = [withInput("{ a?: string }"), withInput("{ a: string }")];
    const preset = withInput("{ a: string }", ", default: { a: x }");
    expect(brief(required, preset)).toEqual(['- input "a" may be left out now', '- the default of input "a" is "x"']);
    expect(brief(preset, required)).toEqual([
      '! input "a" may no longer be left out',
      '- the default of input "a" is gone ("x")',
    ]);
    // Null was allowed, and is not a value left out.
    expect(brief(optional, preset)).toEqual([
      '! input "a" is a string now, and was a string or null',
      '- the default of input "a" is "x"',
    ]);
  });

  it("inferred from templates are compared alike", () => {
    expect(brief(content("Hi {{name}}"), content("Hi {{name}} in {{place}}"))).toEqual([
      '! input "place" is new and must be passed',
    ]);
    expect(brief(content("Hi {{name}}"), content("Hi {{#if name}}{{name}}{{/if}}"))).toEqual([
      '- input "name" may be left out now',
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
    ["{ a: string }", "{ a: string, b: number }", ['- the answer has "b" now']],
    ["{ a: string, b: number }", "{ a: string }", ['! the answer no longer has "b"']],
    ["{ a: string }", "{ a?: string }", ['! the answer\'s "a" is no longer always there']],
    ["{ a?: string }", "{ a: string }", ['- the answer\'s "a" is always there now']],
    ["{ a: integer }", "{ a: number }", ['! the answer\'s "a" is a number now, and was a whole number']],
    ["{ a(enum): [x] }", "{ a(enum): [x, y] }", ['! the answer\'s "a" may be "y" now']],
    ["{ a(enum): [x, y] }", "{ a(enum): [x] }", ['- the answer\'s "a" may no longer be "y"']],
    [
      "{ rows(array): { n: number } }",
      "{ rows(array): { n: string } }",
      ['! the answer\'s "rows[].n" is a string now, and was a number'],
    ],
  ])("%s → %s", (before, after, changes) => {
    expect(brief(withOutput(before), withOutput(after))).toEqual(changes);
  });

  it("may gain a schema, and not lose one", () => {
    const [without, having] = [content("Hello"), withOutput("{ a: string }")];
    expect(brief(without, having)).toEqual(["- the answer has a schema now"]);
    expect(brief(having, without)).toEqual(["! the answer has no schema anymore, so parseOutput() does not exist"]);
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
      '- model is "a/two" now, and was "a/one"',
      '- config "maxOutputTokens" is 5',
      '- config "temperature" is 0.9 now, and was 0.2',
      '- config "topP" is gone (1)',
      '- tool "search" is gone',
      '- tool "sum" is {"name":"sum","description":"Adds numbers"} now, and was {"name":"sum","description":"Adds"}',
      '- tag "team" is "billing" now, and was "finops"',
      '- description is "Greets"',
      '- example "one" is gone ({})',
    ]);
  });

  it("breaks where the result has another type", () => {
    const [text, chat] = [content("Hello"), content('{{role "system"}}Hello')];
    expect(brief(text, chat)).toEqual([
      "! it is a chat prompt now, and was a text prompt: format() returns { system, messages }",
    ]);
    expect(brief(chat, text)).toEqual(["! it is a text prompt now, and was a chat prompt: format() returns text"]);
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
