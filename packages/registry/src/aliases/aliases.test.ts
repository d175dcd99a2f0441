import { formatPlace } from "@cuecard/model";
import { describe, expect, it } from "vitest";
import { parseAliases } from "../alias-file/parse-aliases.js";
import { type AliasContext, resolveAliases } from "./resolve-aliases.js";

const WORLD: AliasContext = {
  promptsDir: "prompts",
  working: new Set(["greet", "draft"]),
  versions: new Map([
    ["greet", [1, 2, 3]],
    ["finance/forecast", [3, 4]],
  ]),
  latest: new Map([
    ["greet", 3],
    ["finance/forecast", 4],
  ]),
  unusable: new Set(["greet@v4", "broken@v1"]),
  ignored: new Set(),
  unlocked: new Set(["greet@v5"]),
  brokenNames: new Set(["greet", "broken"]),
  tagsMissing: undefined,
};

function resolve(text: string, context = WORLD) {
  const parsed = parseAliases(text);
  const resolved = resolveAliases(parsed.prompts, context);
  return { entries: resolved.entries, diagnostics: [...parsed.diagnostics, ...resolved.diagnostics] };
}

describe("pointers that resolve", () => {
  it("are sorted, with arms by ascending version, and have their place", () => {
    const { entries, diagnostics } = resolve(`{
  "$schema": "x",
  "greet": { "staging": "working", "production": "v1" },
  "finance/forecast": { "production": { "v4": 10, "v3": 90 } }
}`);
    expect(diagnostics).toEqual([]);
    expect(entries).toEqual([
      {
        name: "finance/forecast",
        alias: "production",
        target: {
          kind: "split",
          arms: [
            { version: 3, weight: 90 },
            { version: 4, weight: 10 },
          ],
        },
        range: { start: { line: 4, column: 39 }, end: { line: 4, column: 61 } },
      },
      {
        name: "greet",
        alias: "production",
        target: { kind: "version", version: 1 },
        range: { start: { line: 3, column: 50 }, end: { line: 3, column: 54 } },
      },
      {
        name: "greet",
        alias: "staging",
        target: { kind: "working" },
        range: { start: { line: 3, column: 25 }, end: { line: 3, column: 34 } },
      },
    ]);
  });
});

describe("mistakes", () => {
  const TARGETS = 'write "v3", "latest", "working", or weights: { "v3": 90, "v4": 10 }';
  const at = (value: string) => `{ "greet": { "x": ${value} } }`;
  const jsonHint = "look for a missing comma, quote or bracket; JSON has no comments or trailing commas";
  const nameHint =
    'name it after an environment, such as "production" or "staging"; versions, `latest` and `working` need no alias';

  it.each<[text: string, place: string, code: string, message: string, hint: string | undefined]>([
    ["{", "1:2", "json/syntax", "not valid JSON: close brace expected", jsonHint],
    ['{ "greet": {}, }', "1:16", "json/syntax", "not valid JSON: property name expected", jsonHint],
    [
      '{ "greet": { "a": "v1", "a": "v2" } }',
      "1:25",
      "json/duplicate-key",
      'duplicate key "a" (first on line 1)',
      "remove one of them",
    ],
    [
      "[]",
      "1:1",
      "alias/invalid-entry",
      "aliases.json must be an object with one key per prompt",
      'write { "<prompt>": { "production": "v1" } }',
    ],
    [
      '{ "greet": "v1" }',
      "1:12",
      "alias/invalid-entry",
      '"greet" must be an object of aliases, such as { "production": "v1" }',
      'write { "<prompt>": { "production": "v1" } }',
    ],
    [
      '{ "greet": { "latest": "v1" } }',
      "1:14",
      "alias/invalid-name",
      '"latest" is not a valid alias name: "latest" is reserved: it is computed, never stored',
      nameHint,
    ],
    [
      '{ "greet": { "Working": "v1" } }',
      "1:14",
      "alias/invalid-name",
      '"Working" is not a valid alias name: "working" is reserved: it is computed, never stored',
      nameHint,
    ],
    [
      '{ "greet": { "v1": "v1" } }',
      "1:14",
      "alias/invalid-name",
      '"v1" is not a valid alias name: "v1" looks like a version',
      nameHint,
    ],
    [
      '{ "greet": { "pre prod": "v1" } }',
      "1:14",
      "alias/invalid-name",
      '"pre prod" is not a valid alias name: it may contain only letters, digits, "_" and "-", at most 255 of them',
      nameHint,
    ],
    [
      at('"3"'),
      "1:19",
      "alias/invalid-target",
      'the alias "x" does not point at a valid version: "3" is not a valid version; write "v3"',
      TARGETS,
    ],
    [
      at("3"),
      "1:19",
      "alias/invalid-target",
      'the alias "x" does not point at a valid version: 3 is not a valid version; write "v3"',
      TARGETS,
    ],
    [
      at('"V03"'),
      "1:19",
      "alias/invalid-target",
      'the alias "x" does not point at a valid version: "V03" is not a valid version; write "v3"',
      TARGETS,
    ],
    [
      at('["latest"]'),
      "1:19",
      "alias/invalid-target",
      'the alias "x" does not point at a valid version: it is an array',
      TARGETS,
    ],
    [
      at('{ "latest": 1 }'),
      "1:21",
      "alias/invalid-target",
      'the alias "x" does not point at a valid version: a split can only contain versions, not "latest"',
      TARGETS,
    ],
    [
      '{ "draft": { "a": "latest" } }',
      "1:19",
      "alias/nothing-released",
      "draft@a follows releases, but draft has no version yet",
      "release it with `cuecard release draft`, for example after the merge",
    ],
    [
      '{ "broken": { "a": "latest" } }',
      "1:20",
      "alias/nothing-to-follow",
      "broken@a follows releases, but broken has no version that it can point at",
      "release broken again, or point the alias at a version",
    ],
    [
      at('"staging"'),
      "1:19",
      "alias/invalid-target",
      'the alias "x" does not point at a valid version: "staging" is not a valid version',
      TARGETS,
    ],
    [
      at("null"),
      "1:19",
      "alias/invalid-target",
      'the alias "x" does not point at a valid version: null is not a valid version',
      TARGETS,
    ],
    [
      at("[1]"),
      "1:19",
      "alias/invalid-target",
      'the alias "x" does not point at a valid version: it is an array',
      TARGETS,
    ],
    [
      at("{}"),
      "1:19",
      "alias/invalid-target",
      'the alias "x" does not point at a valid version: it has no weights',
      TARGETS,
    ],
    [
      at('{ "v1": 0 }'),
      "1:27",
      "alias/invalid-target",
      'the alias "x" does not point at a valid version: the weight of v1 must be a positive integer',
      TARGETS,
    ],
    [
      at('{ "v1": 1.5 }'),
      "1:27",
      "alias/invalid-target",
      'the alias "x" does not point at a valid version: the weight of v1 must be a positive integer',
      TARGETS,
    ],
    [
      at('{ "v1": "9" }'),
      "1:27",
      "alias/invalid-target",
      'the alias "x" does not point at a valid version: the weight of v1 must be a positive integer',
      TARGETS,
    ],
    [
      at('{ "working": 1 }'),
      "1:21",
      "alias/invalid-target",
      'the alias "x" does not point at a valid version: a split can only contain versions, not "working"',
      TARGETS,
    ],
    [
      '{ "gret": { "a": "v1" } }',
      "1:3",
      "alias/unknown-prompt",
      'the prompt "gret" does not exist',
      'did you mean "greet"?',
    ],
    [
      '{ "zzz": { "a": "v1" } }',
      "1:3",
      "alias/unknown-prompt",
      'the prompt "zzz" does not exist',
      "remove the entry, or add the prompt's file",
    ],
    [
      at('"v9"'),
      "1:19",
      "alias/unknown-version",
      "greet has no version v9; its versions are v1, v2, v3",
      'did you mean "v3"?',
    ],
    [
      at('{ "v1": 1, "v8": 1 }'),
      "1:30",
      "alias/unknown-version",
      "greet has no version v8; its versions are v1, v2, v3",
      'did you mean "v3"?',
    ],
    [
      '{ "draft": { "a": "v1" } }',
      "1:19",
      "alias/unknown-version",
      "draft has no version v1: nothing has been released yet",
      "release it with `cuecard release draft`",
    ],
    [
      at('"v4"'),
      "1:19",
      "alias/unusable-version",
      "greet@v4 cannot be used because its tag or lock line has an error",
      "fix the error that is reported for its tag or lock line",
    ],
    [
      '{ "broken": { "a": "v1" } }',
      "1:20",
      "alias/unusable-version",
      "broken@v1 cannot be used because its tag or lock line has an error",
      "fix the error that is reported for its tag or lock line",
    ],
    [
      at('"v5"'),
      "1:19",
      "lock/missing-line",
      "greet@x points at greet@v5, which is missing from prompts.lock, and the lock is frozen",
      "run `cuecard lock` and commit the result",
    ],
    [
      '{ "finance/forecast": { "dev": "working" } }',
      "1:32",
      "alias/working-missing",
      '"dev" points at the working file of finance/forecast, which does not exist',
      "create prompts/finance/forecast.md, or point the alias at a version",
    ],
  ])("%s", (text, place, code, message, hint) => {
    const { entries, diagnostics } = resolve(text);
    expect(entries).toEqual([]);
    expect(diagnostics.map((found) => [formatPlace(found), found.code, found.message, found.hint])).toEqual([
      [`aliases.json:${place}`, code, message, hint],
    ]);
  });

  it.each([
    ["shallow", "draft", "v1", /^this clone is shallow.*`git fetch --tags --unshallow`/],
    ["shallow", "greet", "v9", /^this clone is shallow.*`git fetch --tags --unshallow`/],
    [
      "none",
      "draft",
      "v1",
      /^release it with `cuecard release draft`; if it was released elsewhere, run `git fetch --tags`/,
    ],
  ] as const)(
    "in a clone whose tags may be missing (%s) lead to fetching them: %s %s",
    (tagsMissing, name, to, hint) => {
      const { diagnostics } = resolve(JSON.stringify({ [name]: { a: to } }), { ...WORLD, tagsMissing });
      expect(diagnostics.map(({ code }) => code)).toEqual(["alias/unknown-version"]);
      expect(diagnostics[0]?.hint).toMatch(hint);
    },
  );

  it("are all reported, and do not affect other pointers", () => {
    const { entries, diagnostics } = resolve(
      '{ "greet": { "a": "v7", "b": "v2", "v3": "v1", "c": { "v1": 0, "x": 1 } }, "unknown": {} }',
    );
    expect(entries.map(({ alias }) => alias)).toEqual(["b"]);
    expect(diagnostics.map(({ code }) => code)).toEqual([
      "alias/invalid-name",
      "alias/invalid-target",
      "alias/invalid-target",
      "alias/unknown-version",
      "alias/unknown-prompt",
    ]);
  });
});
