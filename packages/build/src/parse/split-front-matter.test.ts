import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { splitFrontMatter } from "./split-front-matter.js";

// Random cases take longer on a slow machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const FILE = "prompts/greet.md";
const split = (text: string) => splitFrontMatter({ path: FILE, text });

describe("front matter", () => {
  it.each([
    ["a: 1\n", "---\na: 1\n---\nHello", "Hello"],
    ["a: 1\n", "---  \na: 1\n---\t\n\nHello\n", "Hello"],
    ["", "---\n---\nHello", "Hello"],
    ["a: 1\n", "---\na: 1\n---", ""],
    ["a: 1\n", "---\na: 1\n---\n\u2028Hello", "Hello"],
    ["a: 1\n", "---\na: 1\n---\u00a0\nHello", "Hello"],
    [undefined, "Hello\n---\n", "Hello\n---\n"],
    [undefined, "----\nHello", "----\nHello"],
  ])("%j is split off %j", (frontMatter, text, template) => {
    const { value, diagnostics } = split(text);
    expect(diagnostics).toEqual([]);
    expect([value?.frontMatter?.text, value?.template.text]).toEqual([frontMatter, template]);
  });

  it.each([
    ["a line separator", "---\ndescription: a\n---\u2028b: 1\n---\nHello {{name}}, welcome.\n"],
    ["a paragraph separator", "---\ndescription: a\n---\u2029\nHello\n"],
    ["a word", "---\ndescription: a\n---x\n---\nHello\n"],
  ])("is not closed by a fence with %s behind it", (_, text) => {
    const { value, diagnostics } = split(text);
    expect(value).toBeUndefined();
    expect(diagnostics).toMatchObject([
      { code: "front-matter/unclosed", range: { start: { line: 3, column: 1 }, end: { line: 3, column: 4 } } },
    ]);
  });

  const pieces = ["---", "-", "\n", "\n", " ", "\t", "\r", "\u2028", "\u2029", "\u00a0", "\ufeff", "a: 1", "js", "#"];
  const text = fc.array(fc.constantFrom(...pieces), { maxLength: 20 }).map((parts) => parts.join(""));

  it("ends where the line of the closing fence ends, whatever else is in the file", () => {
    fc.assert(
      fc.property(fc.boolean(), text, (opened, rest) => {
        const whole = opened ? `---\n${rest}` : rest;
        const { value } = split(whole);
        if (value === undefined) return;
        const lines = whole.split("\n");
        const close = lines.findIndex((line, index) => index > 0 && line.startsWith("---"));
        const isFenced = /^---[ \t]*$/.test(lines[0] ?? "");
        expect(value.template.text).toBe(
          isFenced
            ? lines
                .slice(close + 1)
                .join("\n")
                .trim()
            : whole,
        );
        expect(value.frontMatter?.text).toBe(
          isFenced
            ? lines
                .slice(1, close)
                .map((line) => `${line}\n`)
                .join("")
            : undefined,
        );
        // Its place in the file is where its text is.
        const { start } = value.template.range(0, 0);
        const at = lines.slice(0, start.line - 1).reduce((sum, line) => sum + line.length + 1, start.column - 1);
        expect(whole.slice(at, at + value.template.text.length)).toBe(value.template.text);
      }),
      { seed: 9, numRuns: 20_000 },
    );
  });
});
