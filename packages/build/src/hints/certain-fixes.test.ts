// Fixes that `check --fix` applies: what they write compiles, and renders the text that was meant.

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts of prompts

import { applyEdits } from "@cuecard/model";
import { describe, expect, it } from "vitest";
import { compileText, renderFunction } from "../../test/render.js";

const INPUT = { n: 1, name: "Ada", items: ["a", "b"], path: "x" };

/** A text after all of its fixes, as `check --fix` applies them: until none is left. */
function fixed(text: string): string {
  for (let round = 0; round < 10; round++) {
    const edits = compileText(text, { header: "Header" }).diagnostics.flatMap(({ fix = [] }) => fix);
    if (edits.length === 0) break;
    text = applyEdits(text, edits);
  }
  return text;
}

function rendered(text: string): string {
  const { content, diagnostics } = compileText(text, { header: "Header" });
  if (content === undefined) throw new Error(diagnostics.map(({ message }) => message).join("; "));
  return renderFunction(content)(INPUT, {});
}

it("braces and tags that vanish have a hint that gives the text that was meant", () => {
  const hints = (text: string) => compileText(text).diagnostics.map(({ code, hint }) => `${code} ${hint}`);
  expect(hints("A {{{n}}} {{{n}}}")).toEqual([
    "template/triple-braces write {{n}}; or, to put the value in braces, { {{~n~}} }",
  ]);
  expect(rendered("A { {{~n~}} }")).toBe("A {1}");
  expect(hints("docs\\{{path}} {{path}}")).toEqual([
    "template/escaped-tag to insert the value behind a backslash, write \\\\{{path}}",
  ]);
  expect(rendered("docs\\\\{{path}}")).toBe("docs\\x");
  expect(hints("Write \\{{path}}, (\\{{path}}) and a\\{{b}} {{path}}")).toEqual([]);
  expect(hints("{{{{raw}}}}{{{n}}} a\\{{path}}{{{{/raw}}}}{{!-- {{{n}}} --}}{{path}}")).toEqual([]);
});

describe("certain fixes", () => {
  it.each([
    ["Hello {name} from {items.0}", "Hello {{name}} from {items.0}", "Hello Ada from {items.0}"],
    ['{"a": {{n}}}', '{"a": {{n}}{{!}}}', '{"a": 1}'],
    ["{{items.0}}", "{{items.[0]}}", "a"],
    ["{{#each items}}{{#each ../items}}{{../@index}}{{/each}}{{/each}}", undefined, "0011"],
    ["{{.name}}", "{{name}}", "Ada"],
    ["{{ > header }}", "{{> header}}", "Header"],
    ["{{#if name}}x{{/}}", "{{#if name}}x{{/if}}", "x"],
    ["{{#if name}}x{{endif}}", "{{#if name}}x{{/if}}", "x"],
    ["{{#each items}}{{this}}{{/end}}", "{{#each items}}{{this}}{{/each}}", "ab"],
    ["{{“name”}}", "{{name}}", "Ada"],
    ["{{na\u200bme}}", "{{name}}", "Ada"],
    ["C:\\docs\\{{path}}", "C:\\docs\\\\{{path}}", "C:\\docs\\x"],
    ["{{name}} ${name}", "{{name}} {{name}}", "Ada Ada"],
    ["---\ndescription: a: b\n---\n{{name}}", '---\ndescription: "a: b"\n---\n{{name}}', "Ada"],
    ["---\ndescription: @acme's\n---\n{{name}}", '---\ndescription: "@acme\'s"\n---\n{{name}}', "Ada"],
    ["---\ndescription: {{name}} is greeted\n---\n{{name}}", undefined, "Ada"],
  ])("%s", (text, expected, result) => {
    const after = fixed(text);
    if (expected !== undefined) expect(after).toBe(expected);
    expect(rendered(after)).toBe(result);
  });

  it.each([
    '<div style={{ color: "red" }} data={{a: 1}} {...x}>',
    "key: ${{ runner.os }}-${{ hashFiles('**/lock.json') }}-${{ secrets.TOKEN }}",
    'Reply as {{"score": 1, "ok": true}} or {{ "a": {{"b": 2}} }}',
    "{{1: 2}} and {{ x => x }} and {{...props}}",
    "- run: echo ${{ github.event_name == 'push' && 'a' || 'b' }}",
  ])("braces of code become text, all in one run: %s", (text) => {
    const after = fixed(text);
    expect(after).not.toBe(text);
    expect(rendered(after)).toBe(text);
  });

  it.each([
    "{{name}}}",
    "{{upper(name)}}",
    "{{uper name}}",
    "{{name: string}}",
    "${{price | usd}}",
    "{{name} and {{n}}",
    "{{#if name}}x",
    "{{}}",
    "{{(name)}}",
    "{{upper “it’s”}}",
    "---\nmodel: true\n---\n{{name}}",
    "{{name}} {who}",
    '{{ "a" if flag else "b" }}',
    "{{ 1 + n }}",
    "Dear $name and ${n}",
    "{n:.2f} {items[0]} %(name)s {0}",
    "{{#name}}{{name}}{{/name}}",
    "{{ range .items }}{{ end }}",
    "{% if name %}a{% else %}b{% endif %} {{name}}",
    "Hello {{name}}, {{{n}}} and \\{{n}}",
  ])("none for what may mean two things: %s", (text) => {
    expect(fixed(text)).toBe(text);
  });
});
