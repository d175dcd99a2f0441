import { describe, expect, it } from "vitest";
import { linesOf } from "./lines-of.js";

describe("linesOf", () => {
  it.each([
    ["", []],
    ["a", ["a"]],
    ["a\n", ["a"]],
    ["a\n\n", ["a", ""]],
    ["\n", [""]],
  ])("%j", (text, expected) => {
    expect(linesOf(text)).toEqual(expected);
  });
});
