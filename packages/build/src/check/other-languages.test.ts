// What people bring along from other template languages, and slips that end a template's parsing: where it is found, and
// what is said to write instead.

import { describe, it } from "vitest";
import { expectFindings, found, type Given } from "../../test/findings.js";

/** `name` is a string, `note` an optional one, `flag` a boolean, `tags` a list of strings, `items` one of objects. */
type Row = [template: string, findings: readonly string[], given?: Given];

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
    ["{{#if flag}x{{/if}}", ["syntax 1:11-1:12 [}] a tag ends with two braces"]],
    [
      "{{{name}} and",
      [
        "syntax 1:8-1:10 [}}] a tag that opens with {{{ ends with }}} — write }}}; or put a space behind a brace that is text: { {{",
      ],
    ],
    [
      '{"a": {{name}}}',
      ["syntax 1:13-1:16 [}}}] a tag that opens with {{ ends with }} — put a space before a brace that is text: }} }"],
    ],
    ["{{#if {{flag}}}}x{{/if}}", ["syntax 1:7-1:15 [{{flag}}] a tag cannot stand in a tag — write flag"]],
    ["{{upper {{name}} }}", ["syntax 1:9-1:17 [{{name}}] a tag cannot stand in a tag — write name"]],
    ["{{{{name}} x", ["syntax 1:9-1:11 [}}] a tag that opens with {{{{ ends with }}}}"]],
    ["a {{!-- b {{name}}", ["syntax 1:3-1:8 [{{!--] this comment is never closed — close it with --}}"]],
    ["{{!-- b", ["syntax 1:1-1:6 [{{!--] this comment is never closed"]],
    ["{{~!-- b }}", ["syntax 1:1-1:7 [{{~!--] this comment is never closed"]],
    ["a {{! b", ["syntax 1:3-1:6 [{{!] this comment is never closed — close it with }}"]],
    ["{{{{raw}}}}x", ["syntax 1:1-1:12 [{{{{raw}}}}] this raw block is never closed — close it with {{{{/raw}}}}"]],
    ["a\n{{{{raw}}}}{{name}}", ["syntax 2:1-2:12 [{{{{raw}}}}] this raw block is never closed"]],
    ['{{upper "a}}', ['syntax 1:9-1:10 ["] this string is never closed — close it with "']],
    ["{{upper 'a}} b", ["syntax 1:9-1:10 ['] this string is never closed — close it with '"]],
    ['{{upper "a}} b "c"', ['syntax 1:9-1:10 ["] this string is never closed']],
    ["\\{{name {{flag", ["syntax 1:9-1:11 [{{] this tag is never closed"]],
  ])("%s", (template, expected, given) => {
    expectFindings(found(template, given), expected);
  });
});

describe("comparisons and operators", () => {
  const operator = (place: string, written: string, instead: string): string[] => [
    `syntax ${place} [${written}] a tag has no operators: \`${written}\` has no place here — ${instead}`,
  ];
  const word = (place: string, written: string, instead: string): string[] => [
    `wrong-arguments ${place} "#if" takes one value, and no \`${written}\` — ${instead}`,
  ];
  const helper = (place: string, name: string, instead: string): string[] => [
    `unknown-helper ${place} [${name}] there is no helper "${name}" — ${instead}`,
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
    ['{{#if name == "a" && flag}}x{{/if}}', operator("1:12-1:14", "==", "write {{#ifEquals a b}}…{{/ifEquals}}")],
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
    ["{{= name }}", operator("1:3-1:4", "=", "write {{name}}")],
    ["{{name is not here or there}}", ['unknown-helper 1:3-1:7 [name] there is no helper "name" — a variable stands']],
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
      ["syntax 1:9-1:10 [|] a tag has no filters: `|` has no place here — call a helper of your own: {{upper name}}"],
    ],
    [
      "{{name|default('x')}}",
      [`syntax 1:7-1:8 [|] a tag has no filters: \`|\` has no place here — ${DEFAULT} {{#if name}}{{name}}{{else}}x`],
    ],
  ])("%s", (template, expected, given) => {
    expectFindings(found(template, given), expected);
  });

  it("are no operators where a helper has their name", () => {
    expectFindings(found("{{#if (and note flag)}}x{{/if}}"), []);
  });
});

describe("paths and calls", () => {
  const index = (place: string, instead: string): string[] => [
    `syntax ${place} a path has no brackets but after a dot — ${instead}`,
  ];
  const call = (place: string, instead: string): string[] => [
    `syntax ${place} [(] a tag calls no functions: \`(\` has no place here — call a helper of your own: ${instead}`,
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
    ['{{ name.replace("a", "b").upper() }}', ["syntax 1:16-1:17 [(] a tag calls no functions: `(` has no place here"]],
    ["{{name;}}", ["syntax 1:7-1:8 [;] `;` has no place in a tag"]],
    ["{{name, note}}", ["syntax 1:7-1:8 [,] `,` has no place in a tag"]],
    ["{{tags.first}}", ['no-members 1:8-1:13 [first] "tags" is a list: it has no member "first" — write tags.[0]']],
    ["{{items.first.title}}", ["no-members 1:9-1:14 [first]"]],
    [
      "{{tags.last}}",
      [
        'no-members 1:8-1:12 [last] "tags" is a list: it has no member "last" — walk it: {{#each tags}}{{#if @last}}…{{/if}}{{/each}}',
      ],
    ],
    ["{{tags.size}}", ['no-members 1:8-1:12 [size] "tags" is a list: it has no member "size" — write tags.length']],
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
        'wrong-arguments 1:19-1:23 [flag] "truncate" takes an object behind its other values, and templates give its members by name — write {{truncate name 3 mark=…}}',
      ],
    ],
    [
      "{{> t0}}",
      [
        `unknown-partial 1:5-1:7 [t0] there is no partial "t0" — looked for "prompts/_t0.md": the name of a partial's file begins with _`,
      ],
    ],
    ["{{include t0}}", ['unknown-helper 1:3-1:10 [include] there is no helper "include" — write {{> t0}}']],
  ])("%s", (template, expected, given) => {
    expectFindings(found(template, given), expected);
  });
});

describe("blocks and loops", () => {
  it.each<Row>([
    [
      "{{#if flag}}x{{elif note}}y{{/if}}",
      ['unknown-helper 1:16-1:20 [elif] there is no helper "elif" — write {{else if note}}'],
    ],
    ["{{#if flag}}x{{elseif note}}y{{/if}}", ["unknown-helper 1:16-1:22 [elseif]"]],
    [
      "{{#if flag}}x{{else-if note}}y{{/if}}",
      ['unknown-helper 1:16-1:23 [else-if] there is no helper "else-if" — write {{else if note}}'],
    ],
    [
      "{{#if flag}}x{{elif}}y{{/if}}",
      ['undeclared-variable 1:16-1:20 [elif] "elif" is not declared in input.schema — write {{else if …}}'],
    ],
    ["{{#if flag}}x{{#else}}y{{/if}}", ["syntax 1:14-1:23 [{{#else}}] {{#else}} is no block — write {{else}}"]],
    [
      "{{#if flag}}x{{#else if note}}y{{/if}}",
      ["syntax 1:14-1:31 [{{#else if note}}] {{#else}} is no block — write {{else if note}}"],
    ],
    ["{{#if flag}}x{{/else}}y{{/if}}", ["syntax 1:14-1:23 [{{/else}}] {{/else}} closes nothing — write {{else}}"]],
    ["{{#if flag}}x{{endif}}", ["syntax 1:14-1:23 [{{endif}}] {{endif}} does not close {{#if}} — write {{/if}}"]],
    [
      "{{#if flag}}{{#each tags}}x{{endfor}}{{/if}}",
      ["syntax 1:28-1:38 [{{endfor}}] {{endfor}} does not close {{#each}} — write {{/each}}"],
    ],
    [
      "{{#if flag}}x{{end}}",
      ["syntax 1:1-1:13 [{{#if flag}}] {{#if}} is never closed — if {{end}} is to close it, write {{/if}}"],
    ],
    ["{{#if flag}}x{{#endif}}", ["syntax 1:14-1:24 [{{#endif}}] {{#endif}} is no block — write {{/if}}"]],
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
      ['unknown-helper 1:4-1:7 [for] there is no helper "for" — write {{#each tags as |x|}}…{{/each}}'],
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
      ["syntax 1:17-1:19 [|t] block parameters stand between two bars — write as |t|"],
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
  ])("%s", (template, expected, given) => {
    expectFindings(found(template, given), expected);
  });

  it.each<Row>([
    ["{{#each end}}{{index}}{{/each}}", [], { schema: "\n  end(array): { index: number }" }],
    ["{{end}}{{for}}{{include}}", [], { schema: "\n  end: string\n  for: string\n  include: string" }],
    ['{{upper "}}"}}{{upper "{{"}}', []],
  ])("are none in %s", (template, expected, given) => {
    expectFindings(found(template, given), expected);
  });
});

describe("outside of tags", () => {
  const foreign = (place: string, written: string, instead: string) =>
    `other-language ${place} [${written}] ${written} is plain text: it is no tag of Handlebars — write ${instead}`;
  it.each<Row>([
    [
      "Hello {name}!",
      ["single-braces 1:7-1:13 [{name}] {name} is plain text: a variable stands in double braces — write {{name}}"],
    ],
    ["Hello {who}!", []],
    ["Hello {who} {{who}}!", ["single-braces 1:7-1:12"], { schema: "" }],
    ["{{> p}}", ["single-braces p 1:1-1:7"], { partials: { p: "{name}" } }],
    [
      "{% if name %}\nx{% endif %}",
      [foreign("1:1-1:14", "{% if name %}", "{{#if …}}"), foreign("2:2-2:13", "{% endif %}", "{{/if}}")],
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
        foreign("1:1-1:18", "<% if (name) { %>", "{{#if …}}"),
        foreign("1:19-1:33", "<% } else { %>", "{{else}}"),
        foreign("1:34-1:41", "<% } %>", "a tag of Handlebars"),
        foreign("1:41-1:52", "<%# note %>", "{{! … }}"),
      ],
    ],
    [
      "{#if name}x{:else if note}y{:else}z{/if}{#each tags as t}{/each}",
      [
        foreign("1:1-1:11", "{#if name}", "{{#if …}}"),
        foreign("1:12-1:27", "{:else if note}", "{{else if …}}"),
        foreign("1:28-1:35", "{:else}", "{{else}}"),
        foreign("1:36-1:41", "{/if}", "{{/if}}"),
        foreign("1:41-1:58", "{#each tags as t}", "{{#each …}}"),
        foreign("1:58-1:65", "{/each}", "{{/each}}"),
      ],
    ],
    [
      "\\frac{name} x_{name} /users/{name} { name } {name: 1} \\{{name}} {{{name}}} {{! {name} }}{{!-- {{ {name} --}}",
      [],
    ],
    ["{{{{raw}}}}{name} {% x %}{{{{/raw}}}}", []],
    ["100 <% of {name}", ["single-braces 1:11-1:17"]],
  ])("%s", (template, expected, given) => {
    expectFindings(found(template, given), expected);
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

describe("media in a system message", () => {
  const MEDIA = "{{media url=name}}";
  const said = (place: string) => [
    `media-in-system ${place} [${MEDIA}] media in a system message: format() throws for it, and only messages() works — put it behind {{role "user"}}, or use messages()`,
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
    expectFindings(found(template, given), expected);
  });
});
