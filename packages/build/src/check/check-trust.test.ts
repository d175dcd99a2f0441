// Where a template inserts an untrusted value so that it can pass for the template's own text: the code, the place and the value.

import { formatPlace } from "@cuecard/model";
import { describe, expect, it } from "vitest";
import { compileText } from "../../test/render.js";
import type { HelperSignature } from "../language/helper-signature.js";
import { DescribedValue } from "../schema/untrusted-values.js";

const SCHEMA = `query: string, untrusted
    tone: string
    length?: integer, untrusted
    kind?(enum, untrusted): [a, b]
    docs?(array): { title: string, text: "string, untrusted", stars: integer }
    page?(object, untrusted): { url: string, links(array): string, size: integer }
    names?(object): { "(*)": "string, untrusted" }
    labels?(object, untrusted): { "(*)": string }
    tree?: Tree`;

const one = (name: string, returns: HelperSignature["returns"]): HelperSignature => ({
  name,
  positional: [{ name: "value", type: "any", optional: false }],
  named: [{ name: "by", type: "any", optional: true }],
  returns,
});

const HELPERS = new Map(
  [
    one("upper", ["string"]),
    one("count", ["number"]),
    one("isLong", ["boolean"]),
    one("tone_of", [{ values: ["calm", "angry"] }]),
    one("rows", [{ items: [{ members: [{ name: "cell", type: ["string"], optional: false }] }] }]),
    one("parse", "any"),
  ].map((helper) => [helper.name, helper]),
);

interface Given {
  readonly partials?: Readonly<Record<string, string>>;
  readonly schema?: string | undefined;
  readonly helpers?: ReadonlyMap<string, HelperSignature>;
}

/** `undelimited 1:3 query`, `system …`: places are those in the template. Other findings are left out. */
function found(template: string, { partials = {}, helpers = HELPERS, ...given }: Given = {}): string[] {
  const schema = "schema" in given ? given.schema : SCHEMA.replace("    tree?: Tree", "    tree?: any");
  const head = schema === undefined ? "" : `---\ninput:\n  schema:\n    ${schema}\n---\n`;
  const lines = head.split("\n").length - 1;
  return compileText(head + template, partials, helpers).diagnostics.flatMap((diagnostic) => {
    if (!diagnostic.code.startsWith("template/untrusted")) return [];
    const place = formatPlace(diagnostic).replace(/^prompts\/p.md:(\d+)/, (_, line: string) =>
      String(Number(line) - lines),
    );
    const variable = /value "(.*?)"/.exec(diagnostic.message)?.[1];
    return [`${diagnostic.code.replace(/.*-(?=undelimited|system)/, "")} ${place} ${variable}`];
  });
}

describe("without delimiters", () => {
  it.each<[template: string, expected: string[], given?: Given]>([
    ["{{query}}", ["undelimited 1:1 query"]],
    ["{{tone}}: {{{query}}} {{&query}}", ["undelimited 1:11 query", "undelimited 1:23 query"]],
    ["{{untrusted query}} {{untrusted (upper query)}}", []],
    ["{{#if query}}x{{/if}}{{#unless query}}x{{/unless}}{{#ifEquals query tone}}x{{/ifEquals}}", []],
    ["{{this.query}}{{@root.query}}", ["undelimited 1:1 query", "undelimited 1:15 query"]],
    // Parts of values.
    ["{{#each docs}}{{title}}{{text}}{{stars}}{{/each}}", ["undelimited 1:24 docs[].text"]],
    ["{{#each docs as |doc|}}{{doc.text}}{{doc.title}}{{/each}}", ["undelimited 1:24 docs[].text"]],
    ["{{docs.[0].text}}{{docs.length}}{{docs.[0].title}}", ["undelimited 1:1 docs[].text"]],
    [
      "{{#with page}}{{url}}{{size}}{{#each links}}{{@index}}{{this}}{{/each}}{{/with}}",
      ["undelimited 1:15 page", "undelimited 1:55 page"],
    ],
    ["{{#page}}{{url}}{{/page}}", ["undelimited 1:10 page"]],
    ["{{#docs}}{{text}}{{title}}{{/docs}}", ["undelimited 1:10 docs[].text"]],
    [
      "{{#tone}}{{query}}{{/tone}}",
      ["undelimited 1:10 query"],
      { schema: "tone: boolean\n    query: string, untrusted" },
    ],
    ["{{#each names}}{{@key}}{{this}}{{/each}}", ["undelimited 1:24 names[]"]],
    // The keys of an untrusted object are part of it.
    [
      "{{#each labels as |label key|}}{{key}}{{@key}}{{@first}}{{/each}}",
      ["undelimited 1:32 labels", "undelimited 1:39 labels"],
    ],
    [
      '{{lookup page "url"}}{{lookup names tone}}{{lookup docs 0}}',
      ["undelimited 1:1 page", "undelimited 1:22 names[]", "undelimited 1:43 docs[]"],
    ],
    ["{{json docs}}{{json this}}{{json tone}}{{json page.size}}", ["undelimited 1:1 docs", "undelimited 1:14 input"]],
    ["{{page.links}}", ["undelimited 1:1 page"]],
    // A number and one of several words are not text of the caller's.
    ["{{length}}{{kind}}", []],
    // Text that helpers make of it.
    ["{{upper query}}{{upper tone by=query}}{{upper tone}}", ["undelimited 1:1 query", "undelimited 1:16 query"]],
    ["{{upper (upper query)}}{{upper (json docs)}}", ["undelimited 1:1 query", "undelimited 1:24 docs"]],
    ["{{count query}}{{isLong query}}{{tone_of query}}", []],
    [
      "{{#each (rows query)}}{{cell}}{{/each}}{{#with (parse page)}}{{this.x}}{{/with}}",
      ["undelimited 1:23 query", "undelimited 1:62 page"],
    ],
    // A helper may cut the delimiters off.
    ["{{upper (untrusted query)}}", ["undelimited 1:1 query"]],
    ["{{json (untrusted query)}}{{#with (untrusted query)}}{{this}}{{/with}}", []],
    // Partials.
    ["{{> p}}", ["undelimited prompts/_p.md:2:1 query"], { partials: { p: "A\n{{query}}{{untrusted query}}" } }],
    ["{{> p text=query}}{{> p text=tone}}", ["undelimited prompts/_p.md:1:1 query"], { partials: { p: "{{text}}" } }],
    ["{{> p text=(untrusted query)}}", [], { partials: { p: "{{text}}" } }],
    ["{{> p text=(upper query)}}", ["undelimited prompts/_p.md:1:1 query"], { partials: { p: "{{text}}" } }],
    [
      "{{#each docs}}{{> p}}{{/each}}",
      ["undelimited prompts/_p.md:1:1 docs[].text"],
      { partials: { p: "{{text}}{{title}}" } },
    ],
    ["{{> p page}}{{> p page url=tone}}", ["undelimited prompts/_p.md:1:1 page"], { partials: { p: "{{url}}" } }],
    ["{{> p page url=tone}}", [], { partials: { p: "{{url}}" } }],
    [
      '{{#> p}}{{query}}{{/p}}{{#*inline "i"}}{{query}}{{/inline}}{{> i}}',
      ["undelimited 1:9 query", "undelimited 1:40 query"],
      { partials: { p: "{{> @partial-block}}" } },
    ],
    [
      "{{> p root}}",
      ["undelimited prompts/_p.md:1:1 root.parts[].title"],
      {
        schema: `$defs: { node: { type: object, properties: { title: { type: string }, parts: { type: array, items: { $ref: "#/$defs/part" } } } }, part: { allOf: [{ $ref: "#/$defs/node" }], properties: { title: { untrusted: true } } } }
    type: object
    properties: { root: { $ref: "#/$defs/node" } }`,
        partials: { p: "{{title}}{{#each parts}}{{> p}}{{/each}}" },
      },
    ],
    // Each round adds the context to itself, four times.
    [
      "{{> p root}}",
      ["undelimited prompts/_p.md:1:1 root.title", "undelimited prompts/_p.md:1:10 root"],
      {
        schema: `$defs: { node: { type: object, properties: { title: { type: string, untrusted: true }, next: { $ref: "#/$defs/node" } } } }
    type: object
    properties: { root: { $ref: "#/$defs/node" } }`,
        partials: { p: "{{title}}{{json x}}{{#with next}}{{> p this x=.. y=.. z=.. w=..}}{{/with}}" },
      },
    ],
    // Without a schema, a variable that is delimited somewhere.
    ["{{untrusted page}}{{page}}{{title}}", ["undelimited 1:19 page"], { schema: undefined }],
    ["{{page}}{{title}}", [], { schema: undefined }],
    // JSON Schema.
    [
      "{{a}}{{b.c}}",
      ["undelimited 1:1 a", "undelimited 1:6 b"],
      {
        schema:
          "properties: { a: { anyOf: [{ type: string, untrusted: true }, { type: integer }] }, b: { $ref: '#/$defs/b' } }\n    $defs: { b: { untrusted: true, properties: { c: { type: string } } } }",
      },
    ],
    // Keys.
    [
      "{{#each q}}{{@key}}{{this}}{{/each}}{{json q}}{{q.a}}",
      ["undelimited 1:12 q", "undelimited 1:37 q"],
      { schema: "properties: { q: { type: object, propertyNames: { untrusted: true } } }" },
    ],
    [
      "{{#each q}}{{@key}}{{/each}}",
      ["undelimited 1:12 q"],
      {
        schema:
          "properties: { q: { allOf: [{ $ref: '#/$defs/q' }] } }\n    $defs: { q: { propertyNames: { $ref: '#/$defs/n' } }, n: { allOf: [{ untrusted: true }] } }",
      },
    ],
    ...[
      ["additionalProperties: false, properties: { a: { type: string } }", false],
      ["allOf: [{ additionalProperties: false, properties: { a: {} } }]", false],
      ["propertyNames: { enum: [a, b] }", false],
      ["additionalProperties: false, patternProperties: { '^x': {} }", true],
      ["anyOf: [{ additionalProperties: false }, { required: [a] }]", true],
      ["properties: { a: {} }", true],
    ].map(([rest, warns]): [string, string[], Given] => [
      "{{#each q}}{{@key}}{{/each}}",
      warns ? ["undelimited 1:12 q"] : [],
      { schema: `properties: { q: { type: object, untrusted: true, ${rest} } }` },
    ]),
    [
      "{{a}}{{b.c}}{{b.d}}",
      ["undelimited 1:1 a", "undelimited 1:6 b.c"],
      {
        schema:
          "properties: { a: { type: string, not: { untrusted: true } }, b: { type: object, properties: { c: { type: string }, d: { type: string } }, not: { properties: { c: { untrusted: true } } } } }",
      },
    ],
    // Items and members that hold no text.
    ...[
      ["items: { type: integer }", false],
      ["items: { enum: [a, b] }", false],
      ["items: false, prefixItems: [{ type: integer }, { const: a }]", false],
      ["allOf: [{ items: { type: integer } }]", false],
      ["anyOf: [{ items: { type: integer } }, { items: { type: boolean } }]", false],
      ["prefixItems: [{ type: integer }]", true],
      ["anyOf: [{ items: { type: integer } }, { minItems: 1 }]", true],
      ["contains: { type: integer }", true],
      ["items: { type: [integer, string] }", true],
      ["items: {}", true],
    ].map(([rest, warns]): [string, string[], Given] => [
      "{{#each q}}{{this}}{{/each}}{{q.[7]}}{{q.length}}",
      warns ? ["undelimited 1:12 q", "undelimited 1:29 q"] : [],
      { schema: `properties: { q: { type: array, untrusted: true, ${rest} } }` },
    ]),
    [
      "{{#each q}}{{this}}{{#each this}}{{this}}{{/each}}{{/each}}{{r.a}}{{r.b}}{{s.[0]}}",
      ["undelimited 1:12 q", "undelimited 1:67 r", "undelimited 1:74 s"],
      {
        schema:
          "properties: { q: { untrusted: true, type: array, items: { type: array, items: { type: integer } } }, r: { untrusted: true, type: object, properties: { a: { type: integer } } }, s: { type: string, untrusted: true } }",
      },
    ],
    ["{{a}}{{b}}", [], { schema: "properties: { a: { type: string, untrusted: false }, b: { type: string } }" }],
  ])("%s", (template, expected, given) => {
    expect(found(template, given)).toEqual(expected);
  });

  it("takes little time for schemas that refer to each other twice", () => {
    const defs = Array.from({ length: 60 }, (_, n) => {
      const next = { $ref: `#/$defs/d${n + 1}` };
      return [`d${n}`, { allOf: [next, next], anyOf: [next, next] }];
    });
    const start = process.cpuUsage();
    const value = new DescribedValue({ untrusted: true, $ref: "#/$defs/d0", $defs: Object.fromEntries(defs) });
    expect([value.item().mayHaveText, value.hasUntrustedKeys]).toEqual([true, true]);
    const { user, system } = process.cpuUsage(start);
    expect(user + system).toBeLessThan(3_000_000);
  });

  it("proposes the tag with delimiters", () => {
    const hints = (template: string, helpers = HELPERS) =>
      compileText(
        `---\ninput: { schema: { query: "string, untrusted", "a b": "string, untrusted" } }\n---\n${template}`,
        {},
        helpers,
      ).diagnostics.flatMap(({ code, hint }) => (code === "template/untrusted-undelimited" ? [hint] : []));
    expect(hints("{{query}}{{{ query }}}{{~query~}}{{upper query by=1}}{{[a b]}}")).toEqual([
      "write {{untrusted query}}",
      "write {{untrusted query}}",
      "write {{untrusted query}}",
      "write {{untrusted (upper query by=1)}}",
      "write {{untrusted [a b]}}",
    ]);
    expect(hints("{{query}}", new Map([...HELPERS, ["untrusted", one("untrusted", ["string"])]]))).toEqual([
      'rename your helper "untrusted", and write {{untrusted query}}',
    ]);
  });
});

describe("in messages", () => {
  it.each<[template: string, expected: string[], given?: Given]>([
    ['{{role "system"}}{{query}}{{untrusted query}}', ["system 1:18 query", "system 1:27 query"]],
    ['{{role "system"}}Be kind.{{role "user"}}Answer {{untrusted query}}', []],
    // The ends of a message delimit what is alone in it.
    ['{{role "system"}}Be kind.\n{{role "user"}}\n{{query}}\n', []],
    ['{{role "user"}}{{query}}{{role "assistant"}}Yes', []],
    ['{{role "user"}}{{query}}{{history}}', []],
    ['{{role "tool"}}{{json page}}', []],
    ['{{role "user"}}{{query}}{{tone}}', ["undelimited 1:16 query"]],
    ['{{role "user"}}Q: {{query}}', ["undelimited 1:19 query"]],
    ['{{role "assistant"}}{{query}}', ["undelimited 1:21 query"]],
    ['{{query}}{{role "user"}}x', ["undelimited 1:1 query"]],
    ['{{#if tone}}{{role "user"}}{{query}}{{/if}}Be kind.', ["undelimited 1:28 query"]],
    ['{{#each docs}}{{role "user"}}{{text}}{{role "assistant"}}Read.{{/each}}', []],
    // Also in blocks.
    ['{{role "system"}}a{{role "user"}}hi{{#if tone}}{{role "user"}}{{query}}{{/if}}', []],
    ['{{role "user"}}{{#if query}}{{query}}{{else}}{{json page}}{{/if}}', []],
    ['{{role "user"}}{{#with page}}{{url}}{{/with}}{{role "assistant"}}x', []],
    ['{{#each docs}}\n{{role "user"}}{{text}}\n{{/each}}', []],
    ['{{#each docs}}{{role "user"}}{{text}}{{/each}}x', ["undelimited 1:30 docs[].text"]],
    ['{{#each docs}}{{title}}{{role "user"}}{{text}}{{/each}}', ["undelimited 1:39 docs[].text"]],
    ['{{role "user"}}{{#each docs}}{{text}}{{/each}}', ["undelimited 1:30 docs[].text"]],
    [
      '{{role "user"}}{{#if tone}}{{query}}{{/if}}{{#if kind}}{{query}}{{/if}}',
      ["undelimited 1:28 query", "undelimited 1:56 query"],
    ],
    ['{{role "user"}}{{#if tone}}{{query}}{{/if}}x', ["undelimited 1:28 query"]],
    ['{{role "user"}}{{#if tone}}x{{query}}{{/if}}', ["undelimited 1:29 query"]],
    ['{{role "assistant"}}{{#if tone}}{{query}}{{/if}}', ["undelimited 1:33 query"]],
    ['{{#if tone}}{{role "user"}}{{/if}}{{query}}', ["undelimited 1:35 query"]],
    // Where it may be the system's.
    ['{{#if tone}}{{role "system"}}{{/if}}{{untrusted query}}', ["system 1:37 query"]],
    ['{{#each docs}}{{untrusted text}}{{role "system"}}{{/each}}', ["system 1:15 docs[].text"]],
    ['{{role "system"}}{{> p}}', ["system prompts/_p.md:1:1 query"], { partials: { p: "{{untrusted query}}" } }],
    ["{{> p}}{{untrusted query}}", ["system 1:8 query"], { partials: { p: '{{role "system"}}' } }],
    ['{{role "system"}}{{#if query}}{{tone}}{{/if}}{{count query}}', []],
    ['{{role "system"}}{{media url=page.url}}', ["system 1:18 page"]],
    ['{{role "user"}}{{media url=page.url}}', []],
  ])("%s", (template, expected, given) => {
    expect(found(template, given)).toEqual(expected);
  });
});
