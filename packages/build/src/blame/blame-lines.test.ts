import { describe, expect, it } from "vitest";
import { blameLines } from "./blame-lines.js";

describe("blameLines", () => {
  it.each<[what: string, texts: string[], expected: number[]]>([
    ["nothing", [], []],
    ["an empty text", [""], []],
    ["one text", ["a\nb\n"], [0, 0]],
    ["a line added at the end, without a line end before", ["a", "a\nb"], [0, 1]],
    ["lines added between", ["a\nc\n", "a\nb\nc\n", "x\na\nb\nc\n"], [2, 0, 1, 0]],
    ["a changed line", ["a\nb\nc\n", "a\nB\nc\n"], [0, 1, 0]],
    ["lines around what went", ["a\n", "a\nb\nc\n", "x\nb\ny\nc\n"], [2, 1, 2, 1]],
    ["a line that went and came back", ["a\nb\n", "a\n", "a\nb\n"], [0, 2]],
    ["a text that was empty for a while", ["a\n", "", "a\n"], [2]],
    ["a repeated line", ["a\n", "a\na\n"], [0, 1]],
    ["no change", ["a\nb\n", "a\nb\n"], [0, 0]],
  ])("%s", (_, texts, expected) => {
    expect(blameLines(texts)).toEqual(expected);
  });
});

it("looks for no common lines in the middle of texts that differ in thousands of lines", () => {
  // Otherwise the time would grow with the square of the lines.
  const text = (word: string) => {
    const lines = Array.from({ length: 5000 }, (_, at) => `${word} ${at}\n`);
    return ["first\n", ...lines.with(2500, "in both\n"), "last\n"].join("");
  };
  const origins = blameLines([text("old"), text("new")]);
  expect([origins.length, origins[0], origins.at(-1)]).toEqual([5002, 0, 0]);
  expect(new Set(origins.slice(1, -1))).toEqual(new Set([1]));
});
