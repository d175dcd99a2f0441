// What `npm run fuzz:time` builds prompts from: texts that grow with a count, each by a construct of its own.

import { chainedSchema } from "../packages/cli/test/hostile-prompts.js";

/** Makes a text from a count of repetitions or levels. */
export type Make = (count: number) => string;

const repeat =
  (text: string): Make =>
  (count) =>
    text.repeat(count);
const numbered = (make: (index: number) => string, between = ""): Make => {
  return (count) => Array.from({ length: count }, (_, index) => make(index)).join(between);
};
const nested = (open: string, close: string, inside = "{{x}}{{a.b}}"): Make => {
  return (count) => open.repeat(Math.min(count, 60)) + inside + close.repeat(Math.min(count, 60));
};
const chained =
  (part: (next: object) => object): Make =>
  (count) =>
    chainedSchema(part, count);

export const BODIES: readonly Make[] = [
  nested("{{#each a}}", "{{/each}}"),
  nested("{{#each a as |v k|}}", "{{/each}}", "{{v}}{{k}}{{x}}"),
  nested("{{#a}}", "{{/a}}"),
  nested("{{#if a}}", "{{else}}{{y}}{{/if}}"),
  nested("{{#with a}}", "{{else}}{{y}}{{/with}}", "{{../x}}{{b}}"),
  nested("{{#unless a}}", "{{/unless}}", '{{role "system"}}{{media url=x}}'),
  nested('{{#ifEquals a "b"}}', "{{else}}{{y}}{{/ifEquals}}"),
  nested("{{^a}}", "{{/a}}"),
  nested("{{#> p a=b}}", "{{/p}}"),
  repeat("{{#each a}}{{> p}}{{> q}}{{/each}}"),
  nested('{{#*inline "i"}}{{x}}{{/inline}}{{#if a}}', "{{> i}}{{> i}}{{/if}}"),
  (count) => `${"{{#each a}}".repeat(60)}${numbered((index) => `{{x${index}}}`)(count)}${"{{/each}}".repeat(60)}`,
  numbered((index) => `{{#if a${index}}}{{b}}{{/if}}`),
  numbered((index) => `{{a${index}}}`),
  numbered((index) => `{{a.${"b.".repeat(index % 40)}c}}`),
  numbered((index) => `{{#each a}}{{#if b${index}}}{{c}}{{/if}}{{/each}}`),
  numbered((index) => `{{#if a}}{{else if b${index}}}x{{/if}}`),
  (count) => `{{#if a}}x${numbered((index) => `{{else if b${index}}}{{c}}`)(Math.min(count, 150))}{{/if}}`,
  repeat("{{> p}}"),
  repeat("{{> q x=a}}"),
  repeat('{{role "user"}}{{history}}{{section "s"}}'),
  repeat("{{json a indent=2}}{{lookup a b}}"),
  repeat("{a} <%= b %> {% if c %} %(e)s "),
  repeat("system: {{x}}\nuser: x\n"),
  repeat("\\{{x}} \\\\{{x}} {{{{raw}}}} {{{{/raw}}}} {{!-- x --}} "),
  repeat("{{~ x ~}}\n   {{~#if a~}} \n {{~/if~}}"),
  repeat("{"),
  repeat("}} {{"),
  repeat("{{#each"),
  repeat(" \n\t\u200b"),
  repeat("```\n{{x}}\n```\n"),
  // What begins and never ends, around a text that is searched for tags of other languages and for roles.
  ...["{{!-- ", "{{{{a}}}} ", " ", "\n", "a", "{1}", "\\[ ", "<style ", "%(a)0", "`", "_a "].map(
    (part): Make =>
      (count) =>
        `{a} $b %(c)s {0} @@@ ${part.repeat(count * 8)} x\nsystem:\n`,
  ),
];

export const HEADS: readonly Make[] = [
  (count) => `{${numbered((index) => `"a${index}":"string"`, ",")(count)}}`,
  chained((next) => ({ anyOf: [next, next] })),
  chained((next) => ({ allOf: [next, next] })),
  chained((next) => ({ type: "object", properties: { l: next, r: next } })),
  chained((next) => ({ type: "array", items: next })),
  chained((next) => ({ type: "object", properties: { l: next }, additionalProperties: next })),
  (count) => `${'{"type":"object","properties":{"x":'.repeat(count)}{"type":"string"}${"}}".repeat(count)}`,
  (count) => `{"type":"object","properties":{"x":{"enum":[${numbered((index) => `"v${index}"`, ",")(count)}]}}}`,
  (count) =>
    `{"type":"object","properties":{"x":{"anyOf":[${numbered((index) => `{"type":"object","properties":{"a":{"const":${index}}}}`, ",")(count)}]}}}`,
  (count) => `{"type":"object","properties":{"x":{"pattern":"${"(a?|b)".repeat(Math.min(count, 30))}"}}}`,
  (count) =>
    `{"type":"object","properties":{${numbered((index) => `"a${index}":{"$ref":"#/properties/a${index + 1}"}`, ",")(count)},"z":{}}}`,
];
