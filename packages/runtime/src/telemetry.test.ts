// What telemetry records of a call, whatever the input is.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainInputValidator } from "./input.js";
import { Split } from "./load.js";
import { atAlias, textPrompt } from "./prompt.js";
import type { PromptTelemetry } from "./telemetry.js";

interface Prompt {
  readonly version: number | "working";
  format(input?: unknown): string;
  validate(input: unknown): readonly { readonly path: string; readonly actual: string }[];
  partial(values: object): Prompt;
  telemetry(input?: unknown, options?: object): PromptTelemetry;
}

const TYPES = { who: "string", age: "number", rows: "array", email: "string", any: undefined } as const;

function make(version: number | "working" = 3, schema: object = {}): Prompt {
  const properties = Object.fromEntries(Object.entries(TYPES).map(([name, type]) => [name, type ? { type } : {}]));
  const metadata = () => ({
    name: "team/greet",
    version,
    uri: `prompts:/team/greet/${version}`,
    commit: version === "working" ? "" : "c0ffee",
    digest: "sha256-x",
    privateVariables: ["email"],
    inputSchema: { type: "object", properties, ...schema },
  });
  const template = { render: () => "", isPolluted: () => false, defaults: { age: 7 }, input: plainInputValidator };
  return textPrompt(metadata, template) as Prompt;
}

const BASE = {
  "gen_ai.prompt.name": "team/greet",
  "gen_ai.prompt.version": "3",
  "cuecard.prompt.digest": "sha256-x",
  "cuecard.prompt.commit": "c0ffee",
};

/** The variables of a record, read back. */
function readBack(attributes: PromptTelemetry): Record<string, unknown> {
  const json = attributes["cuecard.prompt.json"] ?? [];
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([key, value]) => {
      const name = key.startsWith("gen_ai.prompt.variable.") ? key.slice("gen_ai.prompt.variable.".length) : undefined;
      return name === undefined ? [] : [[name, json.includes(name) ? JSON.parse(value as string) : value]];
    }),
  );
}

describe("telemetry names the version", () => {
  it("without an input", () => {
    expect(make().telemetry()).toEqual(BASE);
    const { "cuecard.prompt.commit": _, ...released } = BASE;
    expect(make("working").telemetry()).toEqual({ ...released, "gen_ai.prompt.version": "working" });
  });

  it("and how it was loaded, also after partial()", () => {
    const production = atAlias(make(), "production");
    expect(production.telemetry()).toEqual({ ...BASE, "cuecard.prompt.alias": "production" });
    expect(production.partial({ who: "Ada" }).partial({ age: 3 }).telemetry({})).toMatchObject({
      "cuecard.prompt.alias": "production",
      "gen_ai.prompt.variable.who": "Ada",
      "gen_ai.prompt.variable.age": "3",
    });
    expect(atAlias(production, "eu").telemetry()).toMatchObject({ "cuecard.prompt.alias": "eu" });
    expect(Object.isFrozen(production)).toBe(true);
    const plain = { version: 1 };
    expect(atAlias(plain, "production")).toBe(plain);
  });

  it("and the arm of a weighted alias, each of which is one object", () => {
    const split = new Split(
      "team/greet:half",
      [2, 3].map((version) => ({ weight: 1, value: make(version) })),
    );
    const arms = new Set(Array.from({ length: 50 }, (_, key) => split.choose({ key: String(key) })));
    expect(arms.size).toBe(2);
    for (const arm of arms)
      expect(arm.telemetry()).toMatchObject({
        "cuecard.prompt.alias": "half",
        "cuecard.prompt.arm": `v${arm.version}`,
      });
  });
});

describe("telemetry records an input", () => {
  it.each<[string, unknown, object]>([
    ["text as it is", { who: "5" }, { "gen_ai.prompt.variable.who": "5", "cuecard.prompt.length": 1 }],
    [
      "other values as JSON",
      { age: 5, rows: [{ a: null }], any: false },
      {
        "gen_ai.prompt.variable.age": "5",
        "gen_ai.prompt.variable.rows": '[{"a":null}]',
        "gen_ai.prompt.variable.any": "false",
        "cuecard.prompt.json": ["age", "rows", "any"],
        "cuecard.prompt.length": 18,
      },
    ],
    [
      "without private values",
      { email: "ada@example.com" },
      { "cuecard.prompt.unrecorded": ["email"], "cuecard.prompt.length": 0 },
    ],
    [
      "without members that are not declared",
      { emial: "ada@example.com" },
      { "cuecard.prompt.unrecorded": ["*"], "cuecard.prompt.length": 0 },
    ],
    ["without defaults", {}, { "cuecard.prompt.length": 0 }],
    ["without values that are undefined", { who: undefined, email: undefined }, { "cuecard.prompt.length": 0 }],
    ...[
      Number.NaN,
      10n,
      new Date(0),
      () => 1,
      Symbol("a"),
      [undefined],
      { a: new Map() },
      { a: { toJSON: () => 1 } },
    ].map((any): [string, unknown, object] => [
      "without a value that JSON would change",
      { any },
      { "cuecard.prompt.unrecorded": ["any"], "cuecard.prompt.length": 0 },
    ]),
    ...[null, 3, "text", ["a"], Symbol("a"), ["a"]].map((input): [string, unknown, object] => [
      "that is not an object",
      input,
      { "cuecard.prompt.unrecorded": ["*"], "cuecard.prompt.length": 0 },
    ]),
  ])("%s", (_, input, expected) => {
    expect(make().telemetry(input)).toEqual({ ...BASE, ...expected });
  });

  it("whose getters and traps throw", () => {
    const fail = () => {
      throw new Error("no");
    };
    const cyclic: Record<string, unknown> = {};
    cyclic["self"] = cyclic;
    const hostile = [
      Object.defineProperty({}, "who", { get: fail, enumerable: true }),
      {
        who: {
          get deep() {
            return fail();
          },
        },
      },
      { who: cyclic },
      new Proxy({ who: "a" }, { get: fail }),
    ];
    for (const input of hostile)
      expect(make().telemetry(input)).toEqual({
        ...BASE,
        "cuecard.prompt.unrecorded": ["who"],
        "cuecard.prompt.length": 0,
      });
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(make().telemetry(new Proxy({}, { ownKeys: fail }))).toEqual({ ...BASE, "cuecard.prompt.length": 0 });
    expect(make().telemetry(proxy)).toEqual({
      ...BASE,
      "cuecard.prompt.unrecorded": Object.keys(TYPES),
      "cuecard.prompt.length": 0,
    });
  });

  it("cut to a length, never within a character", () => {
    const recorded = make().telemetry({ who: `${"a".repeat(9)}😀b`, age: 123456789012 }, { maxLength: 10 });
    expect(recorded).toMatchObject({
      "gen_ai.prompt.variable.who": "a".repeat(9),
      "gen_ai.prompt.variable.age": "1234567890",
      "cuecard.prompt.unrecorded": ["who", "age"],
      "cuecard.prompt.length": 19,
    });
    expect(make().telemetry({ who: "a".repeat(9000) })["gen_ai.prompt.variable.who"]).toHaveLength(8192);
  });

  it("of 64 variables at most, after everything else", () => {
    const names = Array.from({ length: 70 }, (_, index) => `v${index}`);
    const properties = Object.fromEntries(names.map((name) => [name, { type: "string" }]));
    const recorded = make(3, { properties }).telemetry(Object.fromEntries(names.map((name) => [name, "a"])));
    const keys = Object.keys(recorded);
    expect(keys.slice(-64)).toEqual(names.slice(0, 64).map((name) => `gen_ai.prompt.variable.${name}`));
    expect(recorded["cuecard.prompt.unrecorded"]).toEqual(names.slice(64));
  });

  it("so that it can be read back, unless it says that it is not whole", () => {
    const value = fc.oneof(fc.jsonValue(), fc.anything());
    fc.assert(
      fc.property(fc.record({ who: fc.string(), any: value, rows: fc.array(value) }, { requiredKeys: [] }), (input) => {
        const recorded = make().telemetry(input);
        const missing = recorded["cuecard.prompt.unrecorded"] ?? [];
        const whole = Object.entries(input).filter(([name, given]) => given !== undefined && !missing.includes(name));
        const plain = (data: unknown) => JSON.parse(JSON.stringify(data));
        expect(plain(readBack(recorded))).toEqual(plain(Object.fromEntries(whole)));
      }),
      { seed: 5, numRuns: 500 },
    );
  });
});

it("an error does not show values of private variables, or of unknown ones that may be misspelled", () => {
  const prompt = make(3, { additionalProperties: false });
  const issues = prompt.validate({ email: 12345, emial: "ada@example.com", age: "old" });
  expect(issues.map(({ path, actual }) => [path, actual])).toEqual([
    ["age", 'a string ("old")'],
    ["email", "a number"],
    ["emial", "a string"],
  ]);
  expect(() => prompt.format({ email: 12345 })).toThrow(/email: expected a string, got a number$/);
});
