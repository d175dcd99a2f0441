// Template → emitted rendering function.

import { describe, expect, it } from "vitest";
import { compileText } from "../../test/render.js";
import { namedTexts } from "./render-function.js";

interface Row {
  readonly template: string;
  readonly partials?: Readonly<Record<string, string>>;
  readonly code: string;
}

/** The function without the indent that it has as a member of an object; each text's constant is called `text<n>`. */
function emitted({ template, partials }: Row): string {
  const { content, diagnostics } = compileText(template, partials);
  if (content === undefined) throw new Error(JSON.stringify(diagnostics));
  const names = content.render.texts.map((_, index) => `text${index + 1}`);
  return namedTexts(content.render, names).replaceAll("\n  ", "\n");
}

function rows(title: string, given: readonly Row[]): void {
  it.each(given)(`${title}: $template`, (row) => {
    expect(emitted(row)).toBe(row.code);
  });
}

describe("text", () => {
  rows("values", [
    { template: "Hello!", code: '() => "Hello!"' },
    { template: "", code: '() => ""' },
    { template: "Hello {{name}}!", code: '(input) => "Hello " + asText(input.name) + "!"' },
    { template: "{{[first name]}}", code: '(input) => asText(input["first name"])' },
    { template: "{{user.name}}", code: '(input) => asText(ownProperty(input.user, "name"))' },
    { template: "{{constructor}}", code: '(input) => asText(ownProperty(input, "constructor"))' },
    { template: "{{lookup rates code}}", code: "(input) => asText(lookup(input.rates, input.code))" },
    { template: "{{untrusted query}}", code: "(input) => delimit(input.query)" },
    { template: "{{untrusted (json rows)}}", code: "(input) => delimit(asJson(input.rows))" },
    {
      template: "{{untrusted}} {{this.untrusted}}",
      code: '(input) => asText(input.untrusted) + " " + asText(input.untrusted)',
    },
    { template: "{{#if (untrusted query)}}x{{/if}}", code: '(input) => (isPresent(delimit(input.query)) ? "x" : "")' },
    { template: "{{json rows indent=2}}", code: "(input) => asJson(input.rows, 2)" },
    {
      template: "{{json this}} {{query}}",
      code: '(input, options, original) => asJson(original) + " " + asText(input.query)',
    },
    {
      template: '{{section "rules"}}',
      code: '(input, options) => asText(ownProperty(ownProperty(options, "sections"), "rules"))',
    },
    {
      template: "{{@now}} {{query}}",
      code: `(input, options) => {
  const data = ownProperty(options, "context") ?? {};
  return asText(ownProperty(data, "now")) + " " + asText(input.query);
}`,
    },
  ]);

  rows("conditions", [
    {
      template: "{{#if admin}}Admin{{else}}Guest{{/if}}",
      code: '(input) => (isPresent(input.admin) ? "Admin" : "Guest")',
    },
    { template: "{{#unless urgent}}Later{{/unless}}", code: '(input) => (isPresent(input.urgent) ? "" : "Later")' },
    {
      template: "{{#if n includeZero=true}}{{n}}{{/if}}",
      code: '(input) => (isPresentOrZero(input.n) ? asText(input.n) : "")',
    },
    { template: '{{#ifEquals tier "pro"}}Pro{{/ifEquals}}', code: '(input) => (input.tier === "pro" ? "Pro" : "")' },
    {
      template:
        "{{#if period}}\nUnless the question says otherwise, it is about {{period}}, and about nothing else.\n{{/if}}",
      code: String.raw`(input) =>
  (isPresent(input.period)
    ? "Unless the question says otherwise, it is about " + asText(input.period) + ", and about nothing else.\n"
    : "")`,
    },
  ]);

  rows("loops", [
    {
      template: "Notes:{{#each notes}} {{text}}{{/each}}",
      code: `(input) => "Notes:" + eachObject(input.notes, (note) => " " + asText(note.text))`,
    },
    {
      template: "{{#each entries}}{{this}}{{/each}}",
      code: "(input) => each(input.entries, (entry) => asText(entry))",
    },
    {
      template: "{{#each rows}}{{id}} {{json this}}{{/each}}",
      code: '(input) => each(input.rows, (row) => asText(safeMembers(row).id) + " " + asJson(row))',
    },
    {
      template: "{{#each lines}}{{@index}}: {{this}}{{#unless @last}}, {{/unless}}{{else}}none{{/each}}",
      code: `(input) =>
  each(
    input.lines,
    (line, index, key, isLast) => asText(index) + ": " + asText(line) + (isPresent(isLast) ? "" : ", "),
    () => "none",
  )`,
    },
    {
      template: "{{#each people}}{{@key}}{{#each tags}}{{../name}}{{this}}{{@../index}}{{/each}}{{/each}}",
      code: `(input) =>
  eachObject(input.people, (item, index, key) =>
    asText(key) + each(item.tags, (tag) => asText(item.name) + asText(tag) + asText(index))
  )`,
    },
    {
      template: "{{#each rows}}{{#each rows}}{{a}}{{../a}}{{/each}}{{/each}}",
      code: `(input) =>
  eachObject(input.rows, (row) => eachObject(row.rows, (row2) => asText(row2.a) + asText(row.a)))`,
    },
    {
      template: "{{#admin}}{{name}}{{/admin}}",
      code: "(input) => eachObject(sectionItems(input.admin, input), (item) => asText(item.name))",
    },
  ]);

  rows("contexts", [
    {
      template: "{{#with user}}{{name}}{{else}}guest{{/with}}",
      code: '(input) => withObject(input.user, (user) => asText(user.name), () => "guest")',
    },
    {
      template: "{{#with topic}}{{this}}{{/with}}",
      code: "(input) => withValue(input.topic, (topic) => asText(topic))",
    },
    {
      template: "{{> card user}}",
      partials: { card: "{{name}}" },
      code: "(input) => within(safeMembers(input.user), (user) => asText(user.name))",
    },
    {
      template: '{{> card role="x"}}',
      partials: { card: "{{name}}{{json this}}" },
      code: '(input) => asText(input.name) + asJson(extend(input, { role: "x" }))',
    },
    {
      template: "{{> node}}",
      partials: { node: "{{label}}{{#each children}}{{> node}}{{/each}}" },
      code: `(input) => {
  const renderNode = (context) =>
    asText(context.label) + each(context.children, (item) => renderNode(safeMembers(item)));
  return asText(input.label) + each(input.children, (item) => renderNode(safeMembers(item)));
}`,
    },
    {
      template: "List:\n  {{> list}}\n",
      partials: { list: "- {{a}}\n- {{b}}\n" },
      code: String.raw`(input) =>
  "List:\n" +
  indentLines(
    "- " + asText(input.a) +
    "\n- " + asText(input.b) + "\n",
    "  ",
  )`,
    },
  ]);

  rows("names that mean something else in JavaScript", [
    {
      template: "{{#each datas}}{{a}}{{/each}}",
      code: "(input) => eachObject(input.datas, (data2) => asText(data2.a))",
    },
    {
      template: "{{#with class}}{{a}}{{/with}}",
      code: "(input) => withObject(input.class, (class2) => asText(class2.a))",
    },
    {
      template: "{{#each inputs}}{{a}}{{/each}}",
      code: "(input) => eachObject(input.inputs, (input2) => asText(input2.a))",
    },
    {
      template: "{{#with asText}}{{a}}{{/with}}",
      code: "(input) => withObject(input.asText, (asText2) => asText(asText2.a))",
    },
    {
      template: "{{#each [a b]}}{{c}}{{/each}}",
      code: '(input) => eachObject(input["a b"], (item) => asText(item.c))',
    },
  ]);

  rows("the layout of a prompt", [
    {
      template:
        "You are a cost analyst of the finance team, and answer from data.\n\nName the source of every figure.\nQuestion: {{query}}\n\nAnd then: {{more}}",
      code: String.raw`(input) =>
  "You are a cost analyst of the finance team, and answer from data.\n\n" +
  "Name the source of every figure.\n" +
  "Question: " + asText(input.query) +
  "\n\nAnd then: " + asText(input.more)`,
    },
    {
      template: "{{query}}\nA second line that is long enough to be split from the third one,\nwhich is this: {{end}}",
      code: String.raw`(input) =>
  asText(input.query) +
  ("\nA second line that is long enough to be split from the third one,\n" +
    "which is this: ") + asText(input.end)`,
    },
    {
      template: `${Array.from({ length: 14 }, (_, n) => `${n + 1}. A rule of the policy.\n`).join("")}{{query}}`,
      code: "(input) => text1 + asText(input.query)",
    },
    {
      template: "`$" + '{x}` </script> \u2028 \\ "\\u0022" {{query}}',
      code:
        `(input) => "` + "`$" + `{x}` + "`" + String.raw` \u003c/script> \u2028 \\ \"\\u0022\" " + asText(input.query)`,
    },
  ]);
});

describe("messages", () => {
  rows("that the template alone determines", [
    {
      template: '{{role "system"}}Be kind.{{role "user"}}{{query}}',
      code: `(input, options) =>
  placeHistory([
    { role: "system", content: "Be kind." },
    { role: "user", content: asText(input.query) },
  ], 1, options)`,
    },
    {
      template: '{{role "system"}}Be kind.{{history}}{{role "user"}}Look: {{media url=image contentType=type}}',
      code: `(input, options) =>
  placeHistory([
    { role: "system", content: "Be kind." },
    {
      role: "user",
      content: [
        { type: "text", text: "Look: " },
        mediaPart(input.image, input.type),
      ],
    },
  ], 1, options)`,
    },
    {
      template:
        '{{role "system"}}\nYou triage the cost alerts of an account, and name an owner.\n{{#if past}}\nAlerts of the last day:\n{{#each past}}\n- {{this}}\n{{/each}}\n{{/if}}\n{{role "user"}}\n{{alert}}',
      code: String.raw`(input, options) =>
  placeHistory([
    {
      role: "system",
      content:
        "\nYou triage the cost alerts of an account, and name an owner.\n" +
        (isPresent(input.past)
          ? "Alerts of the last day:\n" +
            each(input.past, (item) => "- " + asText(item) + "\n")
          : ""),
    },
    { role: "user", content: "\n" + asText(input.alert) },
  ], 1, options)`,
    },
  ]);

  rows("that only the input determines", [
    {
      template:
        '{{#each turns}}{{role "user"}}{{question}}{{#if answer}}{{role "assistant"}}{{answer}}{{/if}}{{/each}}',
      code: `(input, options) => {
  const messages = new MessageBuilder(options);
  forEachObject(input.turns, (turn) => {
    messages.role("user");
    messages.text(asText(turn.question));
    if (isPresent(turn.answer)) {
      messages.role("assistant");
      messages.text(asText(turn.answer));
    }
  });
  return messages.messages();
}`,
    },
    {
      template:
        '{{#with turn}}{{role "user"}} {{else}}{{history}}{{/with}}{{#unless a}}{{section "b"}}{{/unless}}{{media url=c}}',
      code: `(input, options) => {
  const messages = new MessageBuilder(options);
  withValue(input.turn, (turn) => {
    messages.role("user");
    messages.space(" ");
  }, () => {
    messages.history();
  });
  if (!(isPresent(input.a))) {
    messages.section("b");
  }
  messages.part(mediaPart(input.c));
  return messages.messages();
}`,
    },
  ]);
});
