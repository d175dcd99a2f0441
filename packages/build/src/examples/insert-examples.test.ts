// Examples that are added to front matter come back as they were, in every form in which `examples` can be written.

import { applyEdits } from "@cuecard/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FrontMatterReader } from "../parse/parse-front-matter.js";
import { splitFrontMatter } from "../parse/split-front-matter.js";
import { insertExamples } from "./insert-examples.js";

/** Each text with how many examples it has. */
const FORMS: Readonly<Record<string, readonly [text: string, before: number]>> = {
  "no front matter": ["Hello", 0],
  "empty front matter": ["---\n---\nHello", 0],
  "only a comment": ["---\n# Hi\n---\nHello", 0],
  "no examples": ["---\ndescription: a\n---\nHello", 0],
  "no value": ["---\nexamples:\ndescription: a\n---\nHello", 0],
  "no value, with a comment": ["---\nexamples: # none\n---\nHello", 0],
  "an empty list": ["---\nexamples: []\n---\nHello", 0],
  "a list": ["---\nexamples:\n  - name: a\n---\nHello", 1],
  "a list without indent": ["---\nexamples:\n- name: a\n  input: { x: 1 }\ndescription: b\n---\nHello", 1],
  "a list that ends with a block": [
    "---\nexamples:\n  - name: a\n    expected: |\n      b\n\ndescription: c\n---\nHello",
    1,
  ],
  "a list with comments": ["---\nexamples:\n  # first\n  - name: a # b\n  # last\ndescription: c\n---\nHello", 1],
  "a list in one line": ['---\nexamples: [{ name: "]" }]\n---\nHello', 1],
  "a list in brackets on lines": ["---\nexamples: [\n  { name: a },\n  { name: b },\n]\n---\nHello", 2],
  "windows line ends": ["---\r\nexamples:\r\n  - name: a\r\n---\r\nHello", 1],
};

function examplesOf(text: string) {
  const source = splitFrontMatter({ path: "prompts/p.md", text }).value?.frontMatter;
  const parsed = source && new FrontMatterReader(new Set()).read(source);
  expect(parsed?.diagnostics).toEqual([]);
  return parsed?.value?.data.examples ?? [];
}

const value = fc
  .jsonValue({ maxDepth: 2 })
  .map((made) => JSON.parse(JSON.stringify(made), (_, member) => (typeof member === "number" ? 7 : member)));
const example = fc.record({
  name: fc.string({ minLength: 1 }),
  input: fc.dictionary(fc.string(), value, { maxKeys: 3 }),
});

describe.each(Object.entries(FORMS))("%s", (_, [exact, before]) => {
  it("keeps what is there, and has what is added", () => {
    const text = exact.replaceAll("\r\n", "\n");
    fc.assert(
      fc.property(fc.array(example, { minLength: 1, maxLength: 2 }), (added) => {
        const edit = insertExamples({ path: "prompts/p.md", text }, added);
        const after = edit === undefined ? "" : applyEdits(exact, [edit]);
        if (exact.includes("\r")) expect(after).not.toMatch(/[^\r]\n/);
        const examples = examplesOf(after.replaceAll("\r\n", "\n"));
        expect(examples.slice(0, before)).toEqual(before === 0 ? [] : examplesOf(text));
        expect(examples.slice(before)).toEqual(added);
        for (const line of text.split("\n"))
          if (!line.includes("[]")) expect(after).toContain(line.replace(/,?\]?$|,$/, ""));
      }),
      { seed: 2, numRuns: 40 },
    );
  });
});

it.each([
  "---\n{ description: a }\n---\nHello",
  "---\nexamples: [ # first\n]\n---\nHello",
  "---\nexamples: text\n---\nHello",
])("%j is left as it is", (text) => {
  expect(insertExamples({ path: "prompts/p.md", text }, [{ name: "a", input: {} }])).toBeUndefined();
});
