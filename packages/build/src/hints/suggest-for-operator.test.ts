// Comparisons and operators, in the words and signs of other languages, and what the hint suggests instead.

import { describe, it } from "vitest";
import { expectFindings, found } from "../../test/findings.js";
import { DECIDE, DEFAULT, expectRow, type Row } from "../../test/hint-row.js";

describe("comparisons and operators", () => {
  const operator = (place: string, written: string, instead: string): string[] => [
    `syntax ${place} [${written}] a tag has no operators: \`${written}\` is not allowed here — ${instead}`,
  ];
  const word = (place: string, written: string, instead: string): string[] => [
    `wrong-arguments ${place} "#if" takes one value, and no \`${written}\` — ${instead}`,
  ];
  const helper = (place: string, name: string, instead: string): string[] => [
    `unknown-helper ${place} [${name}] the helper "${name}" does not exist — ${instead}`,
  ];
  const IF_EQUALS = 'write {{#ifEquals name "a"}}…{{/ifEquals}}';
  const UNLESS_EQUALS = 'write {{#unlessEquals name "a"}}…{{/unlessEquals}}';
  const BOTH = "put one inside the other: {{#if note}}{{#if flag}}…{{/if}}{{/if}}";
  const EITHER = "write {{#if note}}…{{else if flag}}…{{/if}}";

  it.each<Row>([
    ['{{#if name == "a"}}x{{/if}}', operator("1:12-1:14", "==", IF_EQUALS)],
    ['{{#if name === "a"}}x{{/if}}', operator("1:12-1:15", "===", IF_EQUALS)],
    ['{{#if name=="a"}}x{{/if}}', operator("1:11-1:13", "==", IF_EQUALS)],
    ['{{#if name != "a"}}x{{/if}}', operator("1:12-1:14", "!=", UNLESS_EQUALS)],
    ['{{#if name !== "a"}}x{{/if}}', operator("1:12-1:15", "!==", UNLESS_EQUALS)],
    ['{{#unless name == "a"}}x{{/unless}}', operator("1:16-1:18", "==", UNLESS_EQUALS)],
    ['{{#if flag}}x{{else if name == "a"}}y{{/if}}', operator("1:29-1:31", "==", 'write {{else ifEquals name "a"}}')],
    [
      '{{#if name == "a" && flag}}x{{/if}}',
      operator("1:12-1:14", "==", 'put one inside the other: {{#ifEquals name "a"}}{{#if flag}}…{{/if}}{{/ifEquals}}'),
    ],
    ['{{#if name = "a"}}x{{/if}}', word('1:7-1:17 [name = "a"]', "=", IF_EQUALS)],
    ['{{#if name is "a"}}x{{/if}}', word("1:12-1:14 [is]", "is", IF_EQUALS)],
    ['{{#if name is not "a"}}x{{/if}}', word("1:12-1:18 [is not]", "is not", UNLESS_EQUALS)],
    ['{{#if (eq name "a")}}x{{/if}}', helper("1:8-1:10", "eq", IF_EQUALS)],
    ['{{#if (ne name "a")}}x{{/if}}', helper("1:8-1:10", "ne", UNLESS_EQUALS)],
    ['{{#unless (eq name "a")}}x{{/unless}}', helper("1:12-1:14", "eq", UNLESS_EQUALS)],
    ['{{#eq name "a"}}x{{/eq}}', helper("1:4-1:6", "eq", IF_EQUALS)],
    ["{{#if (not flag)}}x{{/if}}", helper("1:8-1:11", "not", "write {{#unless flag}}…{{/unless}}")],
    ["{{#unless (not flag)}}x{{/unless}}", helper("1:12-1:15", "not", "write {{#if flag}}…{{/if}}")],
    ["{{#if (or note flag)}}x{{/if}}", helper("1:8-1:10", "or", EITHER)],
    ["{{#if (or (eq name note) flag)}}x{{/if}}", helper("1:8-1:10", "or", "write {{#if …}}…{{else if …}}…{{/if}}")],
    ["{{#if (gt count 3)}}x{{/if}}", helper("1:8-1:10", "gt", DECIDE)],
    ["{{#if note && flag}}x{{/if}}", operator("1:12-1:14", "&&", BOTH)],
    ["{{#if note || flag}}x{{/if}}", operator("1:12-1:14", "||", EITHER)],
    ["{{#if note and flag}}x{{/if}}", word("1:12-1:15 [and]", "and", BOTH)],
    ["{{#if note or flag}}x{{/if}}", word("1:12-1:14 [or]", "or", EITHER)],
    ["{{#if !note}}x{{/if}}", operator("1:7-1:8", "!", "write {{#unless note}}…{{/unless}}")],
    ["{{#unless !note}}x{{/unless}}", operator("1:11-1:12", "!", "write {{#if note}}…{{/if}}")],
    ["{{#if flag}}x{{else if !note}}y{{/if}}", operator("1:24-1:25", "!", "write {{else unless note}}")],
    ["{{#if not note}}x{{/if}}", word("1:7-1:10 [not]", "not", "write {{#unless note}}…{{/unless}}")],
    ["{{#if count > 3}}x{{/if}}", operator("1:13-1:14", ">", DECIDE)],
    ["{{name + note}}", operator("1:8-1:9", "+", "compute it before rendering, or call a helper of your own")],
    ['{{name || "x"}}', operator("1:8-1:10", "||", `${DEFAULT} {{#if name}}{{name}}{{else}}x{{/if}}`)],
    ['{{user.name || "x"}}', operator("1:13-1:15", "||", "write {{#if user.name}}{{user.name}}{{else}}x{{/if}}")],
    ['{{upper "a || b" || note}}', operator("1:18-1:20", "||", "give the variable a default in input.default")],
    [
      '{{name ?? "x"}}',
      [
        `unsupported 1:8-1:10 [??] the operator \`??\` is not supported — ${DEFAULT} {{#if name}}{{name}}{{else}}x{{/if}}`,
      ],
    ],
    ["{{name or note}}", [`unsupported 1:8-1:10 [or] the operator \`or\` is not supported — ${DEFAULT} {{#if name}}`]],
    ["{{#if note != null}}x{{/if}}", operator("1:12-1:14", "!=", "write {{#if note}}…{{/if}}")],
    ["{{#unless note != null}}x{{/unless}}", operator("1:16-1:18", "!=", "write {{#unless note}}…{{/unless}}")],
    ["{{#if note == None}}x{{/if}}", operator("1:12-1:14", "==", "write {{#unless note}}…{{/unless}}")],
    ["{{#if note == nil}}x{{/if}}", operator("1:12-1:14", "==", "write {{#unless note}}…{{/unless}}")],
    ["{{#if flag == True}}x{{/if}}", operator("1:12-1:14", "==", "write {{#if flag}}…{{/if}}")],
    ["{{#if flag === false}}x{{/if}}", operator("1:12-1:15", "===", "write {{#unless flag}}…{{/unless}}")],
    ["{{#if note is defined}}x{{/if}}", word("1:12-1:14 [is]", "is", "write {{#if note}}…{{/if}}")],
    ["{{#if note is not defined}}x{{/if}}", word("1:12-1:18 [is not]", "is not", "write {{#unless note}}")],
    ["{{#if note is not none}}x{{/if}}", word("1:12-1:18 [is not]", "is not", "write {{#if note}}…{{/if}}")],
    ["{{#if note is none}}x{{/if}}", word("1:12-1:14 [is]", "is", "write {{#unless note}}…{{/unless}}")],
    ["{{#if (ne note null)}}x{{/if}}", helper("1:8-1:10", "ne", "write {{#if note}}…{{/if}}")],
    ["{{#if tags.length > 0}}x{{/if}}", operator("1:19-1:20", ">", "write {{#if tags}}…{{/if}}")],
    ["{{#if tags.length == 0}}x{{/if}}", operator("1:19-1:21", "==", "write {{#unless tags}}…{{/unless}}")],
    [
      "{{#each tags}}{{#if @index > 0}}, {{/if}}{{/each}}",
      operator("1:28-1:29", ">", "write {{#unless @first}}…{{/unless}}"),
    ],
    ["{{#if !(name)}}x{{/if}}", operator("1:7-1:8", "!", "write {{#unless name}}…{{/unless}}")],
    [
      "{{#if not note and flag}}x{{/if}}",
      word("1:7-1:10 [not]", "not", "put one inside the other: {{#unless note}}{{#if flag}}…{{/if}}{{/unless}}"),
    ],
    ["{{#if a < b}}x{{/if}}", operator("1:9-1:10", "<", DECIDE)],
    [
      "{{#if note}}x{{else if flag and name}}y{{/if}}",
      word("1:29-1:32 [and]", "and", "write {{else}}{{#if flag}}{{#if name}}…{{/if}}{{/if}}"),
    ],
    ["{{#if name in tags}}x{{/if}}", ['wrong-arguments 1:12-1:14 [in] "#if" takes one value, and no `in`']],
    ["{{=<% %>=}}", operator("1:3-1:4", "=", "delimiters cannot be changed: tags are written in double braces")],
    ["{{ -count }}", ['undeclared-variable 1:4-1:10 [-count] "-count" is not declared in input.schema — compute it']],
    [
      "{{data | tojson}}",
      operator("1:8-1:9", "|", "write {{json data}}").map((one) => one.replace("operators", "filters")),
    ],
    [
      "{{data | json(indent=2)}}",
      ["syntax 1:8-1:9 [|] a tag has no filters: `|` is not allowed here — write {{json data indent=2}}"],
    ],
    [
      '{{tags | join(", ")}}',
      [
        'syntax 1:8-1:9 [|] a tag has no filters: `|` is not allowed here — call a helper of your own: {{join tags ", "}}',
      ],
    ],
    [
      "{{name|upper|trim}}",
      [
        "syntax 1:7-1:8 [|] a tag has no filters: `|` is not allowed here — call a helper of your own: {{trim (upper name)}}",
      ],
    ],
    [
      "{{name | safe}}",
      ["syntax 1:8-1:9 [|] a tag has no filters: `|` is not allowed here — write {{name}}: nothing is escaped"],
    ],
    ["{{tags | length}}", ["syntax 1:8-1:9 [|] a tag has no filters: `|` is not allowed here — write {{tags.length}}"]],
    [
      '{{name | default("x") | upper}}',
      ["syntax 1:8-1:9 [|] a tag has no filters: `|` is not allowed here — give the variable a default"],
    ],
    [
      '{{ name | default: "x" }}{{ tags | join: ", " }}{{ name | slice: 0, 3 | upcase }}',
      [
        `— ${DEFAULT} {{#if name}}{{name}}{{else}}x{{/if}}`,
        '— call a helper of your own: {{join tags ", "}}',
        "— call a helper of your own: {{upcase (slice name 0 3)}}",
      ],
    ],
    ["{{ name ~ ' ' ~ note }}", ["[~] a tag inserts one value: `~` is not allowed here — write {{name}} {{note}}"]],
    ["{{= name }}", operator("1:3-1:4", "=", "write {{name}}")],
    [
      "{{name is not here or there}}",
      ['unknown-helper 1:3-1:7 [name] the helper "name" does not exist — to insert a variable'],
    ],
    ["{{**name**}}", ["syntax 1:4-1:5 [*] a tag has no operators"]],
    ["{{name and note}}", ["unsupported 1:8-1:11 [and] the operator `and` is not supported"]],
    [
      '{{flag ? "a" : note}}',
      ["unsupported 1:8-1:9 [?] the operator `?` is not supported — write {{#if flag}}a{{else}}{{note}}{{/if}}"],
    ],
    [
      "{{ name if flag else note }}",
      ["unsupported 1:4-1:8 [name] Jinja's {{name if … else …}} is not supported — write {{#if …}}"],
    ],
    [
      "{{ name | upper }}",
      ["syntax 1:9-1:10 [|] a tag has no filters: `|` is not allowed here — call a helper of your own: {{upper name}}"],
    ],
    [
      "{{name|default('x')}}",
      [`syntax 1:7-1:8 [|] a tag has no filters: \`|\` is not allowed here — ${DEFAULT} {{#if name}}{{name}}{{else}}x`],
    ],
  ])("%s", (template, expected, given) => {
    expectRow(template, expected, given);
  });

  it("are not operators if a helper has their name", () => {
    expectFindings(found("{{#if (and note flag)}}x{{/if}}"), []);
  });
});
