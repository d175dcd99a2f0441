import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { type AliasChange, editAliases } from "./edit-aliases.js";
import { findObjects, splice } from "./edit-object.js";
import { parseAliases } from "./parse-aliases.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const v = (version: number) => ({ kind: "version", version }) as const;
const SPLIT = {
  kind: "split",
  arms: [
    { version: 3, weight: 90 },
    { version: 4, weight: 10 },
  ],
} as const;
const WORKING = { kind: "working" } as const;

const ONE_LINE_A_PROMPT = `{
  "$schema": "x",
  "finance/forecast": { "production": "v1" },
  "greet": { "staging": "v2", "production": "v1" }
}
`;

/** The file above with one line for each alias of a prompt. */
function withGreet(aliases: readonly string[]): string {
  return ONE_LINE_A_PROMPT.replace(/"greet": .*/, `"greet": {\n    ${aliases.join(",\n    ")}\n  }`);
}

describe("editAliases", () => {
  it.each<[what: string, text: string | undefined, changes: AliasChange[], after: string]>([
    [
      "moves a pointer",
      ONE_LINE_A_PROMPT,
      [{ name: "greet", alias: "production", to: v(2) }],
      withGreet(['"staging": "v2"', '"production": "v2"']),
    ],
    [
      "splits one",
      ONE_LINE_A_PROMPT,
      [{ name: "greet", alias: "production", to: SPLIT }],
      withGreet(['"staging": "v2"', '"production": { "v3": 90, "v4": 10 }']),
    ],
    [
      "adds one after the others",
      ONE_LINE_A_PROMPT,
      [{ name: "greet", alias: "dev", to: WORKING }],
      withGreet(['"staging": "v2"', '"production": "v1"', '"dev": "working"']),
    ],
    [
      "removes the first",
      ONE_LINE_A_PROMPT,
      [{ name: "greet", alias: "staging", to: undefined }],
      withGreet(['"production": "v1"']),
    ],
    [
      "removes the last",
      ONE_LINE_A_PROMPT,
      [{ name: "greet", alias: "production", to: undefined }],
      withGreet(['"staging": "v2"']),
    ],
    [
      "removes a prompt with its last alias",
      ONE_LINE_A_PROMPT,
      [{ name: "finance/forecast", alias: "production", to: undefined }],
      ONE_LINE_A_PROMPT.replace('  "finance/forecast": { "production": "v1" },\n', ""),
    ],
    [
      "removes the last prompt of the file",
      ONE_LINE_A_PROMPT,
      ["staging", "production"].map((alias) => ({ name: "greet", alias, to: undefined })),
      '{\n  "$schema": "x",\n  "finance/forecast": { "production": "v1" }\n}\n',
    ],
    [
      "adds a prompt in order",
      ONE_LINE_A_PROMPT,
      [{ name: "first", alias: "production", to: v(1) }],
      ONE_LINE_A_PROMPT.replace('  "greet"', '  "first": {\n    "production": "v1"\n  },\n  "greet"'),
    ],
    [
      "adds a prompt before all others, after $schema",
      ONE_LINE_A_PROMPT,
      [{ name: "a", alias: "production", to: v(1) }],
      ONE_LINE_A_PROMPT.replace('  "finance', '  "a": {\n    "production": "v1"\n  },\n  "finance'),
    ],
    [
      "adds a prompt to the end of a file in another order",
      '{\n  "b": { "x": "v1" },\n  "a": { "x": "v1" }\n}\n',
      [{ name: "aa", alias: "x", to: v(1) }],
      '{\n  "b": { "x": "v1" },\n  "a": { "x": "v1" },\n  "aa": {\n    "x": "v1"\n  }\n}\n',
    ],
    ["creates a file", undefined, [{ name: "a", alias: "x", to: v(1) }], '{\n  "a": {\n    "x": "v1"\n  }\n}\n'],
    ["fills an empty object", "{}", [{ name: "a", alias: "x", to: v(1) }], '{\n  "a": {\n    "x": "v1"\n  }\n}'],
    [
      "adds the first prompt after $schema",
      '{\n\t"$schema": "x"\n}\n',
      [{ name: "a", alias: "x", to: v(1) }],
      '{\n\t"$schema": "x",\n\t"a": {\n\t\t"x": "v1"\n\t}\n}\n',
    ],
    ["leaves an empty object", '{ "a": { "x": "v1" } }', [{ name: "a", alias: "x", to: undefined }], "{}"],
    ["fills an empty entry", '{ "a": {} }', [{ name: "a", alias: "x", to: v(1) }], '{ "a": { "x": "v1" } }'],
    [
      "keeps compact formatting",
      '{"a":{"x":"v1"},"b":{"x":"v1"}}',
      [
        { name: "a", alias: "y", to: v(2) },
        { name: "c", alias: "x", to: v(1) },
      ],
      '{"a":{"x":"v1","y":"v2"},"b":{"x":"v1"},"c":{ "x": "v1" }}',
    ],
    [
      "keeps lines, line ends and the byte-order mark",
      '\uFEFF{\r\n    "a": {\r\n        "x": "v1"\r\n    }\r\n}\r\n',
      [
        { name: "a", alias: "y", to: v(2) },
        { name: "b", alias: "x", to: v(1) },
      ],
      '\uFEFF{\r\n    "a": {\r\n        "x": "v1",\r\n        "y": "v2"\r\n    },\r\n    "b": {\r\n        "x": "v1"\r\n    }\r\n}\r\n',
    ],
    [
      "recognizes keys with escapes",
      '{ "gr\\u0065et": { "pr\\u006Fd": "v1" } }',
      [{ name: "greet", alias: "prod", to: v(2) }],
      '{ "gr\\u0065et": { "pr\\u006Fd": "v2" } }',
    ],
    [
      "replaces an invalid target",
      '{ "a": { "x": 3, "y": "v1" } }',
      [{ name: "a", alias: "x", to: v(3) }],
      '{ "a": { "x": "v3", "y": "v1" } }',
    ],
    [
      "does nothing if there is nothing to remove",
      '{ "a": { "x": "v1" } }',
      [{ name: "b", alias: "x", to: undefined }],
      '{ "a": { "x": "v1" } }',
    ],
  ])("%s", (_what, text, changes, after) => {
    expect(editAliases(text, changes)).toBe(after);
  });

  it("produces exactly the requested pointers, and keeps all other bytes", () => {
    const names = ["a", "b/c", "d", "e"];
    const aliases = ["x", "y", "z"];
    const space = fc.constantFrom("", " ", "\n", "\r\n  ", "\t", "\n\n    ");
    const target = fc.constantFrom('"v1"', '"v2"', '"working"', '{ "v1": 1, "v2": 3 }', "{}", "null");
    /** An object in a random layout. */
    const object = (keys: readonly string[], value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
      fc
        .tuple(
          fc
            .shuffledSubarray([...keys])
            .chain((chosen) =>
              fc.tuple(...chosen.map((key) => fc.tuple(fc.constant(key), space, space, value, space))),
            ),
          space,
        )
        .map(
          ([members, inside]) =>
            `{${inside}${members.map(([key, a, b, member, c]) => `${c}"${key}"${a}:${b}${member}`).join(",")}${inside}}`,
        );
    const change = fc.record({
      name: fc.constantFrom(...names),
      alias: fc.constantFrom(...aliases),
      to: fc.constantFrom(v(7), v(8), WORKING, SPLIT, undefined),
    });
    const pointers = (text: string) =>
      new Map(
        parseAliases(text).prompts.flatMap((prompt) =>
          prompt.pointers.map(({ alias, target: to }) => [`${prompt.name} ${alias}`, to] as const),
        ),
      );
    fc.assert(
      fc.property(
        object(["$schema", ...names], object(aliases, target)),
        fc.uniqueArray(change, { maxLength: 5, selector: ({ name, alias }) => `${name} ${alias}` }),
        (text, changes) => {
          const wanted = pointers(text);
          for (const { name, alias, to } of changes)
            if (to === undefined) wanted.delete(`${name} ${alias}`);
            else wanted.set(`${name} ${alias}`, to);
          const edited = editAliases(text, changes);
          expect(parseAliases(edited).diagnostics.filter(({ code }) => code.startsWith("json/"))).toEqual([]);
          expect(new Map([...pointers(edited)].sort())).toEqual(new Map([...wanted].sort()));
          // If the pointers that were only moved are set back, only white space differs, and only in their entries.
          const moved = changes.filter(
            ({ name, alias, to }) => to !== undefined && rawTarget(text, name, alias) !== undefined,
          );
          const there = editAliases(text, moved);
          const back = moved.reduce((now, { name, alias }) => restore(now, text, name, alias), there);
          expect(back.replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
          const touched = new Set(moved.map(({ name }) => name));
          expect(outside(back, touched)).toBe(outside(text, touched));
          expect(editAliases(edited, changes)).toBe(edited);
        },
      ),
      { seed: 1, numRuns: 2_000 },
    );
  });
});

/** The text without the entries of these prompts. */
function outside(text: string, names: ReadonlySet<string>): string {
  let left = text;
  for (const { key, start, end } of findObjects(text)) if (names.has(key)) left = splice(left, start, end, "");
  return left;
}

/** A target as it is written in the file. */
function rawTarget(text: string, name: string, alias: string): string | undefined {
  const place = placeOfTarget(text, name, alias);
  return place === undefined ? undefined : text.slice(...place);
}

function placeOfTarget(text: string, name: string, alias: string): [number, number] | undefined {
  const entry = new RegExp(`"${name}"\\s*:\\s*\\{`).exec(text);
  if (entry === null) return undefined;
  const from = entry.index + entry[0].length;
  const within = /^(?:[^{}]|\{[^{}]*\})*/.exec(text.slice(from))?.[0] ?? "";
  const pointer = new RegExp(`"${alias}"\\s*:\\s*("[^"]*"|\\{[^}]*\\}|null)`).exec(within);
  if (pointer === null) return undefined;
  const end = from + pointer.index + pointer[0].length;
  return [end - (pointer[1] ?? "").length, end];
}

function restore(text: string, original: string, name: string, alias: string): string {
  const place = placeOfTarget(text, name, alias);
  return place === undefined ? text : text.slice(0, place[0]) + rawTarget(original, name, alias) + text.slice(place[1]);
}
