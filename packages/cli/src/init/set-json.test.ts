// Values are set in JSON texts without changing any other character.

import { parse } from "jsonc-parser";
import { expect, it } from "vitest";
import { type JsonPath, setJson } from "./set-json.js";

it.each<[text: string, path: JsonPath, value: unknown, edited: string]>([
  ["{}\n", ["a"], 1, '{\n  "a": 1\n}\n'],
  ['{"a":1}', ["b"], 2, '{"a":1, "b": 2}'],
  ['{\r\n\t"a":1\r\n}', ["b", "c"], "x", '{\r\n\t"a":1,\r\n\t"b": {\r\n\t\t"c": "x"\r\n\t}\r\n}'],
  [
    '{\n    "a": { "b":1 },\n    "l":["x",  "y"]\n}',
    ["a", "c"],
    [1],
    '{\n    "a": { "b":1, "c": [ 1 ] },\n    "l":["x",  "y"]\n}',
  ],
  ['{\n  "l": ["x"]\n}', ["l", 1], "y", '{\n  "l": ["x", "y"]\n}'],
  ['{\n  "l": [\n    "x"\n  ]\n}', ["l", 1], "y", '{\n  "l": [\n    "x",\n    "y"\n  ]\n}'],
  ['{\n  "a": 1, // one\n}', ["b"], 2, '{\n  "a": 1, // one\n  "b": 2,\n}'],
  ['{\n  "a": 1 // one\n}', ["b"], 2, '{\n  "a": 1, // one\n  "b": 2\n}'],
  ['{\n  "a": {} // none\n}', ["a", "b"], 2, '{\n  "a": {\n    "b": 2\n  } // none\n}'],
  ['{\n  "a" : [1],\n  "b": 1\n}', ["a"], { c: 1 }, '{\n  "a" : {\n    "c": 1\n  },\n  "b": 1\n}'],
])("%j: %j", (text, path, value, edited) => {
  expect(setJson(text, path, value)).toBe(edited);
  expect(parse(edited, [], { allowTrailingComma: true })).toBeTypeOf("object");
});
