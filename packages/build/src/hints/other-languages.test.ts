// Habits from other template languages, and slips that end the parsing of a template: where they are found, and what
// the hint suggests instead.

import { describe, expect, it } from "vitest";
import { expectFindings, found, type Given } from "../../test/findings.js";
import { compileText } from "../../test/render.js";

/** `name` is a string, `note` an optional one, `flag` a boolean, `tags` a list of strings, `items` one of objects. */
type Row = [template: string, findings: readonly string[], given?: Given];

/** The findings of a row; and what they say to write can be written. */
function expectRow(template: string, expected: readonly string[], given: Given | undefined): void {
  const findings = found(template, given);
  expectFindings(findings, expected);
  for (const finding of findings) {
    const suggested = suggestion(finding);
    if (suggested === undefined) continue;
    // If a hint suggests writing a helper, its parameters are unknown.
    const isOwn = finding.includes("call a helper of your own");
    const codes = isOwn ? /^(?:syntax|unsupported)/ : /^(?:syntax|unsupported|unknown-helper|wrong-arg|foreign-name)/;
    const wrong = found(suggested, given).filter((line) => codes.test(line));
    expect([suggested, ...wrong]).toEqual([suggested]);
  }
}

/**
 * The tags that a finding says to write, as a template; `undefined` where they leave out something, or there are none.
 */
function suggestion(finding: string): string | undefined {
  const [, tags] = /(?: — |, or )(?:[^{]*: )?(?:write )?(\{\{.*\}\})/.exec(finding) ?? [];
  if (tags === undefined || /\{\{[^}]*…|^\{\{\{\{|^\{\{\//.test(tags)) return undefined;
  if (tags.startsWith("{{else")) return `{{#if flag}}x${tags}y{{/if}}`;
  const [, opened] = /^\{\{~?#(\w+)/.exec(tags) ?? [];
  return opened === undefined || tags.includes("{{/") ? tags : `${tags}x{{/${opened}}}`;
}

const DEFAULT = "give it a default in input.default, or write";
const DECIDE = "decide it before rendering and pass true or false, or call a helper of your own";

describe("what is never closed", () => {
  it.each<Row>([
    ["{{name", ["syntax 1:1-1:3 [{{] this tag is never closed — close it with }}"]],
    ["{{{name", ["syntax 1:1-1:4 [{{{] this tag is never closed — close it with }}}"]],
    ["Hello {{name and more\nthan {{flag}}", ["syntax 1:7-1:9 [{{] this tag is never closed"]],
    ["{{flag}}\n{{name\nIt's {{flag}} and don't", ["syntax 2:1-2:3 [{{] this tag is never closed"]],
    ["{{#if flag}}{{name", ["syntax 1:13-1:15 [{{] this tag is never closed"]],
    ["{{#if flag}}x{{/if", ["syntax 1:14-1:16 [{{] this tag is never closed"]],
    ["{{name} and {{flag}}", ["syntax 1:7-1:8 [}] a tag ends with two braces — write }}"]],
    ["{{count} items}}", ["syntax 1:8-1:9 [}] a tag ends with two braces — write }}; or \\{{ if the braces are text"]],
    ["{{#if flag}x{{/if}}", ["syntax 1:11-1:12 [}] a tag ends with two braces"]],
    [
      "{{{name}} and",
      [
        "syntax 1:8-1:10 [}}] a tag that opens with {{{ ends with }}} — write }}}; or put a space after a brace that is text: { {{",
      ],
    ],
    [
      '{"a": {{name}}}',
      ["syntax 1:13-1:16 [}}}] a tag that opens with {{ ends with }} — put a space before a brace that is text: }} }"],
    ],
    ["{{#if {{flag}}}}x{{/if}}", ["syntax 1:7-1:15 [{{flag}}] a tag cannot be inside another tag — write flag"]],
    ["{{upper {{name}} }}", ["syntax 1:9-1:17 [{{name}}] a tag cannot be inside another tag — write name"]],
    ["{{{{name}} x", ["syntax 1:9-1:11 [}}] a tag that opens with {{{{ ends with }}}}"]],
    ["a {{!-- b {{name}}", ["syntax 1:3-1:8 [{{!--] this comment is never closed — close it with --}}"]],
    ["{{!-- b", ["syntax 1:1-1:6 [{{!--] this comment is never closed"]],
    ["{{~!-- b }}", ["syntax 1:1-1:7 [{{~!--] this comment is never closed"]],
    ["{{{{name}}}}", ["— close it with {{{{/name}}}}; to insert a variable, write {{name}}"]],
    ["a {{! b", ["syntax 1:3-1:6 [{{!] this comment is never closed — close it with }}"]],
    ["{{{{raw}}}}x", ["syntax 1:1-1:12 [{{{{raw}}}}] this raw block is never closed — close it with {{{{/raw}}}}"]],
    ["a\n{{{{raw}}}}{{name}}", ["syntax 2:1-2:12 [{{{{raw}}}}] this raw block is never closed"]],
    ['{{upper "a}}', ['syntax 1:9-1:10 ["] this string is never closed — close it with "']],
    ["{{upper 'a}} b", ["syntax 1:9-1:10 ['] this string is never closed — close it with '"]],
    ['{{upper "a}} b "c"', ['syntax 1:9-1:10 ["] this string is never closed']],
    ["\\{{name {{flag", ["syntax 1:9-1:11 [{{] this tag is never closed"]],
    ["{{#if flag}}x", ["syntax 1:1-1:13 [{{#if flag}}] {{#if}} is never closed — add {{/if}} where the block ends"]],
    [
      "{{#each tags}}x",
      ["syntax 1:1-1:15 [{{#each tags}}] {{#each}} is never closed — add {{/each}} where the block ends"],
    ],
    ["{{#user}}{{#if flag}}x{{/if}}", ["syntax 1:1-1:10 [{{#user}}] {{#user}} is never closed — add {{/user}}"]],
    ['{{\n "b": {{ "c": 1 }}\n}}', ["syntax 1:1-1:3 [{{] this tag is never closed — if the braces are text"]],
    ["{{ {{ }} }}", ["syntax 1:4-1:9 [{{ }}] a tag cannot be inside another tag — if the braces are text"]],
  ])("%s", (template, expected, given) => {
    expectRow(template, expected, given);
  });
});

describe("names and paths of other tools", () => {
  it.each<Row>([
    ["{{tags.0}}", ["syntax 1:8-1:9 [0] `0` is not allowed here — write tags.[0]"]],
    [
      "{{#each items}}{{#each parts}}{{../@index}}{{/each}}{{/each}}",
      ["syntax 1:36-1:42 [@index] `@index` is not allowed here — write @../index"],
      { schema: "" },
    ],
    [
      '{{ _.role("user") }}{{name}}',
      ['syntax 1:10-1:11 [(] a tag cannot call functions: `(` is not allowed here — write {{role "user"}}'],
    ],
    [
      "{{note?}}",
      ['foreign-name 1:3-1:8 [note?] "note?" is treated as a variable here — write {{#if note}}{{note}}{{/if}}'],
      { schema: "" },
    ],
    ["{{name:string}}", ["foreign-name 1:3-1:14"], { schema: "" }],
    [
      "{{$name}}",
      ['foreign-name 1:3-1:8 [$name] "$name" is treated as a variable here — write {{name}}'],
      { schema: "" },
    ],
    ["{{$name}}", ["undeclared-variable 1:3-1:8 [$name]"]],
    ["{{$user.name}} {{#if $x}}a{{/if}}", ["— write {{user.name}}", "— write x"], { schema: "" }],
    [
      "{{recall $topic}}",
      [
        'unknown-helper 1:3-1:9 [recall] the helper "recall" does not exist — call a helper of your own: {{recall topic}}',
      ],
      { schema: "" },
    ],
    ["{{Clock.Now $zone}}", ["— call a helper of your own: {{Now zone}}"], { schema: "" }],
    ["{{Mail.Send to=$user text='Hi'}}", ["— call a helper of your own: {{Send to=user text='Hi'}}"], { schema: "" }],
    ["{{#each rows}}{{../names.[@index]}}{{/each}}", ["— write lookup ../names @index"], { schema: "" }],
    ["{{Clock.Now}}", [], { schema: "" }],
    ["{{#firm}}Firm: {{firm}}.{{/firm}}", ["section-name 1:16-1:24 [{{firm}}] {{firm}} is looked up"], { schema: "" }],
    ["{{#user}}{{#if x}}{{user.name}} {{user.name}}{{/if}}{{/user}}", ["— to test the value"], { schema: "" }],
    ["{{#user.name}}{{user.name}}{{/user.name}}", ["section-name 1:15-1:28"], { schema: "" }],
    [
      "{{#system}}Be brief.{{/system}}{{#user}}{{q}}{{/user}}",
      [
        'foreign-name 1:4-1:10 [system] "system" is treated as a variable here — write {{role "system"}} before the message',
      ],
      { schema: "" },
    ],
    ["{{#user}}{{#name}}{{name}}{{/name}}{{/user}}", ["section-name 1:19-1:27"], { schema: "" }],
    ["{{#items}}{{title}} {{items.length}}{{/items}}{{^items}}{{items}}{{/items}}{{title}}", [], { schema: "" }],
    ["{{#name}}{{name}}{{/name}}", ["no-members 1:12-1:16 [name]"]],
    ['{{#role "system"}}x{{/role}}', ['— it is not a block: write {{role "system"}}'], { schema: "" }],
    [
      "{{#each t}}{{#message role=role}}x{{/message}}{{/each}}",
      ["— roles are fixed: for messages that callers pass"],
      { schema: "" },
    ],
    [
      '{{#message role="system"}}x{{/message}}',
      [
        'unknown-helper 1:4-1:11 [message] the helper "message" does not exist — write {{role "system"}} before the message',
      ],
      { schema: "" },
    ],
  ])("%s", (template, expected, given) => {
    expectRow(template, expected, given);
  });
});

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

describe("paths and calls", () => {
  const index = (place: string, instead: string): string[] => [
    `syntax ${place} a path can contain brackets only after a dot — ${instead}`,
  ];
  const call = (place: string, instead: string): string[] => [
    `syntax ${place} [(] a tag cannot call functions: \`(\` is not allowed here — call a helper of your own: ${instead}`,
  ];
  const known = (place: string, instead: string): string[] => [
    `syntax ${place} [(] a tag cannot call functions: \`(\` is not allowed here — ${instead}`,
  ];
  it.each<Row>([
    ["{{name.}}", ["syntax 1:7-1:8 [.] a path does not end with a dot — write name"]],
    ["{{#if user.name.}}x{{/if}}", ["syntax 1:16-1:17 [.] a path does not end with a dot — write user.name"]],
    ["{{tags[0]}}", index("1:7-1:10 [[0]]", "write tags.[0]")],
    ["{{items[0].title}}", index("1:8-1:11 [[0]]", "write items.[0].title")],
    ["{{#each user.tags[0]}}x{{/each}}", index("1:18-1:21 [[0]]", "write user.tags.[0]")],
    ['{{ user["name"] }}', index('1:8-1:16 [["name"]]', "write user.name")],
    ["{{ prices['full price'] }}", index("1:10-1:24 [['full price']]", "write prices.[full price]")],
    ["{{ tags[count] }}", index("1:8-1:15 [[count]]", "write {{lookup tags count}}")],
    ["{{#if tags[count]}}x{{/if}}", index("1:11-1:18 [[count]]", "write (lookup tags count)")],
    ["{{ name.upper() }}", call("1:14-1:15", "{{upper name}}")],
    ['{{ upper("a, b", name) }}', call("1:9-1:10", '{{upper "a, b" name}}')],
    ["{{ upper(name) }}", call("1:9-1:10", "{{upper name}}")],
    ['{{#if user.name.startsWith("a", 1)}}x{{/if}}', call("1:27-1:28", '(startsWith user.name "a" 1)')],
    [
      '{{ name.replace("a", "b").upper() }}',
      ["syntax 1:16-1:17 [(] a tag cannot call functions: `(` is not allowed here"],
    ],
    ["{{#if(name)}}x{{/if}}", known("1:6-1:7", "write {{#if name}}…{{/if}}")],
    ['{{#if(name == "a")}}x{{/if}}', known("1:6-1:7", 'write {{#ifEquals name "a"}}…{{/ifEquals}}')],
    ["{{#each(tags)}}x{{/each}}", known("1:8-1:9", "write {{#each tags}}…{{/each}}")],
    ["{{#unless(flag)}}x{{/unless}}", known("1:10-1:11", "write {{#unless flag}}…{{/unless}}")],
    ["{{#if flag}}x{{else if(note)}}y{{/if}}", known("1:23-1:24", "write {{else if note}}")],
    [
      "{{#if (name)}}x{{/if}}",
      [
        'unknown-helper 1:8-1:12 [name] the helper "name" does not exist — variables are written without parentheses: write {{#if name}}',
      ],
    ],
    [
      "{{#each (user.tags)}}x{{/each}}",
      [
        'unknown-helper 1:10-1:19 [user.tags] the helper "user.tags" does not exist — variables are written without parentheses: write {{#each user.tags}}',
      ],
    ],
    [
      "{{upper (name)}}",
      [
        'unknown-helper 1:10-1:14 [name] the helper "name" does not exist — variables are written without parentheses: write name',
      ],
    ],
    ["{{(name)}}", ["syntax 1:3-1:4 [(] a tag needs no parentheses — write {{name}}"]],
    ["{{ caller() }}", known("1:10-1:11", "write {{> @partial-block}}")],
    ["{{ tags[-1] }}", index("1:8-1:12 [[-1]]", "loop over it: {{#each tags}}{{#if @last}}…{{/if}}{{/each}}")],
    ["{{ tags[:3] }}", index("1:8-1:12 [[:3]]", "compute it before rendering")],
    ['{{ ["a", "b"] }}', ["— write \\{{ if the braces are text"], { schema: "" }],
    ["{{JSON.stringify(data)}}", known("1:17-1:18", "write {{json data}}")],
    ["{{json(data)}}", known("1:7-1:8", "write {{json data}}")],
    ["{{upper json(data)}}", known("1:13-1:14", "write (json data)")],
    ["{{Math.max(count, 3)}}", known("1:11-1:12", "compute it before rendering, or call a helper of your own")],
    ["{{Object.keys(data)}}", known("1:14-1:15", "loop over it: {{#each data}}{{@key}}{{/each}}")],
    ['{{> partial("x")}}', known("1:12-1:13", "write {{> x}}")],
    ['{{> t0("x")}}', known("1:7-1:8", "a partial gets values by their names: {{> t0 name=…}}")],
    [
      "{{user?.name}}",
      ['undeclared-variable 1:3-1:8 [user?] "user?" is not declared in input.schema — write user.name'],
    ],
    ["{{data.x?.y}}", ['foreign-name 1:8-1:10 [x?] "x?" is treated as a variable here — write data.x.y']],
    [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a prompt's text, as it is
      "${{ secrets.X }}",
      ['undeclared-variable 1:5-1:12 [secrets] "secrets" is not declared in input.schema — write $\\{{ if'],
    ],
    [
      'style={{color: "red"}}',
      ['unknown-helper 1:9-1:15 [color:] the helper "color:" does not exist — write \\{{ if the braces are text'],
    ],
    [
      "{{#with user as u}}x{{/with}}",
      ['wrong-arguments 1:14-1:16 [as] "#with" takes one value, and no `as` — write {{#with user as |u|}}'],
    ],
    ["{{name;}}", ["syntax 1:7-1:8 [;] `;` is not allowed in a tag"]],
    ["{{name, note}}", ["syntax 1:7-1:8 [,] `,` is not allowed in a tag"]],
    ["{{tags.first}}", ['no-members 1:8-1:13 [first] "tags" is a list and has no member "first" — write tags.[0]']],
    ["{{items.first.title}}", ["no-members 1:9-1:14 [first]"]],
    [
      "{{tags.last}}",
      [
        'no-members 1:8-1:12 [last] "tags" is a list and has no member "last" — loop over it: {{#each tags}}{{#if @last}}…{{/if}}{{/each}}',
      ],
    ],
    ["{{tags.size}}", ['no-members 1:8-1:12 [size] "tags" is a list and has no member "size" — write tags.length']],
    ["{{tags.foo}}", ["no-members 1:8-1:11 [foo]"]],
    ["{{tags.length}}", []],
    [
      "{{sum count}}",
      [
        'wrong-arguments 1:7-1:12 [count] "sum" takes an object, and templates give its members by name — write {{sum net=…}}',
      ],
    ],
    [
      "{{truncate name 3 flag}}",
      [
        'wrong-arguments 1:19-1:23 [flag] "truncate" takes an object after its other values, and templates give its members by name — write {{truncate name 3 mark=…}}',
      ],
    ],
    [
      "{{> t0}}",
      [`unknown-partial 1:5-1:7 [t0] the partial "t0" does not exist — create one of these files: "prompts/_t0.md"`],
    ],
    ["{{include t0}}", ['unknown-helper 1:3-1:10 [include] the helper "include" does not exist — write {{> t0}}']],
  ])("%s", (template, expected, given) => {
    expectRow(template, expected, given);
  });
});

describe("blocks and loops", () => {
  it.each<Row>([
    [
      "{{#if flag}}x{{elif note}}y{{/if}}",
      ['unknown-helper 1:16-1:20 [elif] the helper "elif" does not exist — write {{else if note}}'],
    ],
    ["{{#if flag}}x{{elseif note}}y{{/if}}", ["unknown-helper 1:16-1:22 [elseif]"]],
    [
      "{{#if flag}}x{{else-if note}}y{{/if}}",
      ['unknown-helper 1:16-1:23 [else-if] the helper "else-if" does not exist — write {{else if note}}'],
    ],
    [
      "{{#if flag}}x{{elif}}y{{/if}}",
      ['undeclared-variable 1:16-1:20 [elif] "elif" is not declared in input.schema — write {{else if …}}'],
    ],
    ["{{#if flag}}x{{#else}}y{{/if}}", ["syntax 1:14-1:23 [{{#else}}] {{#else}} is not a block — write {{else}}"]],
    [
      "{{#if flag}}x{{#else if note}}y{{/if}}",
      ["syntax 1:14-1:31 [{{#else if note}}] {{#else}} is not a block — write {{else if note}}"],
    ],
    ["{{#if flag}}x{{/else}}y{{/if}}", ["syntax 1:14-1:23 [{{/else}}] {{/else}} closes nothing — write {{else}}"]],
    ["{{#if flag}}x{{endif}}", ["syntax 1:14-1:23 [{{endif}}] {{endif}} does not close {{#if}} — write {{/if}}"]],
    [
      "{{#if flag}}{{#each tags}}x{{endfor}}{{/if}}",
      ["syntax 1:28-1:38 [{{endfor}}] {{endfor}} does not close {{#each}} — write {{/each}}"],
    ],
    [
      "{{#if flag}}x{{end}}",
      ["syntax 1:1-1:13 [{{#if flag}}] {{#if}} is never closed — if {{end}} should close it, write {{/if}}"],
    ],
    ["{{#if flag}}x{{#endif}}", ["syntax 1:14-1:24 [{{#endif}}] {{#endif}} is not a block — write {{/if}}"]],
    ["{{#if flag}}x{{/endif}}", ["syntax 1:14-1:24 [{{/endif}}] {{#if}} is closed by {{/endif}} — write {{/if}}"]],
    ["{{#each tags}}x{{/for}}", ["syntax 1:16-1:24 [{{/for}}] {{#each}} is closed by {{/for}} — write {{/each}}"]],
    ["{{#if flag}}x{{/}}", ["syntax 1:14-1:19 [{{/}}] a closing tag names its block — write {{/if}}"]],
    ["{{if flag}}x{{/if}}", ["syntax 1:1-1:12 [{{if flag}}] a block begins with `#` — write {{#if flag}}"]],
    [
      "{{#each tags}}{{if @first}}x{{/if}}{{/each}}",
      ["syntax 1:15-1:28 [{{if @first}}] a block begins with `#` — write {{#if @first}}"],
    ],
    [
      "{{flag}}{{endif}}",
      ['undeclared-variable 1:11-1:16 [endif] "endif" is not declared in input.schema — write {{/if}}'],
    ],
    [
      "{{#for x in tags}}{{x}}{{/for}}",
      ['unknown-helper 1:4-1:7 [for] the helper "for" does not exist — write {{#each tags as |x|}}…{{/each}}'],
    ],
    [
      "{{#each tag in tags}}x{{/each}}",
      ['wrong-arguments 1:13-1:15 [in] "#each" takes one value, and no `in` — write {{#each tags as |tag|}}'],
    ],
    [
      "{{#each tags as t}}x{{/each}}",
      ['wrong-arguments 1:14-1:16 [as] "#each" takes one value, and no `as` — write {{#each tags as |t|}}'],
    ],
    [
      "{{#each tags as |t}}x{{/each}}",
      ["syntax 1:17-1:19 [|t] block parameters are written between two bars — write as |t|"],
    ],
    [
      "{{#each items}}{{loop.index}}{{/each}}",
      ['unknown-member 1:18-1:22 [loop] an item of "items" has no member "loop" — write @index, which counts from 0'],
    ],
    ["{{#each tags}}{{loop.index0}}{{/each}}", ["no-members 1:17-1:21 [loop]"]],
    [
      "{{#each items as |i|}}{{#if loop.last}}x{{/if}}{{/each}}",
      ['unknown-member 1:29-1:33 [loop] an item of "items" has no member "loop" — write @last'],
    ],
    ["{{#each items}}{{index}}{{/each}}", ["unknown-member 1:18-1:23 [index]"]],
    ["{{- name -}}", ["unsupported 1:3-1:4 [-] `-` at a tag's braces is not supported — write {{~name~}}"]],
    ["{{name -}}", ["unsupported 1:8-1:9 [-] `-` at a tag's braces is not supported — write {{name~}}"]],
    [
      "{{-name-}}",
      ['undeclared-variable 1:3-1:9 [-name-] "-name-" is not declared in input.schema — write {{~name~}}'],
    ],
    [
      "{{- if flag -}}x{{- end -}}",
      [
        "unsupported 1:3-1:4 [-] `-` at a tag's braces is not supported — write {{~#if flag~}}",
        "unsupported 1:19-1:20 [-] `-` at a tag's braces is not supported — write {{/…}} with the block's name",
      ],
    ],
    [
      "{{#if name}}a{{/if name}}",
      ["syntax 1:14-1:26 [{{/if name}}] a closing tag contains only the block's name — write {{/if}}"],
    ],
    [
      "{{#each tags}}a{{/each tags}}",
      ["syntax 1:16-1:30 [{{/each tags}}] a closing tag contains only the block's name — write {{/each}}"],
    ],
    [
      "{{#each tags as |t| limit=2}}a{{/each}}",
      ["syntax 1:21-1:28 [limit=2] `limit=2` is not allowed after block parameters"],
    ],
    [
      "{{#each tags as |t| reversed}}a{{/each}}",
      ["syntax 1:21-1:29 [reversed] `reversed` is not allowed after block parameters"],
    ],
    [
      "{{#each tags reversed}}a{{/each}}",
      ['wrong-arguments 1:14-1:22 [reversed] "#each" takes one value, and no `reversed`'],
    ],
    ["{{#each tags as |a, b|}}x{{/each}}", ["syntax 1:19-1:20 [,] `,` is not allowed in a tag — write as |a b|"]],
    [
      "{{#each k, v in data}}x{{/each}}",
      ["syntax 1:10-1:11 [,] `,` is not allowed in a tag — write {{#each data as |v k|}}…{{/each}}"],
    ],
    [
      "{{/if}}",
      ["syntax 1:1-1:8 [{{/if}}] this closes a block that is not open — remove it, or open the block before it"],
    ],
    ["x {{else}} y", ["syntax 1:3-1:11 [{{else}}] {{else}} is outside a block"]],
    ["{{#if name}}x{{/unless}}", ["syntax 1:14-1:25 [{{/unless}}] {{#if}} is closed by {{/unless}} — write {{/if}}"]],
    [
      "{{#if flag}}{{#each tags}}x{{/if}}",
      ["syntax 1:28-1:35 [{{/if}}] {{#each}} is closed by {{/if}} — write {{/each}} before {{/if}}"],
    ],
    [
      "{{if name}}x{{endif}}",
      [
        'wrong-arguments 1:3-1:5 [if] "if" is a block — write {{#if name}}…{{/if}}',
        "undeclared-variable 1:15-1:20 [endif]",
      ],
    ],
    ["{{if name}}x{{else}}y{{end}}", ["syntax 1:1-1:12 [{{if name}}] a block begins with `#` — write {{#if name}}"]],
    [
      '{{#if note}}x{{elif name == "b"}}y{{/if}}',
      ['syntax 1:26-1:28 [==] a tag has no operators: `==` is not allowed here — write {{else ifEquals name "b"}}'],
    ],
    [
      "{{#if note}}x{{elif flag and name}}y{{/if}}",
      [
        'unknown-helper 1:16-1:20 [elif] the helper "elif" does not exist — write {{else}}{{#if flag}}{{#if name}}…{{/if}}{{/if}}',
      ],
    ],
    [
      "{{#if note}}x{{elif not flag}}y{{/if}}",
      ['unknown-helper 1:16-1:20 [elif] the helper "elif" does not exist — write {{else unless flag}}'],
    ],
    [
      "{{#for t in tags}}x{{endfor}}",
      ["syntax 1:1-1:19 [{{#for t in tags}}] {{#for}} is not a block — write {{#each tags as |t|}}…{{/each}}"],
    ],
    [
      "{{#if name}}x{{else -}}y{{/if}}",
      ["unsupported 1:21-1:22 [-] `-` at a tag's braces is not supported — write {{else~}}"],
    ],
    [
      "{{#each items}}{{forloop.index0}}{{/each}}",
      ['unknown-member 1:18-1:25 [forloop] an item of "items" has no member "forloop" — write @index'],
    ],
    [
      "{{#each items}}{{loop.length}}{{/each}}",
      ['unknown-member 1:18-1:22 [loop] an item of "items" has no member "loop" — write ../items.length'],
    ],
    [
      "{{endif}}",
      ['foreign-name 1:3-1:8 [endif] "endif" is treated as a variable here — write {{/if}}'],
      { schema: "" },
    ],
    [
      "{{name}}{{elif}}",
      ['foreign-name 1:11-1:15 [elif] "elif" is treated as a variable here — write {{else if …}}'],
      { schema: "" },
    ],
    [
      "{{-name-}}",
      ['foreign-name 1:3-1:9 [-name-] "-name-" is treated as a variable here — write {{~name~}}'],
      { schema: "" },
    ],
    ["{{#if x}}{{else -}}y{{/if}}", ["unsupported 1:17-1:18 [-]"], { schema: "" }],
    [
      "{{#each rows}}{{loop.index}}{{/each}}",
      ['foreign-name 1:17-1:21 [loop] "loop" is treated as a variable here — write @index, which'],
      { schema: "" },
    ],
    [
      "{{user?.name}}",
      ['foreign-name 1:3-1:8 [user?] "user?" is treated as a variable here — write user.name'],
      { schema: "" },
    ],
  ])("%s", (template, expected, given) => {
    expectRow(template, expected, given);
  });

  it.each<Row>([
    ["{{#each end}}{{index}}{{/each}}", [], { schema: "\n  end(array): { index: number }" }],
    ["{{end}}{{for}}{{include}}", [], { schema: "\n  end: string\n  for: string\n  include: string" }],
    ['{{upper "}}"}}{{upper "{{"}}', []],
    ["{{end}}{{for}}{{index}}{{loop.index}}{{#each rows}}{{loop.name}}{{index}}{{/each}}{{a-b}}", [], { schema: "" }],
  ])("are none in %s", (template, expected, given) => {
    expectRow(template, expected, given);
  });
});

describe("outside of tags", () => {
  const foreign = (place: string, written: string, instead: string) =>
    `other-language ${place} [${written}] ${written} is plain text: it is not a Handlebars tag — write ${instead}`;
  it.each<Row>([
    [
      "Hello {name}!",
      ["single-braces 1:7-1:13 [{name}] {name} is plain text: variables need double braces — write {{name}}"],
    ],
    ["Hello {who}!", []],
    ["Hello {who} {{who}}!", ["single-braces 1:7-1:12"], { schema: "" }],
    ["{{> p}}", ["single-braces p 1:1-1:7"], { partials: { p: "{name}" } }],
    ["{user.email}", ["single-braces 1:1-1:13 [{user.email}] {user.email} is plain text"]],
    // A prompt without any variable may come from a tool that writes them in single braces.
    [
      "User context: {context}\nQuery: {query} {context}",
      ["single-braces 1:15-1:24", "single-braces 2:8-2:15"],
      { schema: "" },
    ],
    ['{{role "system"}}Be {tone}.', ["single-braces 1:21-1:27"], { schema: "" }],
    ["{{> p}}", ["single-braces p 1:1-1:7"], { schema: "", partials: { p: "{name}" } }],
    ['```js\nf({name})\n```\n`{name}` {"a": {"b": 1}} /users/{id} \\frac{a}{b}', [], { schema: "" }],
    ["\\{{name}} {who}", [], { schema: "" }],
    [
      "{% if name %}\nx{% endif %}",
      [foreign("1:1-1:14", "{% if name %}", "{{#if name}}…{{/if}}"), foreign("2:2-2:13", "{% endif %}", "{{/if}}")],
    ],
    ["{# a note #}", [foreign("1:1-1:13", "{# a note #}", "{{! … }}")]],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a prompt's text, as it is
    ["Hello ${name}!", [foreign("1:7-1:14", "${name}", "{{name}}")]],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a prompt's text, as it is
    ["${user.name} ${HOME} \\${name}", [foreign("1:1-1:13", "${user.name}", "{{user.name}}")]],
    ["<%= name %>", [foreign("1:1-1:12", "<%= name %>", "{{name}}")]],
    [
      "<% if (name) { %>x<% } else { %>y<% } %><%# note %>",
      [
        foreign("1:1-1:18", "<% if (name) { %>", "{{#if name}}…{{/if}}"),
        foreign("1:19-1:33", "<% } else { %>", "{{else}}"),
        foreign("1:34-1:41", "<% } %>", "{{/if}}"),
        foreign("1:41-1:52", "<%# note %>", "{{! … }}"),
      ],
    ],
    [
      "{#if name}x{:else if note}y{:else}z{/if}{#each tags as t}{/each}",
      [
        foreign("1:1-1:11", "{#if name}", "{{#if name}}…{{/if}}"),
        foreign("1:12-1:27", "{:else if note}", "{{else if note}}"),
        foreign("1:28-1:35", "{:else}", "{{else}}"),
        foreign("1:36-1:41", "{/if}", "{{/if}}"),
        foreign("1:41-1:58", "{#each tags as t}", "{{#each tags as |t|}}…{{/each}}"),
        foreign("1:58-1:65", "{/each}", "{{/each}}"),
      ],
    ],
    [
      "\\frac{name} x_{name} /users/{name} { name } {name: 1} \\{{name}} {{{name}}} {{! {name} }}{{!-- {{ {name} --}}",
      ["triple-braces 1:65-1:75 [{{{name}}}]"],
    ],
    ["{{{{raw}}}}{name} {% x %}{{{{/raw}}}}", []],
    [
      "{% raw %}{% endraw %}",
      [foreign("1:1-1:10", "{% raw %}", "{{{{raw}}}}"), foreign("1:10-1:22", "{% endraw %}", "{{{{/raw}}}}")],
    ],
    [
      "{% set x = 1 %}{% whatever %}",
      [
        "compute it before rendering",
        "other-language 1:16-1:30 [{% whatever %}] {% whatever %} is plain text: it is not a Handlebars tag",
      ],
    ],
    [
      '{% if tone == "warm" %}a{% elif note and flag %}b{% else %}c{% endif %}{% for k, v in prices.items() %}{% endfor %}',
      [
        '— write {{#ifEquals tone "warm"}}…{{/ifEquals}}',
        "— write {{else}}{{#if note}}{{#if flag}}…{{/if}}{{/if}}",
        "— write {{else}}",
        "— write {{/ifEquals}}",
        "— write {{#each prices as |v k|}}…{{/each}}",
        "— write {{/each}}",
      ],
    ],
    [
      "{% unless flag %}{% endunless %}{% for t in tags limit:3 %}{% endfor %}{% include 'shared/_foot.md' %}{% render 'x' %}",
      [
        "— write {{#unless flag}}…{{/unless}}",
        "— write {{/unless}}",
        "— write {{#each …}}",
        "— write {{/each}}",
        "— write {{> shared/foot}}",
        "— write {{> x}}",
      ],
      { partials: { "shared/foot": "", x: "" } },
    ],
    [
      "<% if name %>a<% elsif note %>b<% end %><% tags.each do |t| %><%= name %><% end %>",
      [
        "— write {{#if name}}…{{/if}}",
        "— write {{else if note}}",
        "— write {{/if}}",
        "— write {{#each tags as |t|}}…{{/each}}",
        "— write {{name}}",
        "— write {{/each}}",
      ],
    ],
    [
      "<% tags.forEach((t) => { %>x<% }) %><% for (const t of tags) { %>y<% } %>",
      ["— write {{#each tags as |t|}}…", "— write {{/each}}", "— write {{#each tags as |t|}}…", "— write {{/each}}"],
    ],
    ["{% block a %}{% endblock %}", ["— move the text that is shared", "— remove it with {% block %}"]],
    // Python's format strings, and the templates of its standard library.
    [
      "{price:.2f} {name!r} {n:>10} {n:,} {day:%Y-%m-%d} {n:05d} {price:.2f}",
      [
        "other-language 1:1-1:12 [{price:.2f}] {price:.2f} is plain text: it is not a Handlebars tag — write {{price}}, and format the value before rendering",
        "— write {{name}}, and format",
        "— write {{n}}, and format",
        "— write {{n}}, and format",
        "— write {{day}}, and format",
        "— write {{n}}, and format",
      ],
      { schema: "" },
    ],
    ["{count:.1f} {other:.1f}", ["— write {{count}}, and format the value before rendering"]],
    [
      "@@@langfusePrompt:name=house rules|label=production@@@",
      ["— write {{> house-rules}}, and the text to a partial"],
      { schema: "", partials: { "house-rules": "" } },
    ],
    ["{user[name]} {items[0]}", ["— write {{user.name}}", "— write {{items.[0]}}"], { schema: "" }],
    ["Hello {0} and {1}", ["— give the value a name, and write {{name}}"], { schema: "" }],
    ["%(name)s has %(n)d, 5%(of it)s", ["— write {{name}}", "— write {{n}}"], { schema: "" }],
    ["%(name)s %(other)s %%(name)s", [foreign("1:1-1:9", "%(name)s", "{{name}}")]],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a prompt's text, as it is
    ["Dear $name, ${order.id} is $status.", ["{{name}}", "{{order.id}}", "{{status}}"], { schema: "" }],
    ["Hello #{name}, %{user.email}", ["[#{name}] #{name} is", "[%{user.email}] %{user.email} is"]],
    ["Hello #{name}, %{user.email}", ["— write {{name}}", "— write {{user.email}}"], { schema: "" }],
    ["$name: $other", [foreign("1:1-1:6", "$name", "{{name}}")]],
    [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a prompt's text, as it is
      "In Svelte, $state and $HOME ${HOME} ${selection} cost $5; f$name $fn() $a->b $list[0] $x=1 US$ab",
      [],
      { schema: "" },
    ],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a prompt's text, as it is
    ["Run `make` with $name and ${name}", [], { schema: "" }],
    // Formulas, JSON, code, sets.
    ["$f({x}) = \\frac{a}{b}$ $$\\sum_{i} {x}_{i}$$ \\[ {y} \\] \\({z}\\) {x}_{i} {x}^{2} $a {b}$", [], { schema: "" }],
    ['{"a": {"b": [1, {}]}} {a, b} {a: 1} { a } {} {n:5} {a:b} [x]{2} \\d{3} {...x} {() => x}', [], { schema: "" }],
    [
      "- `size` {number} of @param {Socket} socket, **{RegExp}**. Returns: {Socket} {ref}`install`. {fd:x}",
      [],
      { schema: "" },
    ],
    // A brace of JSON is doubled in Python, and the name is still a variable.
    ['Return \\{{"a": 1}} for {question}', ["single-braces 1:24-1:34 [{question}]"], { schema: "" }],
    ["{@html name}", [foreign("1:1-1:13", "{@html name}", "{{name}}")]],
    ["author = {name},\n.card {name}\n  #main {name}\nimport {name} from 'x'\n?q={name}", []],
    ["<style>\n.a b {name}\n</style><script type='x'>let {name} = 1</script>", []],
    ["<style>.a {name}</style> {name}", ["single-braces 1:26-1:32"]],
    ["5<%10 and 20%>", []],
    ["a.b {name}, c: {name}", ["single-braces 1:5-1:11", "single-braces 1:16-1:22"]],
    ["100 <% of {name}", ["single-braces 1:11-1:17"]],
  ])("%s", (template, expected, given) => {
    expectRow(template, expected, given);
  });

  // biome-ignore lint/suspicious/noTemplateCurlyInString: a prompt's text, as it is
  const LEFTOVERS = "{name} ${name} {% if name %} <%= name %> {#if name}";
  it.each<[template: string, isAfter: boolean]>([
    [`\`\`\`python\n${LEFTOVERS}\n\`\`\``, true],
    [`\`\`\`\n${LEFTOVERS}\n\`\`\``, true],
    [`~~~\n${LEFTOVERS}\n\`\`\`\n${LEFTOVERS}\n~~~`, true],
    [`\`\`\`\`md\n\`\`\`\n${LEFTOVERS}\n\`\`\`\n\`\`\`\``, true],
    [`- item\n\n  \`\`\`\n  ${LEFTOVERS}\n  \`\`\``, true],
    [`- \`\`\`\n  ${LEFTOVERS}\n  \`\`\``, true],
    [`> ~~~ js\n> ${LEFTOVERS}\n> ~~~`, true],
    [`\`\`\`\n${LEFTOVERS}`, false],
    [`\`${LEFTOVERS}\``, true],
    [`\`\`a \` ${LEFTOVERS}\`\``, true],
    [`\`a\n${LEFTOVERS}\``, true],
    [`\`\`\`${LEFTOVERS}\`\`\``, true],
    [`Code:\n\n    ${LEFTOVERS}\n    ${LEFTOVERS}\n`, true],
    [`Code:\n\n\t${LEFTOVERS}\n`, true],
  ])("are left alone in code: %j", (code, isAfter) => {
    expectFindings(found(code), []);
    if (isAfter) expectFindings(found(`${code}\n\nHello {name}`), [`single-braces`]);
  });

  it.each<Row>([
    ["`a\n\n{name}`", ["single-braces 3:1-3:7"]],
    ["a ` b {name}", ["single-braces 1:7-1:13"]],
    ["``{name}`", ["single-braces 1:3-1:9"]],
    ["text\n    {name}", ["single-braces 2:5-2:11"]],
    ["`code` {name} `code`", ["single-braces 1:8-1:14"]],
  ])("are found where there is no code: %j", (template, expected) => {
    expectFindings(found(template), expected);
  });
});

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

describe("media in a system message", () => {
  const MEDIA = "{{media url=name}}";
  const said = (place: string) => [
    `media-in-system ${place} [${MEDIA}] a system message contains media, so format() throws and only messages() works — move the media after {{role "user"}}, or use messages()`,
  ];
  it.each<Row>([
    [`{{role "system"}}${MEDIA}`, said("1:18-1:36")],
    [`{{role "system"}}a{{#if flag}}b${MEDIA}{{/if}}`, said("1:32-1:50")],
    [`{{role "system"}}{{#each tags}}${MEDIA.replace("name", "../name")}{{/each}}`, ["media-in-system 1:32-1:53"]],
    [`{{#if flag}}{{role "system"}}{{else}}{{role "system"}}{{/if}}${MEDIA}`, said("1:62-1:80")],
    ['{{role "system"}}{{> p}}', ["media-in-system p 1:1-1:19"], { partials: { p: MEDIA } }],
    [MEDIA, []],
    [`{{role "system"}}a{{role "user"}}${MEDIA}`, []],
    [`{{role "system"}}a{{history}}${MEDIA}`, []],
    [`{{#if flag}}{{role "system"}}{{/if}}${MEDIA}`, []],
    [`{{role "system"}}{{#each tags}}${MEDIA.replace("name", "this")}{{role "user"}}{{/each}}`, []],
    [`{{role "system"}}{{#with user}}{{role "user"}}{{/with}}{{#if flag}}{{role "user"}}{{/if}}${MEDIA}`, []],
  ])("%s", (template, expected, given) => {
    expectRow(template, expected, given);
  });
});
