import { describe, expect, it } from "vitest";
import type { FieldChange } from "./changed-data.js";
import { setFrontMatter } from "./set-front-matter.js";

const set = (text: string, ...changes: readonly FieldChange[]) => setFrontMatter("prompts/a.md", text, changes);

describe("setFrontMatter", () => {
  const rows: readonly (readonly [what: string, before: string, change: FieldChange, after: string])[] = [
    ["a plain text", "model: a # c\nx: 1", { path: ["model"], value: "b" }, "model: b # c\nx: 1"],
    ["a text that needs quotes", "model: a", { path: ["model"], value: "a: b #" }, 'model: "a: b #"'],
    ["double quotes", 'model: "a"', { path: ["model"], value: "b" }, 'model: "b"'],
    ["single quotes", "model:   'a'  # c", { path: ["model"], value: "it's" }, "model:   'it''s'  # c"],
    ["lines", "model: a # c\nx: 1", { path: ["model"], value: "b\nc" }, "model: |- # c\n  b\n  c\nx: 1"],
    [
      "a literal",
      "model: | # c\n  a\n\n# d\nx: 1",
      { path: ["model"], value: "b\n" },
      "model: | # c\n  b\n\n# d\nx: 1",
    ],
    ["a key without a value", "model: # c\nx: 1", { path: ["model"], value: "b" }, "model: b # c\nx: 1"],
    ["a map for no value", "tags: # c\nx: 1", { path: ["tags", "a"], value: 1 }, "tags: # c\n  a: 1\nx: 1"],
    ["a value in braces", "tags: { a: 1, b: 2 }", { path: ["tags", "b"], value: "x, y" }, 'tags: { a: 1, b: "x, y" }'],
    ["a key in braces", "tags: {a: 1,} # c", { path: ["tags", "b"], value: true }, "tags: {a: 1, b: true,} # c"],
    ["a key in empty braces", "tags: {}", { path: ["tags", "b"], value: [1] }, "tags: { b: [1] }"],
    [
      "a new key, in its order",
      "# c\nmodel: a\ntags: {}",
      { path: ["config", "t"], value: 1 },
      "# c\nmodel: a\nconfig:\n  t: 1\ntags: {}",
    ],
    [
      "a new first key",
      "# c\n\n# d\nmodel: a",
      { path: ["description"], value: "A" },
      "# c\n\ndescription: A\n# d\nmodel: a",
    ],
    [
      "an unknown key",
      "model: a\ntags: {}\n# end",
      { path: ["owner"], value: "A" },
      "model: a\ntags: {}\nowner: A\n# end",
    ],
    [
      "a nested key",
      "input:\n    schema:\n        a: string # c\n    default: {}",
      { path: ["input", "schema", "b"], value: "number" },
      "input:\n    schema:\n        a: string # c\n        b: number\n    default: {}",
    ],
    [
      "a key behind a dash",
      "examples:\n  - name: A\n    # c\n    input: { a: 1 }\n  - name: B",
      { path: ["examples", 0, "name"], value: "C" },
      "examples:\n  - name: C\n    # c\n    input: { a: 1 }\n  - name: B",
    ],
    [
      "an item at the end",
      "examples:\n- name: A # c\n# d\nx: 1",
      { path: ["examples", 1], value: { name: "B", input: { a: 1 } } },
      "examples:\n- name: A # c\n- name: B\n  input:\n    a: 1\n# d\nx: 1",
    ],
    ["an item in brackets", "tools: [ a, b ]", { path: ["tools", 2], value: "c" }, "tools: [ a, b, c ]"],
    ["a list in brackets", "tools: [a, b, c]", { path: ["tools"], value: ["a", "x", "y", "c"] }, "tools: [a, x, y, c]"],
    ["no items any more", "tools:\n  - a\nx: 1", { path: ["tools", 0], remove: true }, "tools: []\nx: 1"],
    [
      "one item less",
      "tools:\n  - a # c\n  # d\n  - b\nx: 1",
      { path: ["tools"], value: ["b"] },
      "tools:\n  # d\n  - b\nx: 1",
    ],
    ["a removed key", "model: a # c\n# d\ntags: {}", { path: ["model"], remove: true }, "# d\ntags: {}"],
    ["the only key", "model: a\n", { path: ["model"], remove: true }, ""],
    [
      "a removed key behind a dash",
      "examples:\n  - name: A\n    input: {}",
      { path: ["examples", 0, "name"], remove: true },
      "examples:\n  - input: {}",
    ],
    ["a removed key in braces", "tags: { a: 1, b: 2 }", { path: ["tags", "b"], remove: true }, "tags: { a: 1 }"],
    ["nothing to remove", "model: a", { path: ["tags", "b"], remove: true }, "model: a"],
    [
      "a renamed variable",
      "input:\n  schema:\n    a: string # c\n    b: string",
      { path: ["input", "schema", "a"], rename: "c?" },
      "input:\n  schema:\n    c?: string # c\n    b: string",
    ],
    ["another kind of value", "config: { t: 1 } # c\nx: 1", { path: ["config"], value: "a" }, "config: a # c\nx: 1"],
    [
      "a map for a text",
      "input:\n  schema: Recipe # c\nx: 1",
      { path: ["input", "schema"], value: { a: "string" } },
      "input:\n  schema: # c\n    a: string\nx: 1",
    ],
    [
      "a text for a map",
      "input:\n  schema: # c\n    # d\n    a: string\nx: 1",
      { path: ["input", "schema"], value: "Recipe" },
      "input:\n  schema: Recipe # c\nx: 1",
    ],
    [
      "a number with a form of its own",
      "tags: { v: 1.10 }",
      { path: ["tags", "w"], value: 2 },
      "tags: { v: 1.10, w: 2 }",
    ],
    ["a key that is a number", "tags:\n  1: a", { path: ["tags", "1"], value: "b" }, "tags:\n  1: b"],
  ];

  it.each(rows)("sets %s", (_, before, change, after) => {
    const file = (yaml: string) => `---\n${yaml === "" || yaml.endsWith("\n") ? yaml : `${yaml}\n`}---\n\n Body --- \n`;
    expect(set(file(before), change)).toEqual({ text: file(after), diagnostics: [] });
    const windows = `\ufeff${file(before)}`.replaceAll("\n", "\r\n");
    expect(set(windows, change).text).toBe(`\ufeff${file(after)}`.replaceAll("\n", "\r\n"));
  });

  it("adds front matter to a text without it, and fills empty one", () => {
    const change = { path: ["input", "schema", "name"], value: "string" };
    const yaml = "input:\n  schema:\n    name: string\n";
    expect(set("Hello {{name}}!\r\n", change).text).toBe(`---\n${yaml}---\nHello {{name}}!\n`.replaceAll("\n", "\r\n"));
    expect(set("", change).text).toBe(`---\n${yaml}---\n`);
    expect(set("---\n---\nHello", change).text).toBe(`---\n${yaml}---\nHello`);
    expect(set("---\n# c\n---\nHello", change).text).toBe(`---\n# c\n${yaml}---\nHello`);
    expect(set("Hello", { path: ["model"], remove: true }).text).toBe("Hello");
  });

  it.each([
    ["---\nmodel: a: b\n---\n", ["model"], "front-matter/syntax"],
    ["---\nmodel: a\nmodel: b\n---\n", ["model"], "front-matter/syntax"],
    ["---\n\tmodel: a\n---\n", ["model"], "front-matter/syntax"],
    ["---\na: &x 1\nb: *x\n---\n", ["b"], "front-matter/syntax"],
    ["---\nmodel: a\n", ["model"], "front-matter/unclosed"],
    ["---js\nmodel: a\n---\n", ["model"], "front-matter/language"],
    ["---\n- a\n---\n", ["model"], "edit/invalid-change"],
    ["---\nmodel: &x a\n---\n", ["model"], "edit/invalid-change"],
    ["---\nmodel: !!str 1\n---\n", ["model"], "edit/invalid-change"],
    ["---\n? model\n: a\n---\n", ["model"], "edit/invalid-change"],
    ["---\nmodel: a\n---\n", ["model", "x"], "edit/invalid-change"],
    ["---\nmodel: a\n---\n", [], "edit/invalid-change"],
    ["---\ntags: [a]\n---\n", ["tags", "a"], "edit/invalid-change"],
    ["---\ntags: { a: 1 }\n---\n", ["tags", 0], "edit/invalid-change"],
    [`---\nmodel: ${"x".repeat(40_000)}\n---\n`, ["model"], "front-matter/too-large"],
  ])("refuses %j", (text, path, code) => {
    const { text: changed, diagnostics } = set(text, { path, value: "v" });
    expect([changed, diagnostics.map((finding) => finding.code)]).toEqual([undefined, [code]]);
  });

  it("refuses a key that would end the front matter", () => {
    const { diagnostics } = set("---\na: 1\n---\n", { path: ["a"], rename: "---x" });
    expect(diagnostics.map(({ code }) => code)).toEqual(["edit/invalid-change"]);
  });

  it("refuses a name that is taken, and numbers that JSON would round", () => {
    const taken = set("---\na: 1\nb: 2\n---\n", { path: ["a"], rename: "b" });
    expect(taken.diagnostics.map(({ message }) => message)).toEqual([
      "a cannot be changed here: there is a key b already",
    ]);
    expect(set("---\na: 1\n---\n", { path: ["a"], value: 2 ** 60 }).text).toBeUndefined();
  });
});
