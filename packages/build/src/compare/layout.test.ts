// Prettier itself makes the rewrites here.

import type { PromptContent } from "@cuecard/model";
import fc from "fast-check";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { differsOnlyInLayout } from "./layout.js";

const contentOf = (text: string, partial?: string): PromptContent => ({
  prompt: { path: "prompts/greet.md", text },
  partials: partial === undefined ? [] : [{ path: "prompts/_tone.md", text: partial }],
});
const isLayout = (before: string, after: string) => differsOnlyInLayout(contentOf(before), contentOf(after));
const prettier = (text: string) => format(text, { parser: "markdown" });

describe("what Prettier does to usual prompts is layout", () => {
  it.each([
    ["a blank line after front matter", "---\ndescription: Greets\n---\nHello {{name}}!\n"],
    ["quotes and spaces in front matter", "---\ndescription:   'Greets'\ntags: [ 'a','b' ]\n---\nHello {{name}}!"],
    ["bullets", "Rules:\n\n* Be brief\n* Be {{tone}}\n    * Really\n* Say `*` for all\n"],
    ["numbers", "Steps:\n\n1) Read {{text}}\n2) Answer\n"],
    ["emphasis", "Be *very* polite, __never__ rude, and use snake_case_names.\n"],
    ["tables", "| name | price |\n|--|:-:|\n| {{name}} | `a` 3 |\n"],
    ["rules and blank lines", "One\n\n\n\nTwo\n\n***\n\nThree   words\n"],
    ["headings and lists without a blank line", "# Task\n- one\n- two\n\n## Input\n{{query}}\n"],
  ])("%s", async (_what, text) => {
    const formatted = await prettier(text);
    expect(formatted).not.toBe(text);
    expect(isLayout(text, formatted)).toBe(true);
    expect(isLayout(formatted, text)).toBe(true);
  });
});

it("is layout if a named schema holds the same data", () => {
  const schema = (text: string) => ({
    ...contentOf("Hello"),
    schemas: [{ path: "prompts/schemas/Line.yaml", name: "Line", text }],
  });
  const isSame = (after: string) => differsOnlyInLayout(schema("a: string\ntags(array): string\n"), schema(after));
  expect(isSame("# A line\n{ a: 'string', tags(array): string }\n")).toBe(true);
  for (const other of ["a: string\n", "tags(array): string\na: string\n", "a: ["]) expect(isSame(other)).toBe(false);
});

it.each([
  ["nothing", "Hello {{name}}!", "Hello {{name}}!"],
  ["a word", "Hello {{name}}!", "Hello, {{name}}!"],
  ["a tag", "Hello {{name}}!", "Hello {{ name }}!"],
  ["white space control", "Hello {{name}} !", "Hello {{name~}} !"],
  ["the order of lines", "- a\n- b", "- b\n- a"],
  ["a number", "1. a\n2. b", "1. a\n3. b"],
  ["code", "```\na  b\n```", "```\na b\n```"],
  ["code in a line", "Use `a  b`.", "Use `a b`."],
  ["indentation outside of lists", "def f():\n    return 1", "def f():\n  return 1"],
  ["a removed mark", "Be *very* polite", "Be very polite"],
  ["strength", "Be *very* polite", "Be **very** polite"],
  ["joined lines", "One\nTwo", "One Two"],
  ["front matter's data", "---\ndescription: a\n---\nHi", "---\ndescription: b\n---\nHi"],
  ["the order of front matter", "---\nmodel: a\ndescription: b\n---\nHi", "---\ndescription: b\nmodel: a\n---\nHi"],
  ["how a tag is written", "---\ntags: { version: 1.10 }\n---\nHi", "---\ntags: { version: 1.1 }\n---\nHi"],
  ["how a model is written", "---\nmodel: 1.10\n---\nHi", "---\nmodel: 1.1\n---\nHi"],
  ["how a value of another tool is written", "---\neffort: 007\n---\nHi", "---\neffort: 7\n---\nHi"],
  ["front matter that cannot be read", "---\na: [\n---\nHi", "---\na: [ \n---\nHi"],
  ["an open fence", "```\na", "```\na\n"],
])("%s is not layout", (_what, before, after) => {
  expect(isLayout(before, after)).toBe(false);
});

it("compares partials too, by their paths", () => {
  const prompt = "Hi {{> tone}}";
  expect(differsOnlyInLayout(contentOf(prompt, "* a"), contentOf(prompt, "- a"))).toBe(true);
  expect(differsOnlyInLayout(contentOf(prompt, "* a"), contentOf(prompt, "- b"))).toBe(false);
  expect(differsOnlyInLayout(contentOf(prompt, "* a"), contentOf(prompt))).toBe(false);
});

describe("whatever is layout", () => {
  const word = fc.constantFrom(
    "be",
    "brief",
    "snake_case",
    "3.5",
    "*very*",
    "_really_",
    "__not__",
    "`a  b`",
    "2*3",
    "a_b",
  );
  const tag = fc.constantFrom(
    "{{name}}",
    "{{#if a}}",
    "{{else}}",
    "{{/if}}",
    '{{role "system"}}',
    "{{> tone}}",
    "{{{a}}}",
  );
  const phrase = fc.array(fc.oneof({ weight: 3, arbitrary: word }, tag), { minLength: 1, maxLength: 5 });
  const start = fc.constantFrom("", "", "* ", "- ", "+ ", "1) ", "1. ", "# ", "> ", "    ", "  * ", "| ");
  const line = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(start, phrase).map(([mark, words]) => mark + words.join(" ")) },
    fc.constantFrom("", "", "***", "| a | b |\n|--|--|\n| {{x}} | 2 |", "```js\na  b\n```", "{{name}}", "  "),
  );
  const text = fc.array(line, { minLength: 1, maxLength: 10 }).map((lines) => lines.join("\n"));

  const TAG = /\{\{[\s\S]*?\}\}\}?/g;
  const tagsOf = (template: string) => template.match(TAG) ?? [];
  /** Words are what is left without the marks of Markdown. */
  const wordsOf = (template: string) =>
    template
      .replace(TAG, " {} ")
      .replace(/(^|\s)(\d+)\)/gm, "$1$2.")
      .split(/[\s*_|>#+-]+/)
      .filter((part) => part !== "" && !/^:?:?$/.test(part));

  it("has the same words in the same order and the same tags, after Prettier", async () => {
    let recognized = 0;
    let changed = 0;
    await fc.assert(
      fc.asyncProperty(text, async (template) => {
        const formatted = await prettier(template);
        if (formatted.trim() === template.trim()) return;
        changed++;
        if (!isLayout(template, formatted)) return;
        recognized++;
        expect(wordsOf(formatted)).toEqual(wordsOf(template));
        expect(tagsOf(formatted)).toEqual(tagsOf(template));
      }),
      { seed: 1, numRuns: 200 },
    );
    // A rule that recognizes nothing would pass as well.
    expect(recognized / changed).toBeGreaterThan(0.5);
  });

  it("has the same words and tags, between any two similar texts", () => {
    const edit = fc.tuple(
      text,
      fc.nat(),
      fc.nat(),
      fc.constantFrom("", " ", "\n", "* ", "x", "_", "`", "{{a}}", "1) "),
    );
    fc.assert(
      fc.property(edit, ([template, at, length, inserted]) => {
        const from = at % (template.length + 1);
        const edited = template.slice(0, from) + inserted + template.slice(from + (length % 3));
        if (!isLayout(template, edited)) return;
        expect(wordsOf(edited)).toEqual(wordsOf(template));
        expect(tagsOf(edited)).toEqual(tagsOf(template));
      }),
      { seed: 1, numRuns: 3000 },
    );
  });
});
