import { describe, expect, it } from "vitest";
import type { TextEdit } from "./diagnostics/diagnostic.js";
import { applyEdits } from "./edits.js";

const edit = (from: [number, number], to: [number, number], text: string): TextEdit => ({
  file: "prompts/a.md",
  range: { start: { line: from[0], column: from[1] }, end: { line: to[0], column: to[1] } },
  text,
});

describe("applyEdits", () => {
  it.each<[before: string, edits: readonly TextEdit[], after: string]>([
    ["a {b} c", [edit([1, 3], [1, 6], "{{b}}")], "a {{b}} c"],
    ["\ufeffa\r\nb\r\n", [edit([1, 1], [1, 1], "---\n"), edit([2, 1], [2, 2], "c")], "\ufeff---\r\na\r\nc\r\n"],
    ["\r\na\r\n", [edit([1, 1], [2, 1], "")], "a\r\n"],
    ["abc", [edit([1, 1], [1, 3], "x"), edit([1, 2], [1, 4], "y"), edit([1, 1], [1, 3], "x")], "xc"],
    ["ab", [edit([1, 2], [1, 3], "y"), edit([1, 1], [1, 2], "x")], "xy"],
    ["a", [edit([1, 2], [9, 1], "b")], "ab"],
  ])("%j", (before, edits, after) => {
    expect(applyEdits(before, edits)).toBe(after);
  });
});
