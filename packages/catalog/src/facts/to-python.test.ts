import { expect, it } from "vitest";
import { toPython } from "./to-python.js";

it.each([
  [null, "None"],
  [true, "True"],
  ['a"\n\u2028', '"a\\"\\n\u2028"'],
  [[], "[]"],
  [{}, "{}"],
  [{ a: [1.5, false] }, '{\n    "a": [\n        1.5,\n        False,\n    ],\n}'],
])("%j", (value, expected) => {
  expect(toPython(value)).toBe(expected);
});
