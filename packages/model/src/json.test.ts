import { describe, expect, it } from "vitest";
import { formatPlace } from "./diagnostics/diagnostic.js";
import { parseJsonDocument } from "./json.js";

const found = (text: string) =>
  parseJsonDocument(text, "a.json").diagnostics.map(
    (diagnostic) => `${formatPlace(diagnostic)} ${diagnostic.code} ${diagnostic.message}`,
  );

describe("parseJsonDocument", () => {
  it("gives a tree with places", () => {
    const { root, lines } = parseJsonDocument('{\n  "a": 1\n}', "a.json");
    expect(lines.position(root?.children?.[0]?.children?.[1]?.offset ?? 0)).toEqual({ line: 2, column: 8 });
  });

  it.each([
    ["{ // no\n}", "a.json:1:3 json/syntax"],
    ['{"a": 1,}', "a.json:1:9 json/syntax"],
    ["", "a.json:1:1 json/syntax"],
    ['{"a": 1\n"b": 2}', "a.json:2:1 json/syntax not valid JSON: comma expected"],
    ['{"a": {"b": 1,\n"b": 2}}', 'a.json:2:1 json/duplicate-key duplicate key "b" (first on line 1)'],
    ["[".repeat(100_000), "a.json:1:1 json/syntax not valid JSON: more than 200 levels deep"],
  ])("refuses %#", (text, expected) => {
    const diagnostics = found(text);
    expect(diagnostics).toEqual([expect.stringContaining(expected)]);
    expect(parseJsonDocument(text, "a.json").root).toBeUndefined();
  });
});
