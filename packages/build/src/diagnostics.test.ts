// Every mistake that the compiler finds in a prompt: its code and the exact place.

import { formatPlace } from "@cuecard/model";
import { describe, expect, it } from "vitest";
import { compileText } from "../test/render.js";

/** `code at place: message`, hint included after a dash. */
function found(text: string, partials?: Record<string, string>): string[] {
  return compileText(text, partials).diagnostics.map(
    (diagnostic) =>
      `${diagnostic.code} ${formatPlace(diagnostic)} ${diagnostic.message}${diagnostic.hint === undefined ? "" : ` — ${diagnostic.hint}`}`,
  );
}

function frontMatter(yaml: string, body = "{{a}}"): string {
  return `---\n${yaml}\n---\n${body}\n`;
}

describe("front matter", () => {
  it.each([
    ["---js\n({ model: process.exit() })\n---\nbody", "front-matter/language prompts/p.md:1:1"],
    ["--- js\n1\n---\nbody", "front-matter/language prompts/p.md:1:1"],
    ["---JSON\n{}\n---\nbody", "front-matter/language prompts/p.md:1:1"],
    ["---\nmodel: x\nbody", "front-matter/unclosed prompts/p.md:1:1"],
    ["---\nmodel: x\n---oops\n---\nbody", "front-matter/unclosed prompts/p.md:3:1"],
    [frontMatter("model: [x"), "front-matter/syntax prompts/p.md:2:8"],
    [frontMatter("model: x\nmodel: y"), "front-matter/syntax prompts/p.md:3:1"],
    [
      frontMatter("model: x\n  description: y"),
      "front-matter/syntax prompts/p.md:2:8 the front matter is not valid YAML: this key has both a value and keys below it",
    ],
    [
      frontMatter("input:\n  schema:\n    a: string\n   b: string"),
      "front-matter/syntax prompts/p.md:5:1 the front matter is not valid YAML: this line starts in a different column",
    ],
    [frontMatter("config: &c { a: 1 }\nmetadata: *c"), "front-matter/syntax prompts/p.md:3:11"],
    [
      frontMatter('description: "*bold* text"\nconfig: &c { a: 1 }\nmetadata: *c'),
      "front-matter/syntax prompts/p.md:4:11 the front matter is not valid YAML: aliases",
    ],
    [
      frontMatter("config: { temperature: .inf }"),
      "front-matter/syntax prompts/p.md:2:24 the front matter is not valid YAML: a number must be finite",
    ],
    [
      frontMatter("config: { id: 12345678901234567890 }"),
      "front-matter/syntax prompts/p.md:2:15 the front matter is not valid YAML: this number would lose digits",
    ],
    [
      frontMatter("renamed_from: ../secret"),
      'front-matter/invalid prompts/p.md:2:15 "renamed_from" is not a valid prompt name: the segment ".."',
    ],
    [frontMatter("renamed_from: p"), 'front-matter/invalid prompts/p.md:2:15 "renamed_from" is the prompt\'s own name'],
    [frontMatter("renamed_from: [a, b, a]"), 'front-matter/invalid prompts/p.md:2:22 "renamed_from.2" names "a" twice'],
    [frontMatter("renamed_from: 3"), 'front-matter/invalid prompts/p.md:2:15 "renamed_from" must be a string or'],
    [frontMatter("model: true"), 'front-matter/invalid prompts/p.md:2:8 "model" must be a string'],
    [
      frontMatter("input: { shema: { a: string } }"),
      'front-matter/invalid prompts/p.md:2:10 "input" must not have "shema" — did you mean "schema"?',
    ],
    [frontMatter("examples:\n  - input: {}"), 'front-matter/invalid prompts/p.md:3:5 "examples.0" lacks "name"'],
    [frontMatter("tags: { team: [a] }"), 'front-matter/invalid prompts/p.md:2:15 "tags.team" must be'],
    [
      frontMatter("descripton: x"),
      'front-matter/unknown-key prompts/p.md:2:1 unknown key "descripton" — did you mean "description"?',
    ],
    [
      frontMatter(`metadata: ${"[".repeat(7000)}${"]".repeat(7000)}`),
      "front-matter/syntax prompts/p.md:2:75 the front matter is not valid YAML: it is nested more than 64 levels deep",
    ],
    [
      frontMatter(`metadata:\n${"- ".repeat(9000)}x`),
      "front-matter/syntax prompts/p.md:3:1 the front matter is not valid YAML: it is nested more than 64 levels deep",
    ],
    [frontMatter(`description: ${"x".repeat(40_000)}`), "front-matter/too-large prompts/p.md:2:1"],
  ])("%#: %j", (text, expected) => {
    expect(found(text)).toEqual([expect.stringContaining(expected)]);
  });

  it("is nothing but text where it does not open with ---", () => {
    expect(found("----\n{{a}}")).toEqual([]);
    expect(compileText("----\n{{a}}").content?.template).toBe("----\n{{a}}");
  });

  it("is read with spaces behind its lines, and may be empty", () => {
    expect(compileText("---  \nmodel: m\n---\t\n\n body \n").content).toMatchObject({ model: "m", template: "body" });
    expect(compileText("---\n---\n body \n").content).toMatchObject({ template: "body" });
  });

  it("keeps its findings when the same text comes again", () => {
    const text = frontMatter("model: [x");
    expect(found(text)).toEqual(found(text));
  });
});

describe("schemas", () => {
  it.each([
    [
      frontMatter("input: { schema: { a: strnig } }"),
      'schema/invalid prompts/p.md:2:23 "input.schema.a" is not a valid schema: "strnig" is not a valid type',
    ],
    [frontMatter("input: { schema: string }"), "schema/invalid prompts/p.md:2:18"],
    [
      frontMatter('input: { schema: { a: "string, Untrusted" } }'),
      'schema/unclear-key prompts/p.md:2:23 "input.schema.a" is unclear: "Untrusted" is read as a part of the description — to mark the value, write "untrusted" and a comma before the description',
    ],
    [
      frontMatter('input: { schema: { "a(array, untrusted: of the web)": string } }', "{{#each a}}{{this}}{{/each}}"),
      'schema/unclear-key prompts/p.md:2:55 "input.schema.a(array, untrusted: of the web)" is unclear: "untrusted:" is read as',
    ],
    [
      frontMatter("input: { schema: { properties: { a: { type: string, untrusted: yes } } } }"),
      'schema/invalid prompts/p.md:2:64 "input.schema.properties.a.untrusted" is not a valid schema: "untrusted" is true or false — write untrusted: true',
    ],
    [
      frontMatter("input: { schema: { properties: { a: { type: string, untrustd: true } } } }"),
      'schema/invalid prompts/p.md:2:63 "input.schema.properties.a.untrustd" is not a valid schema: unknown keyword "untrustd" — did you mean "untrusted"?',
    ],
    [
      frontMatter("output: { schema: { properties: { b: { type: string, untrusted: true } } } }"),
      'schema/invalid prompts/p.md:2:65 "output.schema.properties.b.untrusted" is not a valid schema: "untrusted" is about values that callers pass — remove it',
    ],
    [
      frontMatter(
        "input: { default: { b: x }, schema: { type: object, x-a: { $ref: far }, properties: { a: { type: string, default: y }, b: { default: z } } } }",
      ),
      'schema/unused-default prompts/p.md:2:115 "input.schema.properties.a.default" has no effect',
    ],
    [
      frontMatter("input:\n  schema:\n    type: object\n    properties: { a: { type: strin } }"),
      "schema/invalid prompts/p.md:5:30",
    ],
    [
      frontMatter('input: { schema: { type: object, properties: { a: { $ref: "https://example.com/a.json" } } } }'),
      "schema/remote-ref prompts/p.md:2:59",
    ],
    [
      frontMatter('input: { schema: { type: object, properties: { a: { type: string, pattern: "^(a+)+$" } } } }'),
      "schema/unsafe-pattern prompts/p.md:2:76",
    ],
    [
      frontMatter('input: { schema: { type: object, properties: { a: { type: string, pattern: "(" } } } }'),
      "schema/unsafe-pattern prompts/p.md:2:76",
    ],
    [
      frontMatter(
        'input: { schema: { type: object, properties: { examples: { type: string, pattern: "^(a+)+$" } } } }',
      ),
      "schema/unsafe-pattern prompts/p.md:2:83",
    ],
    [
      frontMatter('input: { schema: { type: object, properties: { default: { $ref: "http://127.0.0.1/x" } } } }'),
      "schema/remote-ref",
    ],
    [
      frontMatter('input: { schema: { type: object, properties: { a: {} }, dependentSchemas: { a: { $ref: "#" } } } }'),
      'schema/invalid prompts/p.md:2:18 "input.schema" is not a valid schema: "#" refers to itself endlessly',
    ],
    [
      frontMatter("input: { schema: { name: string }, default: { nme: x, other: y } }", "{{name}}"),
      'input/undeclared-value prompts/p.md:2:52 the default of "nme" is not a variable of the prompt — did you mean "name"?',
    ],
    [
      frontMatter("input: { schema: { a: string } }\nexamples: [{ name: one, input: { a: x, other: y } }]"),
      'input/undeclared-value prompts/p.md:3:47 in the example "one", "other" is not a variable of the prompt — remove it, or use the variable in the template',
    ],
    [
      frontMatter(
        "input: { schema: { type: object, properties: { name: { type: string } }, additionalProperties: false }, default: { nme: x } }",
        "{{name}}",
      ),
      'input/invalid-default prompts/p.md:2:121 the default of "nme" is not a variable of the prompt — did you mean "name"?',
    ],
    [
      frontMatter("input: { schema: { a: string }, default: { a: 3 } }"),
      'input/invalid-default prompts/p.md:2:47 the default of "a" must be a string',
    ],
    [
      frontMatter("input: { schema: { a: string } }\nexamples:\n  - name: one\n    input: { a: [1] }"),
      'input/invalid-example prompts/p.md:5:17 in the example "one", "a" must be a string',
    ],
    [
      frontMatter("input: { schema: { a: string } }\nexamples:\n  - name: one"),
      'input/invalid-example prompts/p.md:4:5 in the example "one", "input" lacks "a"',
    ],
    [
      frontMatter("input: { schema: { a: string, b: string } }"),
      'template/unused-variable prompts/p.md:2:34 "b" is declared',
    ],
    [
      frontMatter("input: { schema: { quary: string } }", "{{query}}"),
      'template/undeclared-variable prompts/p.md:4:3 "query" is not declared in input.schema — did you mean "quary"?',
    ],
    [
      frontMatter("input: { schema: { user: { name: string } } }", "{{user.nam}}"),
      'template/unknown-member prompts/p.md:4:8 "user" has no member "nam" — did you mean "name"?',
    ],
  ])("%#: %j", (text, expected) => {
    expect(found(text)).toContainEqual(expect.stringContaining(expected));
  });
});

describe("what is wrong at several places", () => {
  const input = "input: { schema: { a: string, b: string, c(array): string }, default: { a: 3 } }";
  it.each<[string, string, ...string[]]>([
    [
      frontMatter(input, "{{shout a}}{{#if b}}{{c}}{{/if}}{{d}}"),
      "template/unknown-helper template/list-as-text template/undeclared-variable",
    ],
    [
      frontMatter(input, "{{#each (rows a)}}{{x}}{{/each}}{{#each c d}}{{x}}{{/each}}"),
      "template/unknown-helper template/wrong-arguments",
    ],
    [frontMatter(input, "{{> unknown}}{{b}}"), "template/unknown-partial"],
    [frontMatter(input, "{{> row x=(shout a)}}{{d}}"), "template/unknown-helper template/undeclared-variable"],
    [frontMatter(input, "{{#if a}}"), "template/syntax"],
    [frontMatter(`${input}\nconfig: 3`, "{{shout a}}"), "front-matter/invalid template/unknown-helper"],
    [
      frontMatter("input: { schema: { a: strin } }", "{{shout a}}{{b}}{{lookup b}}"),
      "template/unknown-helper template/wrong-arguments schema/invalid",
    ],
  ])("is reported all at once: %j", (text, expected) => {
    const { diagnostics } = compileText(text, { row: "{{x}}{{a}}" });
    const codes = diagnostics.map(({ code }) => code).filter((code) => code !== "input/invalid-default");
    expect(codes.join(" ")).toBe(expected);
    const isRead = text.includes("default") && !text.includes("config");
    expect(diagnostics.some(({ code }) => code === "input/invalid-default")).toBe(isRead);
  });
});

describe("defaults", () => {
  it.each(["anyOf: [{ required: [a] }, { required: [b] }]", "minProperties: 1"])(
    "need not be a whole input: %s",
    (rule) => {
      const schema = `type: object, properties: { a: { type: string }, b: { type: string } }, ${rule}`;
      const codes = (head: string) =>
        found(frontMatter(`input: { schema: { ${schema} }${head} }`, "{{#if a}}{{a}}{{/if}}{{#if b}}{{b}}{{/if}}"));
      expect(codes("")).toEqual([]);
      expect(codes(", default: { b: 1 }")).toEqual([expect.stringContaining("input/invalid-default")]);
    },
  );
});

describe("defaults that examples leave as they are", () => {
  const head = (example: string) =>
    `input: { schema: { a: integer, b: string }, default: { a: wrong } }\nexamples:\n  - name: one\n    input: ${example}`;
  it.each([
    ["{ b: x }", ['input/invalid-default prompts/p.md:2:59 the default of "a" must be an integer']],
    [
      "{ a: 1, b: 3 }",
      [
        'input/invalid-default prompts/p.md:2:59 the default of "a" must be an integer',
        'input/invalid-example prompts/p.md:5:23 in the example "one", "b" must be a string',
      ],
    ],
    [
      "{ a: x, b: y }",
      [
        'input/invalid-default prompts/p.md:2:59 the default of "a" must be an integer',
        'input/invalid-example prompts/p.md:5:17 in the example "one", "a" must be an integer',
      ],
    ],
  ])("are reported once: %s", (example, expected) => {
    expect(found(frontMatter(head(example), "{{a}}{{b}}"))).toEqual(expected);
  });
});

describe("several tags that do not parse", () => {
  it.each<[string, string[]]>([
    ["{{a > b}}\n{{#if x == 1}}y{{else if z && 2}}{{/if}}\n{{foo(1)}} {{a b=}}", ["1:5", "2:9", "2:28", "3:6", "3:18"]],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a prompt's text, as it is
    ["{{.A}} {{.B}}\n${{ hashFiles('x') }} {{}}", ["1:3", "1:10", "2:14", "2:25"]],
    ["{{a > b}} {{#if x}}", ["1:5"]],
    ["{{a > b}} {{/each}}", ["1:5"]],
    ["{{a > b}} {{c", ["1:5", "1:11"]],
    ["{{#if {{a}}}}x{{/if}} {{b > c}}", ["1:7"]],
  ])("are reported at once: %j", (text, places) => {
    const found = compileText(text).diagnostics.filter(({ code }) => code === "template/syntax");
    expect(found.map(({ range }) => `${range?.start.line}:${range?.start.column}`)).toEqual(places);
  });

  it("are limited in number", () => {
    const { diagnostics } = compileText("{{a > b}}\n".repeat(100));
    expect(diagnostics).toHaveLength(20);
  });
});

describe("templates", () => {
  it.each([
    ["one\ntwo {{#if a}}\nthree", "template/syntax prompts/p.md:2:5 {{#if}} is never closed"],
    ["{{#if a}}x{{/each}}", "template/syntax prompts/p.md:1:11 {{#if}} is closed by {{/each}} — write {{/if}}"],
    ["a {{foo bar", "template/syntax prompts/p.md:1:3 this tag is never closed — close it with }}"],
    ["x\n  {{else}}", "template/syntax prompts/p.md:2:3 {{else}} is outside a block"],
    ["{{x}}\n{{else}}\n", "template/syntax prompts/p.md:2:1 {{else}} is outside a block"],
    ["{{x}}\n\n{{/if}}", "template/syntax prompts/p.md:3:1 this closes a block that is not open"],
    ["é {{a/../b}}", "template/syntax prompts/p.md:1:5 not a valid path: a/.."],
    [frontMatter("model: m", "\n  {{a b=}}"), "template/syntax prompts/p.md:5:9 the tag ends too early"],
    ["{{greet name}}", 'template/unknown-helper prompts/p.md:1:3 the helper "greet" does not exist'],
    [
      "{{#iff a}}{{/iff}}",
      'template/unknown-helper prompts/p.md:1:4 the helper "iff" does not exist — did you mean "if"?',
    ],
    [
      "{{#lookup a b}}x{{/lookup}}",
      "template/unsupported prompts/p.md:1:4 {{#lookup}} is not supported — it is not a block",
    ],
    ["{{#if a as |x|}}y{{/if}}", 'template/wrong-arguments prompts/p.md:1:4 "#if" has no block parameters'],
    ["{{#each a as |x k z|}}y{{/each}}", 'template/wrong-arguments prompts/p.md:1:4 "#each" has two block parameters'],
    ["{{#each a b=1}}y{{/each}}", 'template/wrong-arguments prompts/p.md:1:11 "#each" takes no "b"'],
    ["{{#ifEquals a}}y{{/ifEquals}}", 'template/wrong-arguments prompts/p.md:1:4 "#ifEquals" takes two values'],
    ["{{#each a}}{{#b}}{{../c}}{{/b}}{{/each}}", "template/unsupported prompts/p.md:1:20 ../ out of a section"],
    [
      "{{#a}}{{@index}}{{/a}}",
      "template/unsupported prompts/p.md:1:9 @index here, where it may belong to different loops",
    ],
    ["{{@../index}}", "template/unsupported prompts/p.md:1:3 @../ here: there are 0 loops around it is not supported"],
    ["{{#*inline who}}x{{/inline}}", 'template/wrong-arguments prompts/p.md:1:1 "#*inline" takes the partial\'s name'],
    ["{{#*other}}x{{/other}}", "template/unsupported prompts/p.md:1:1 a decorator other than {{#*inline}}"],
    ["{{*other}}", "template/unsupported prompts/p.md:1:1 a decorator ({{*name}})"],
    [
      '{{#*inline "a"}}{{> a}}{{/inline}}{{> a}}',
      "template/unsupported prompts/p.md:1:21 an inline partial that includes itself",
    ],
    [
      '{{#each a as |x|}}{{#*inline "p"}}{{x}}{{/inline}}{{> p}}{{/each}}',
      'template/unsupported prompts/p.md:1:37 the block parameter "x" inside an inline partial is not supported — pass it',
    ],
    ["{{> @partial-block}}", "template/no-partial-block prompts/p.md:1:5 @partial-block does not exist here"],
    ["{{@partial-block}}", "template/unsupported prompts/p.md:1:3 @partial-block as a value"],
    ["{{json}}", 'template/wrong-arguments prompts/p.md:1:3 "json" takes one value, and optionally indent=2'],
    ["{{json a b=2}}", 'template/wrong-arguments prompts/p.md:1:3 "json" takes one value'],
    ["{{untrusted a b}}", 'template/wrong-arguments prompts/p.md:1:3 "untrusted" takes one value'],
    ["{{untrusted a=1}}", 'template/wrong-arguments prompts/p.md:1:3 "untrusted" takes one value'],
    [
      "{{untrustd a}}",
      'template/unknown-helper prompts/p.md:1:3 the helper "untrustd" does not exist — did you mean "untrusted"?',
    ],
    ["{{media a}}", 'template/wrong-arguments prompts/p.md:1:1 "media" takes url=…'],
    ["{{media contentType=a}}", 'template/wrong-arguments prompts/p.md:1:1 "media" takes url=…'],
    ["{{section a}}", 'template/wrong-arguments prompts/p.md:1:1 "section" takes a name as a literal'],
    ["{{lookup a (role b)}}", 'template/wrong-arguments prompts/p.md:1:13 "role" does not return a value'],
    ["x{{log a}}", "template/log prompts/p.md:1:2 {{log}} has no effect in a prompt — remove the tag"],
    ["{{#if}}x{{/if}}", 'template/wrong-arguments prompts/p.md:1:4 "#if" takes one value'],
    ["{{#if a b}}x{{/if}}", 'template/wrong-arguments prompts/p.md:1:9 "#if" takes one value, and no `b`'],
    ["{{lookup a}}", 'template/wrong-arguments prompts/p.md:1:3 "lookup" takes an object and a key'],
    ["{{if a}}", 'template/wrong-arguments prompts/p.md:1:3 "if" is a block'],
    ['{{role "sytem"}}x', 'template/unknown-role prompts/p.md:1:8 unknown role "sytem"'],
    ["{{role who}}x", "template/unknown-role prompts/p.md:1:8 unknown role who"],
    [
      "{{> nowhere}}",
      'template/unknown-partial prompts/p.md:1:5 the partial "nowhere" does not exist — create one of these files: "prompts/_nowhere.md"',
    ],
    [
      "{{> ../up}}",
      'template/unknown-partial prompts/p.md:1:5 the partial "../up" does not exist — write the partial\'s name without its underscore',
    ],
    ["{{> (lookup a b)}}", "template/dynamic-partial prompts/p.md:1:5"],
    [
      "{{#> a}}x{{/a}}",
      `template/unknown-partial-block prompts/p.md:1:6 the partial "a" does not exist, so the block's own text is used`,
    ],
    ["{{../a}}", "template/unsupported prompts/p.md:1:3 ../ above the input is not supported"],
    ["{{__proto__}}", 'input/unsafe-name prompts/p.md:1:3 "__proto__" is not a valid variable'],
    [
      "{{#if a}}".repeat(70) + "{{/if}}".repeat(70),
      "template/too-large prompts/p.md:1:577 the template has more than 64 nested blocks",
    ],
    ["{{a}}".repeat(20_000), "template/too-large prompts/p.md:1:50001 the template has more than 10000 tags"],
    [
      `{{a}}${"x".repeat(300_000)}`,
      "template/too-large prompts/p.md:1:262145 the template has more than 262144 characters",
    ],
    [
      `{{lookup ${"(lookup ".repeat(100)}a 1${" 1)".repeat(100)} 1}}`,
      "template/too-large prompts/p.md:1:1 the template has more than 64 helper calls in one tag",
    ],
    [
      `{{a${".b".repeat(100)}}}`,
      "template/too-large prompts/p.md:1:3 the template has more than 64 members in one path",
    ],
    [
      `{{#if a}}${"{{else if b}}".repeat(300)}{{/if}}`,
      "template/too-large prompts/p.md:1:2610 the template has more than 200 {{else if}} branches",
    ],
    [
      `x{{#each a}}${"{{#each b}}".repeat(60)}${Array.from({ length: 4_000 }, (_, n) => `{{x${n}}}`).join("")}${"{{/each}}".repeat(61)}`,
      "template/too-large prompts/p.md:1:5 the template has more than 400000 levels",
    ],
  ])("%#: %s", (text, expected) => {
    expect(found(text).map((line) => line.slice(0, 400))).toEqual([expect.stringContaining(expected)]);
  });

  it("point into partials", () => {
    expect(found("{{> a}}", { a: "fine\n{{b c}}" })).toEqual([
      expect.stringContaining("template/unknown-helper prompts/_a.md:2:3"),
    ]);
  });

  it("name every partial of an endless chain", () => {
    expect(found("{{> a}}", { a: "{{> b}}", b: "{{> a}}" })).toEqual([
      expect.stringContaining(
        "template/partial-cycle prompts/_b.md:1:5 these partials include each other endlessly: a → b → a",
      ),
    ]);
  });

  it.each([
    ["{{> a}}", { a: "{{#each list}}{{> a}}{{/each}}" }],
    ["{{> a}}", { a: "{{#if next}}{{> a next}}{{/if}}" }],
    ["{{> a}}", { a: "{{#with left}}{{> b}}{{/with}}{{#with right}}{{> b}}{{/with}}", b: "{{name}}{{> a}}" }],
  ])("let a partial include itself as long as there is more data: %s %j", (text, partials) => {
    expect(found(text, partials)).toEqual([]);
  });

  it.each([
    ["{{> a}}", { a: "{{#if b}}{{> a}}{{/if}}" }, "prompts/_a.md:1:14"],
    ["{{#each list}}{{> a}}{{/each}}", { a: "{{#each list}}x{{/each}}{{> a list.[0]}}" }, "prompts/_a.md:1:29"],
  ])("cannot come to an end with the context that they began with: %s %j", (text, partials, place) => {
    expect(found(text, partials)).toEqual([expect.stringContaining(`template/partial-cycle ${place}`)]);
  });

  it("name the partial in which a template becomes too deep", () => {
    const partials = Object.fromEntries(
      Array.from({ length: 30 }, (_, n) => [
        `p${n}`,
        `{{#each c}}{{> p${(n + 1) % 30}}}{{> p${(n + 7) % 30}}}{{/each}}`,
      ]),
    );
    expect(found("{{> p0}}", partials)).toEqual([
      expect.stringMatching(/^template\/too-large prompts\/_p(\d+)\.md:1:12 .* 300 nested blocks and .*"p\1"/),
    ]);
  });

  it("stay small when partials multiply", () => {
    const partials = Object.fromEntries(
      Array.from({ length: 30 }, (_, n) => [`p${n}`, `{{> p${n + 1}}}{{> p${n + 1}}}`]),
    );
    expect(found("{{> p0}}", { ...partials, p30: "x" })).toContainEqual(expect.stringContaining("template/too-large"));
  });
});
