// Tags that other tools write with the same braces, braces that are text, and variables that a helper hides.

import { describe, expect, it } from "vitest";
import { expectRow, type Row } from "../../test/hint-row.js";
import { compileText } from "../../test/render.js";

describe("tags of other tools, and braces that are text", () => {
  const TEXT = "if the braces are text, write \\{{, or put the text between {{{{raw}}}} and {{{{/raw}}}}";
  it.each<Row>([
    ["{{.name}}", ["syntax 1:3-1:8 [.name] `.name` is not allowed here — write {{name}}"]],
    [
      "{{if .flag}}x{{end}}",
      [
        'undeclared-variable 1:3-1:5 [if] "if" is not declared in input.schema — write {{#if flag}}…{{/if}}',
        'undeclared-variable 1:16-1:19 [end] "end" is not declared in input.schema — write {{/…}} with the block\'s name',
      ],
    ],
    [
      "{{ range .items }}{{ .title }}{{ end }}",
      [
        "syntax 1:22-1:28 [.title] `.title` is not allowed here — write {{title}}",
        "syntax 1:1-1:19 [{{ range .items }}] {{ range .items }} is an action of Go's templates — write {{#each items}}…{{/each}}",
        "syntax 1:31-1:40 [{{ end }}] {{ end }} is an action of Go's templates — write {{/…}} with the block's name",
      ],
      { schema: "" },
    ],
    ...(
      [
        ['{{- if eq .tone "warm" }}x{{ else }}y', 'write {{#ifEquals tone "warm"}}…{{/ifEquals}}'],
        ["{{if and .a (not .b)}}x", "put one inside the other: {{#if a}}{{#unless b}}…{{/unless}}{{/if}}"],
        ['{{if eq .tone "warm"}}x', 'write {{#ifEquals tone "warm"}}…{{/ifEquals}}'],
        ["{{if lt .count 3}}x", "decide it before rendering"],
        ["{{range $i, $x := .items}}", "write {{#each items as |x i|}}…{{/each}}"],
        ["{{range $_, $x := .items}}", "write {{#each items as |x|}}…{{/each}}"],
        ["{{with $u := .user}}", "write {{#with user as |u|}}…{{/with}}"],
        ["{{ .name | upper }}", "call a helper of your own: {{upper name}}"],
        ['{{ printf "%s" .name }}', "write {{name}}"],
        ['{{ printf "%.2f" .price }}', 'call a helper of your own: {{printf "%.2f" price}}'],
        ["{{ len .items }}", "write {{items.length}}"],
        ["{{ toJson .user }}", "write {{json user}}"],
        ["{{ .items | toJson }}", "write {{json items}}"],
        ["{{ index .items 0 }}", "write {{lookup items 0}}"],
        [
          '{{ .name | default "x" }}',
          "give it a default in input.default, or write {{#if name}}{{name}}{{else}}x{{/if}}",
        ],
        ["{{ $x := .name }}", "compute the value before rendering"],
        ["{{ $.name }}", "write {{@root.name}}"],
        ['{{ template "head" . }}', "write {{> head}}"],
        ['{{ define "head" }}', "move the text to a partial, _head.md, and write {{> head}}"],
        ["{{/* a note */}}", "write {{! a note }}"],
      ] as const
    ).map(([template, instead]): Row => [template, [`— ${instead}`], { schema: "", partials: { head: "" } }]),
    [
      "{{range .tags}}x{{end}}",
      ['foreign-name 1:3-1:8 [range] "range" is treated as a variable here — write {{#each tags}}…{{/each}}'],
      { schema: "" },
    ],
    [
      "{{ > header }}",
      ["syntax 1:4-1:5 [>] a tag has no operators: `>` is not allowed here — write {{> header}}"],
      { partials: { header: "x" } },
    ],
    [
      "{{> _header}}",
      [
        'unknown-partial 1:5-1:12 [_header] the partial "_header" does not exist — write the partial\'s name without its underscore and without `..`: {{> header}}',
      ],
      {},
    ],
    [
      "{{> ../shared/_footer}}",
      [
        'unknown-partial 1:5-1:22 [../shared/_footer] the partial "../shared/_footer" does not exist — write the partial\'s name without its underscore and without `..`: {{> shared/footer}}',
      ],
      {},
    ],
    [
      "{{> closing.hbs}}",
      [
        'unknown-partial 1:5-1:16 [closing.hbs] the partial "closing.hbs" does not exist — write the partial\'s name without the extension: {{> closing}}',
      ],
      {},
    ],
    [
      "{{role}}",
      [
        'wrong-arguments 1:1-1:9 [{{role}}] "role" takes one role — to insert a variable of that name, write {{this.role}}',
      ],
      { schema: "" },
    ],
    ["{{section}}", ["wrong-arguments 1:1-1:12 [{{section}}]"], { schema: "" }],
    ['{{"answer": 1}}', [`unknown-helper 1:3-1:11 ["answer"] the helper "answer" does not exist — ${TEXT}`]],
    [
      "{{list tags}}",
      [
        'unknown-helper 1:3-1:7 [list] the helper "list" does not exist — to insert a variable, write only its name: {{name}}; to call a function of your own, name its module in "helpers" in cuecard.config.json',
      ],
    ],
    ["{{// a note}}", ["syntax 1:1-1:14 [{{// a note}}] this is not a comment of Handlebars — write {{! a note }}"]],
    ["{{# a note #}}", ["syntax 1:1-1:15 [{{# a note #}}] this is not a comment of Handlebars — write {{! a note }}"]],
    ["{{}}", [`syntax 1:3-1:4 [}] the tag ends too early, or with the wrong number of braces — ${TEXT}`]],
    [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a prompt's text, as it is
      "a: ${{ hashFiles('x') }}",
      [`syntax 1:17-1:18 [(] a tag cannot call functions: \`(\` is not allowed here — ${TEXT}`],
    ],
    [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a prompt's text, as it is
      "a: ${{ github.ref }}",
      ['foreign-name 1:8-1:14 [github] "github" is treated as a variable here — write $\\{{ if the braces are text'],
      { schema: "" },
    ],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a prompt's text, as it is
    ["${{ price.amount }}", [], { schema: "" }],
  ])("%s", (template, expected, given) => {
    expectRow(template, expected, given);
  });

  const VARIABLE = ["template/misread-history", "to insert the variable, write {{this.history}}"];
  const HISTORY = [
    "template/misread-history",
    expect.stringContaining("a variable of that name, write {{this.history}}"),
  ];
  const DECLARED = "---\ninput: { schema: { history: string, json?: string, log?: string } }\n---\n";
  it.each<[text: string, expected: unknown[], partials?: Readonly<Record<string, string>>]>([
    [`${DECLARED}So far: {{history}}{{this.json}}{{this.log}}`, [VARIABLE]],
    [`${DECLARED}{{#if history}}So far: {{history}}{{/if}}{{this.json}}{{this.log}}`, [VARIABLE]],
    [`${DECLARED}{{role "system"}}{{this.history}}{{history}}{{role "user"}}{{this.json}}{{this.log}}`, []],
    ["---\ninput: { default: { history: a } }\n---\nSo far: {{history}}", [VARIABLE]],
    ["---\nexamples: [{ name: a, input: { history: b } }]\n---\nSo far: {{history}}", [VARIABLE]],
    ["Earlier: {{history}}\nNow answer: {{q}}", [HISTORY]],
    ['{{role "user"}}Earlier: <past>{{#if q}}{{history}}{{/if}}</past>{{role "user"}}{{q}}', [HISTORY]],
    ["Summarize: {{history}}", [HISTORY]],
    [
      "{{#each sessions}}{{history}}{{/each}}",
      [["template/repeated-history", expect.stringContaining("{{this.history}}")]],
    ],
    ['{{role "system"}}S{{history}}{{role "user"}}{{q}}', []],
    ['{{history}}{{role "user"}}{{q}}', []],
    ["{{> past history=notes}}", [VARIABLE], { past: "So far: {{history}}" }],
    ["{{> past history=notes}}", [], { past: "So far: {{this.history}}" }],
    ["{{> past}}", [HISTORY], { past: "So far: {{history}}" }],
    ["{{log}}", [["template/log", expect.stringContaining("{{this.log}}")]]],
    ...["role", "media", "section", "json"].map((name): [string, unknown[]] => [
      `{{#each people}}{{${name}}}{{/each}}`,
      [["template/wrong-arguments", expect.stringContaining(`{{this.${name}}}`)]],
    ]),
  ])("name the variable that a helper hides: %s", (text, expected, partials = {}) => {
    const found = compileText(text, partials).diagnostics.filter(
      ({ code }) => !/optional-value|invalid-(default|example)/.test(code),
    );
    expect(found.map(({ code, hint }) => [code, hint])).toEqual(expected);
  });
});
