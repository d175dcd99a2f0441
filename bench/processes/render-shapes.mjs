// Prompts of different shapes, each as a Handlebars prompt, for mustache and eta, and as the template literal that a person
// would write; with inputs that vary, so that no engine can keep a result.

/**
 * @typedef {any} Input
 * @typedef {{
 *   name: string,
 *   schema: unknown,
 *   prompt: string,
 *   partials?: Record<string, string>,
 *   mustache?: string,
 *   eta: string,
 *   input: (n: number) => Input,
 *   literal: (input: Input) => string | { role: string, content: string }[],
 * }} Shape
 */

const NUMBERS = Array.from({ length: 10 }, (_, n) => n);
const ITEM = { name: "string", amount: "number" };
/** @param {number} count @param {number} n */
const items = (count, n) =>
  Array.from({ length: count }, (_, index) => ({ name: `warehouse ${index}`, amount: index * 10 + n }));

/** @type {(name: string, count: number) => Shape} */
const list = (name, count) => ({
  name,
  schema: { "items(array)": ITEM },
  prompt: "Costs by warehouse:\n{{#each items}}\n- {{name}}: {{amount}} USD\n{{/each}}\nSay which to look at first.",
  mustache: "Costs by warehouse:\n{{#items}}\n- {{{name}}}: {{{amount}}} USD\n{{/items}}\nSay which to look at first.",
  eta: "Costs by warehouse:\n<% for (const item of it.items) { %>- <%= item.name %>: <%= item.amount %> USD\n<% } %>Say which to look at first.",
  input: (n) => ({ items: items(count, n) }),
  literal: (input) =>
    `Costs by warehouse:\n${input.items
      .map((/** @type {Input} */ item) => `- ${item.name}: ${item.amount} USD\n`)
      .join("")}Say which to look at first.`,
});

const GUIDELINES =
  "- Give amounts in {{currency}}.\n- Name the source of every figure.\n- Say which period it covers.\n";
const POLICY = Array.from(
  { length: 200 },
  (_, n) => `${n + 1}. When a figure of section ${n} is not in the data, say so and name the table that would have it.`,
).join("\n");

/** @type {readonly Shape[]} */
export const shapes = [
  {
    name: "one variable",
    schema: { text: "string" },
    prompt: "Summarise this for the finance team: {{text}}. Be brief.",
    mustache: "Summarise this for the finance team: {{{text}}}. Be brief.",
    eta: "Summarise this for the finance team: <%= it.text %>. Be brief.",
    input: (n) => ({ text: `Spending rose by ${n} percent in May` }),
    literal: (input) => `Summarise this for the finance team: ${input.text}. Be brief.`,
  },
  {
    name: "ten variables",
    schema: Object.fromEntries(NUMBERS.map((n) => [`v${n}`, "string"])),
    prompt: NUMBERS.map((n) => `Field ${n} of the form: {{v${n}}}`).join("\n"),
    mustache: NUMBERS.map((n) => `Field ${n} of the form: {{{v${n}}}}`).join("\n"),
    eta: NUMBERS.map((n) => `Field ${n} of the form: <%= it.v${n} %>\n`)
      .join("")
      .trimEnd(),
    input: (n) => Object.fromEntries(NUMBERS.map((field) => [`v${field}`, `value ${field} of form ${n}`])),
    literal: (i) =>
      `Field 0 of the form: ${i.v0}\nField 1 of the form: ${i.v1}\nField 2 of the form: ${i.v2}\nField 3 of the form: ${i.v3}\nField 4 of the form: ${i.v4}\nField 5 of the form: ${i.v5}\nField 6 of the form: ${i.v6}\nField 7 of the form: ${i.v7}\nField 8 of the form: ${i.v8}\nField 9 of the form: ${i.v9}`,
  },
  list("list of 3", 3),
  list("list of 1,000", 1000),
  {
    name: "nested conditions",
    schema: { "admin?": "boolean", "team?": "string", "urgent?": "boolean", query: "string" },
    prompt:
      "{{#if admin}}{{#if team}}You talk to an admin of {{team}}.{{else}}You talk to an admin.{{/if}}{{else}}{{#if team}}You talk to somebody of {{team}}.{{else}}You talk to a guest.{{/if}}{{/if}} {{#unless urgent}}Take your time. {{/unless}}{{query}}",
    mustache:
      "{{#admin}}{{#team}}You talk to an admin of {{{team}}}.{{/team}}{{^team}}You talk to an admin.{{/team}}{{/admin}}{{^admin}}{{#team}}You talk to somebody of {{{team}}}.{{/team}}{{^team}}You talk to a guest.{{/team}}{{/admin}} {{^urgent}}Take your time. {{/urgent}}{{{query}}}",
    eta: "<% if (it.admin) { if (it.team) { %>You talk to an admin of <%= it.team %>.<% } else { %>You talk to an admin.<% } } else { if (it.team) { %>You talk to somebody of <%= it.team %>.<% } else { %>You talk to a guest.<% } } %> <% if (!it.urgent) { %>Take your time. <% } %><%= it.query %>",
    input: (n) => ({
      admin: n % 2 === 0,
      urgent: n % 3 === 0,
      query: `What did we spend in week ${n}?`,
      ...(n % 4 < 2 ? { team: `team ${n}` } : {}),
    }),
    literal: (i) =>
      `${i.admin ? (i.team ? `You talk to an admin of ${i.team}.` : "You talk to an admin.") : i.team ? `You talk to somebody of ${i.team}.` : "You talk to a guest."} ${i.urgent ? "" : "Take your time. "}${i.query}`,
  },
  {
    name: "partials",
    schema: { query: "string", currency: "string" },
    prompt:
      "You answer questions about costs.\n{{> guidelines}}\nQuestion: {{query}}\nAgain:\n{{> guidelines}}\nAnswer:",
    partials: { guidelines: GUIDELINES },
    mustache:
      "You answer questions about costs.\n{{> guidelines}}\nQuestion: {{{query}}}\nAgain:\n{{> guidelines}}\nAnswer:",
    eta: "You answer questions about costs.\n<%~ include('@guidelines', it) %>Question: <%= it.query %>\nAgain:\n<%~ include('@guidelines', it) %>Answer:",
    input: (n) => ({ query: `What did week ${n} cost?`, currency: n % 2 === 0 ? "USD" : "EUR" }),
    literal: (i) =>
      `You answer questions about costs.\n- Give amounts in ${i.currency}.\n- Name the source of every figure.\n- Say which period it covers.\nQuestion: ${i.query}\nAgain:\n- Give amounts in ${i.currency}.\n- Name the source of every figure.\n- Say which period it covers.\nAnswer:`,
  },
  {
    name: "chat of 6 messages",
    schema: { product: "string", query: "string" },
    prompt:
      '{{role "system"}}You answer questions about {{product}}.{{role "user"}}What is a warehouse?{{role "assistant"}}A cluster that runs SQL.{{role "user"}}And a workspace?{{role "assistant"}}Where a team of {{product}} works.{{role "user"}}{{query}}',
    eta: "You answer questions about <%= it.product %>.What is a warehouse?A cluster that runs SQL.And a workspace?Where a team of <%= it.product %> works.<%= it.query %>",
    input: (n) => ({ product: `product ${n}`, query: `What did week ${n} cost?` }),
    literal: (i) => [
      { role: "system", content: `You answer questions about ${i.product}.` },
      { role: "user", content: "What is a warehouse?" },
      { role: "assistant", content: "A cluster that runs SQL." },
      { role: "user", content: "And a workspace?" },
      { role: "assistant", content: `Where a team of ${i.product} works.` },
      { role: "user", content: i.query },
    ],
  },
  {
    name: "20 kB of text",
    schema: { name: "string", query: "string" },
    prompt: `You help {{name}}.\n${POLICY}\nQuestion of {{name}}: {{query}}`,
    mustache: `You help {{{name}}}.\n${POLICY}\nQuestion of {{{name}}}: {{{query}}}`,
    eta: `You help <%= it.name %>.\n${POLICY}\nQuestion of <%= it.name %>: <%= it.query %>`,
    input: (n) => ({ name: `person ${n}`, query: `What did week ${n} cost?` }),
    literal: (i) => `You help ${i.name}.\n${POLICY}\nQuestion of ${i.name}: ${i.query}`,
  },
];
