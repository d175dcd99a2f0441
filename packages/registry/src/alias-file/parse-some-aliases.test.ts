import fc from "fast-check";
import { expect, it } from "vitest";
import { parseAliases } from "./parse-aliases.js";
import { parseSomeAliases } from "./parse-some-aliases.js";

const name = fc.constantFrom("a", "a/b", "ab", "b", "production", "x{y", "__proto__");
const target = fc.constantFrom('"v1"', '"v2"', '"working"', '{ "v1": 90, "v2": 10 }', '"latest"', "7", '{ "v1": -1 }');
const entry = fc.dictionary(fc.constantFrom("production", "b", "beta", "v1"), target, { maxKeys: 3 });
const file = fc.uniqueArray(fc.tuple(name, entry), { selector: ([key]) => key, maxLength: 6 });

function print(entries: readonly (readonly [string, Readonly<Record<string, string>>])[], space: string): string {
  const own = entries.map(([key, pointers]) => {
    const members = Object.entries(pointers).map(([alias, to]) => `${JSON.stringify(alias)}:${space}${to}`);
    return `${space}${JSON.stringify(key)}${space}: {${space}${members.join(`,${space}`)}}`;
  });
  return `${space}{${own.join(`${space},`)}${space}}${space}`;
}

it("finds the same entries at the same places as parsing everything", () => {
  fc.assert(
    fc.property(
      file,
      fc.constantFrom("", " ", "\n", "\n  "),
      fc.subarray(["a", "b", "production", "x{y", "none"]),
      (entries, space, some) => {
        const text = print(entries, space);
        const names = new Set(some);
        const all = parseAliases(text);
        const { prompts, diagnostics } = parseSomeAliases(text, names);
        expect(prompts).toEqual(all.prompts.filter((prompt) => names.has(prompt.name)));
        expect(diagnostics).toEqual(all.diagnostics.filter(({ subject }) => names.has(subject?.name ?? "")));
      },
    ),
    { seed: 1, numRuns: 500 },
  );
});

it.each([
  '{ "a": { "p": "v1" }, "a": { "p": "v2" } }',
  '{ "a": {',
  "[]",
  '{ "a": 1 }',
  "",
  '{ "\\u0061": { "p": "v1" } }',
])("finds the same in %s", (text) => {
  expect(parseSomeAliases(text, new Set(["a"]))).toEqual(parseAliases(text));
});
