// Placeholders and statements of other languages outside of tags; and what looks like one, but is text or code.

import { describe, it } from "vitest";
import { expectFindings, found } from "../../test/findings.js";
import { expectRow, type Row } from "../../test/hint-row.js";

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
