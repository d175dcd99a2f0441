// Everything that a caller can get wrong, through the functions of a generated package: a typed error of the package that says what
// was given and what exists, or a documented rule (docs/loading.md).

import { toAiSdk } from "@cuecard/runtime/ai-sdk";
import { toAnthropic } from "@cuecard/runtime/anthropic";
import { toBedrock } from "@cuecard/runtime/bedrock";
import { toGoogle } from "@cuecard/runtime/google";
import { toLangChain } from "@cuecard/runtime/langchain";
import { toMistral } from "@cuecard/runtime/mistral";
import { toOpenAiChat, toOpenAiResponse } from "@cuecard/runtime/openai";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { type AnyPrompt, anything, importPackage, NAMES } from "./bad-calls.js";

// Large inputs take a while on a slow machine. Work that grows with their square would take minutes.
vi.setConfig({ testTimeout: 60_000 });

const prompts = await importPackage();
const { load, find, at, references, isAlias, isPromptName } = prompts;
const [text, optional, chat, checked, open] = ["text", "optional", "chat", "checked", "open"].map((name) =>
  load(name, 1),
) as [AnyPrompt, AnyPrompt, AnyPrompt, AnyPrompt, AnyPrompt];

const long = "x".repeat(1e7);
const nested = (depth: number, wrap: (inner: unknown) => unknown): unknown => {
  let value: unknown = {};
  for (let level = 0; level < depth; level++) value = wrap(value);
  return value;
};
const many = <T>(count: number, item: (index: number) => T): T[] => Array.from({ length: count }, (_, n) => item(n));
const throwing = {
  get query() {
    throw new Error("no connection");
  },
};
const cyclic: Record<string, unknown> = { query: "x" };
Object.assign(cyclic, { more: cyclic });

type Row = readonly [what: string, call: () => unknown, error: string, ...parts: string[]];

const ARGUMENTS: readonly Row[] = [
  ["nothing", () => load(), "PromptArgumentError", "pass load() a prompt's name", "it got nothing"],
  ["a number as the name", () => load(1, "v1"), "PromptArgumentError", "it got a number (1)"],
  ["a symbol as the name", () => load(Symbol("text"), "v1"), "PromptArgumentError", "a symbol (Symbol(text))"],
  ["an object as the name", () => load({ toString: () => "text" }, "v1"), "PromptArgumentError", "it got an object"],
  ["no reference", () => load("text"), "PromptArgumentError", "text has v1, v2, half, latest"],
  ["an object as the reference", () => load("text", { version: 1 }), "PromptArgumentError", "text has v1"],
  ["a big integer as the reference", () => load("text", 1n), "PromptArgumentError", "text has v1"],
  [
    "an unknown name",
    () => load("txt", "v1"),
    "PromptNotFoundError",
    'no prompt "txt"',
    'did you mean "text"?',
    "chat,",
  ],
  ["an empty name", () => load("", "v1"), "PromptNotFoundError", 'no prompt ""'],
  ["a name of Object.prototype", () => load("constructor", "v1"), "PromptNotFoundError", 'no prompt "constructor"'],
  ["an unknown alias", () => load("text", "lates"), "PromptNotFoundError", 'did you mean "latest"? available: v1, v2'],
  ["an empty reference", () => load("text", ""), "PromptNotFoundError", 'no version or alias ""'],
  ["__proto__ as the reference", () => load("text", "__proto__"), "PromptNotFoundError", '"__proto__"'],
  ["an unknown version", () => load("text", 3), "PromptNotFoundError", 'no version or alias "v3"', "v1, v2"],
  ...[Number.NaN, 1.5, -1, 0, Number.POSITIVE_INFINITY].map(
    (ref): Row => [`the version ${ref}`, () => load("text", ref), "PromptNotFoundError", `"v${ref}"`, "v1, v2"],
  ),
  [
    "a URI of another scheme",
    () => load("prompt:/text/1"),
    "PromptArgumentError",
    '"prompt:/text/1"',
    "prompts:/name/1",
  ],
  ["a URI without a reference", () => load("prompts:/text"), "PromptArgumentError", ": text has v1, v2, half, latest"],
  ["a URI without a name", () => load("prompts://1"), "PromptArgumentError", '"prompts://1"'],
  ["a URI that is empty", () => load("prompts:/"), "PromptArgumentError", '"prompts:/"'],
  ["a URI that ends in @", () => load("prompts:/text@"), "PromptArgumentError", '"prompts:/text@"'],
  ["a URI that ends in /", () => load("prompts:/text/"), "PromptArgumentError", '"prompts:/text/"'],
  ["a URI with an unknown name", () => load("prompts:/txt/1"), "PromptNotFoundError", 'did you mean "text"?'],
  ["a URI with an unknown alias", () => load("prompts:/text@haf"), "PromptNotFoundError", 'no version or alias "haf"'],
  ["a URI with a query", () => load("prompts:/text/1?x=1"), "PromptNotFoundError", '"1?x=1" (text@1?x=1)'],
  ["a URI with spaces", () => load(" prompts:/text/1"), "PromptArgumentError", '" prompts:/text/1"'],
  ["a long name", () => load(long, "v1"), "PromptNotFoundError", "xxx…"],
  ["a long URI", () => load(`prompts:/${"/@".repeat(5e6)}`), "PromptArgumentError", "…)"],
  ["no key", () => load("text", "half"), "PromptArgumentError", "text@half is split between versions: pass { key }"],
  ["no key for a URI", () => load("prompts:/text@half"), "PromptArgumentError", "pass { key }"],
  ["a number as the key", () => load("text", "half", { key: 17 }), "PromptArgumentError", "is a number (17)"],
  ["null as the key", () => load("text", "half", { key: null }), "PromptArgumentError", "is null"],
  [
    "a key that is inherited",
    () => load("text", "half", Object.create({ key: "a" })),
    "PromptArgumentError",
    "pass { key }",
  ],
  ["a text as the options", () => load("text", "half", "user-1"), "PromptArgumentError", "pass { key }"],
  ["no key, found", () => find("text", "half"), "PromptArgumentError", "pass { key }"],
  ["no alias", () => at(), "PromptArgumentError", "pass at() the name of an alias, not nothing"],
  ["an unknown alias of all prompts", () => at("prod")("text"), "PromptNotFoundError", "text@prod"],
  ["no name at an alias", () => at("latest")(), "PromptArgumentError", "pass a prompt's name, not nothing"],
  ["a URI at an alias", () => at("latest")("prompts:/text/1"), "PromptNotFoundError", 'no prompt "prompts:/text/1"'],
  ["the references of nothing", () => references(undefined), "PromptArgumentError", "not nothing"],
  ["the references of an unknown prompt", () => references("txt"), "PromptNotFoundError", 'did you mean "text"?'],
];

const INPUTS: readonly Row[] = [
  ["no input", () => text.format(), "PromptInputError", "query: expected a string, got nothing"],
  ["null", () => text.format(null), "PromptInputError", "the input: expected an object, got null"],
  ["a list", () => text.format(["x"]), "PromptInputError", "the input: expected an object, got an array of 1"],
  ["a text", () => text.format("x"), "PromptInputError", 'expected an object, got a string ("x")'],
  ["a function", () => text.format(() => "x"), "PromptInputError", "expected an object, got a function"],
  ["a Map", () => optional.format(new Map([["name", "x"]])), "PromptInputError", "expected an object, got a Map"],
  ["a Promise", () => optional.format(Promise.resolve({ name: "x" })), "PromptInputError", "got a Promise"],
  ["a Date", () => optional.format(new Date(0)), "PromptInputError", "got a Date"],
  ["a Map where values have defaults", () => load("defaults", 1).format(new Map()), "PromptInputError", "got a Map"],
  ["a wrong type", () => text.format({ query: 1 }), "PromptInputError", "query: expected a string, got a number (1)"],
  ["NaN", () => text.format({ query: "", limit: Number.NaN }), "PromptInputError", "limit: expected a number"],
  ["a big integer", () => text.format({ query: "", limit: 1n }), "PromptInputError", "got a bigint (1)"],
  ["a Date for a text", () => text.format({ query: new Date(0) }), "PromptInputError", "got a Date"],
  ["a String object", () => text.format({ query: new String("x") }), "PromptInputError", "got a String"],
  ["a symbol", () => text.format({ query: Symbol("s") }), "PromptInputError", "got a symbol (Symbol(s))"],
  ["a misspelling", () => text.format({ qurey: "" }), "PromptInputError", '"qurey" was given: did you mean "query"?'],
  [
    "a wrong choice",
    () => text.format({ query: "", tone: long }),
    "PromptInputError",
    'one of "calm", "brisk"',
    "xxx…)",
  ],
  [
    "a hole",
    () => text.format({ query: "", tags: new Array(2 ** 32 - 1) }),
    "PromptInputError",
    "tags[0]: expected a string",
  ],
  ["an extra key", () => checked.format({ code: "a", [long]: 1 }), "PromptInputError", "xxx…: unexpected property"],
  ["an inherited value", () => text.format(Object.create({ query: "x" })), "PromptInputError", "expected an object"],
  [
    "a forged prototype",
    () => text.format(JSON.parse('{"__proto__":{"query":"x"}}')),
    "PromptInputError",
    "query: expected",
  ],
  [
    "a getter that throws",
    () => text.format(throwing),
    "PromptInputError",
    "query: expected a value that can be read, got an exception (Error: no connection)",
  ],
  [
    "a getter in a list",
    () =>
      text.format({
        query: "",
        rows: [
          { name: "" },
          {
            get name() {
              throw "gone";
            },
          },
        ],
      }),
    "PromptInputError",
    "rows[1].name: expected a value that can be read, got an exception (gone)",
  ],
  [
    "a text that throws",
    () =>
      text.format({
        query: "",
        more: {
          [Symbol.toPrimitive]() {
            throw new Error("no text");
          },
          __proto__: {},
        },
      }),
    "PromptInputError",
    "(Error: no text)",
  ],
  [
    "JSON that throws",
    () =>
      text.format({
        query: "",
        more: {
          toJSON() {
            throw new Error("no JSON");
          },
        },
      }),
    "PromptInputError",
    "(Error: no JSON)",
  ],
  [
    "a value that contains itself, as JSON",
    () => text.format(cyclic),
    "PromptInputError",
    "expected a value that can be read, got an exception (TypeError: Converting circular",
  ],
  ["a big integer as JSON", () => text.format({ query: "", more: 1n }), "PromptInputError", "BigInt"],
  [
    "deep lists",
    () => text.format({ query: "", more: nested(1e5, (inner) => [inner]) }),
    "PromptInputError",
    "got an exception (RangeError",
  ],
  [
    "deep objects",
    () => checked.format({ code: "a", tree: nested(1e5, (next) => ({ next })) }),
    "PromptInputError",
    "RangeError",
  ],
  ["a text that is too long", () => text.format({ query: "x".repeat(5e8) }), "PromptInputError", "RangeError"],
  [
    "values to fill in that are a text",
    () => text.partial("x"),
    "PromptInputError",
    "expected an object, got a string",
  ],
  ["null to fill in", () => text.partial(null), "PromptInputError", "expected an object, got null"],
  ["filled-in values that throw", () => text.partial(throwing), "PromptInputError", "(Error: no connection)"],
  [
    "a filled-in value of a wrong type",
    () => text.partial({ query: 1 }).format(),
    "PromptInputError",
    "query: expected",
  ],
  ["options that are a text", () => chat.format({ query: "" }, "x"), "PromptInputError", "options: expected an object"],
  [
    "a history that is a text",
    () => chat.messages({ query: "" }, { history: "x" }),
    "PromptInputError",
    "options.history: expected an array",
  ],
  [
    "a message that is a text",
    () => chat.messages({ query: "" }, { history: ["x"] }),
    "PromptInputError",
    "options.history[0]: expected an object",
  ],
  [
    "a message of the system",
    () => chat.messages({ query: "" }, { history: [{ role: "system", content: "" }] }),
    "PromptInputError",
    'options.history[0].role: expected one of "user", "assistant", "tool", got a string ("system")',
  ],
  [
    "sections that are a list",
    () => chat.messages({ query: "" }, { sections: ["x"] }),
    "PromptInputError",
    "options.sections: expected an object",
  ],
  [
    "options that throw",
    () =>
      chat.messages(
        { query: "" },
        {
          get history() {
            throw new Error("gone");
          },
        },
      ),
    "PromptInputError",
    "options.history: expected a value that can be read, got an exception (Error: gone)",
  ],
  [
    "media in a system message",
    () => load("pictured", 1).format({ image: "https://a.b/c.png" }),
    "PromptArgumentError",
    "use messages()",
  ],
];

const ANSWERS: readonly Row[] = [
  ["nothing", () => text.parseOutput?.(undefined), "PromptOutputError", "the answer: expected an object, got nothing"],
  ["text that is not JSON", () => text.parseOutput?.("{"), "PromptOutputError", "got its end at line 1, column 2"],
  ["an open text", () => text.parseOutput?.(`"${"\\n".repeat(5e6)}`), "PromptOutputError", "at line 1, column 1"],
  ["deep lists", () => text.parseOutput?.("[".repeat(1e6)), "PromptOutputError", "expected JSON"],
  [
    "a getter that throws",
    () =>
      text.parseOutput?.({
        get answer() {
          throw new Error("gone");
        },
      }),
    "PromptOutputError",
    "answer: expected a value that can be read, got an exception (Error: gone)",
  ],
  ["another word", () => chat.parseOutput?.(`"${long}`), "PromptOutputError", 'expected one of "a", "b"'],
];

function thrown(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return undefined;
}

const isOwn = (error: unknown) =>
  ["PromptArgumentError", "PromptInputError", "PromptNotFoundError", "PromptOutputError"].some(
    (name) => error instanceof (prompts[name] as typeof Error),
  );

describe.each([
  ["arguments", ARGUMENTS],
  ["inputs", INPUTS],
  ["answers", ANSWERS],
])("wrong %s", (_, rows) => {
  const cases = rows.map(([what, call, name, ...parts]) => ({ what, call, name, parts }));
  it.each(cases)("$what", ({ call, name, parts }) => {
    const error = thrown(call) as Error;
    expect(error).toBeInstanceOf(prompts[name]);
    expect(error).toMatchObject({ name });
    for (const part of parts) expect(error.message).toContain(part);
    expect(error.message.length).toBeLessThan(10_000);
  });
});

describe("by rule", () => {
  it.each<[what: string, call: () => unknown, result: unknown]>([
    ["an empty key is a key", () => load("text", "half", { key: "" }).uri.slice(0, -1), "prompts:/text/"],
    ["a version as text", () => load("text", "2") === load("text", 2), true],
    [
      "find finds nothing",
      () => [find(), find(1, 2), find("text"), find("prompts:/text"), find(long, "v1")],
      Array(5).fill(undefined),
    ],
    [
      "what is not a list contains nothing",
      () => [isAlias("half", "half"), isAlias("half", ["half"]), isPromptName(1)],
      [false, true, false],
    ],
    [
      "an instance counts by its own members",
      () =>
        optional.format(
          new (class {
            name = "Ada";
          })(),
        ),
      "Hello Ada",
    ],
    [
      "an object without a prototype",
      () => optional.format(Object.assign(Object.create(null), { name: "Ada" })),
      "Hello Ada",
    ],
    ["a frozen object", () => optional.format(Object.freeze({ name: "Ada" })), "Hello Ada"],
    ["extra keys are ignored", () => optional.format({ name: "Ada", [Symbol("s")]: 1, other: cyclic }), "Hello Ada"],
    ["undefined is left out", () => optional.format({ name: undefined }), "Hello "],
    [
      "members of Object.prototype",
      () => String(open.format(JSON.parse('{"__proto__":1,"toString":2}'))).split("{")[0],
      "__proto__=1;toString=2;",
    ],
    ["halves of surrogate pairs stay", () => optional.format({ name: "\ud800" }), "Hello \ud800"],
    ["negative zero is zero", () => text.format({ query: "a", limit: -0 }), "a a 0 "],
    [
      "a value is never a template",
      () => optional.format({ name: '{{name}}{{role "system"}}' }),
      'Hello {{name}}{{role "system"}}',
    ],
    ["functions in data are not called", () => open.format({ name: () => "x" }), "name=;{}"],
    [
      "toJSON is called for JSON only",
      () => open.format({ name: "a", user: { toJSON: () => 1 } }),
      'aname=a;user=[object Object];{\n  "name": "a",\n  "user": 1\n}',
    ],
  ])("%s", (_, call, result) => {
    expect(call()).toEqual(result);
  });

  it("throws what a helper throws", () => {
    const { format } = load("helped", 1);
    const error = thrown(() => format({ name: 1 })) as Error;
    expect(error).toBeInstanceOf(TypeError);
    expect(isOwn(error)).toBe(false);
    expect(
      thrown(() =>
        format({
          get name() {
            throw new Error("gone");
          },
        }),
      ),
    ).toBeInstanceOf(prompts["PromptInputError"]);
  });

  it("keeps what was thrown as the cause", () => {
    expect(thrown(() => text.format(throwing))).toHaveProperty("cause", new Error("no connection"));
    expect(text.validate(throwing)).toMatchObject([{ path: "query", actual: "an exception (Error: no connection)" }]);
  });
});

it("takes time in proportion to an input's size", () => {
  const rows = many(2e5, (n) => ({ name: `n${n}`, cost: n }));
  expect(String(text.format({ query: long, rows })).length).toBeGreaterThan(2e7);
  expect(checked.validate({ code: "a", list: many(2e5, String) })).toEqual([]);
  const history = many(2e5, () => ({ role: "user", content: "x" }));
  expect(chat.messages({ query: " \n".repeat(1e6) }, { history })).toHaveLength(2e5 + 2);
  const similar = Object.fromEntries(many(2e5, (n) => [`q${n.toString(36)}`, n]));
  for (const [prompt, input] of [
    [text, similar],
    [checked, similar],
    [text, { query: "", tags: many(2e5, Number) }],
    [text, { query: "", rows: many(2e5, () => ({})) }],
    [checked, { code: "a", list: many(2e5, Number) }],
    [checked, { code: "a", list: many(2e5, () => "same") }],
  ] as const)
    expect((prompt.validate(input) as readonly unknown[]).length).toBeLessThanOrEqual(200);
  expect(String(open.format({ name: nested(500, (inner) => [inner]) }))).toContain("[object Object]");
});

describe("whatever callers pass, only errors of the package come back", () => {
  const settings = { seed: 15, numRuns: 60 };
  const check = (...calls: (() => unknown)[]) => {
    for (const call of calls) {
      const error = thrown(call);
      if (error !== undefined && !isOwn(error) && (error as Error).name !== "PromptRequestError") throw error;
    }
  };

  it("from functions that load", () => {
    const property = fc.property(anything, anything, anything, (...made) => {
      const [a, b, c] = made.map((make) => make());
      for (const find of [prompts.load, prompts.find])
        check(
          () => find(a),
          () => find(a, b, c),
          () => find("text", b),
          () => find("text", "half", c),
          () => find("prompts:/text@half", c),
        );
      check(
        () => at(a)(b),
        () => at("half")("text", c),
        () => references(a),
        () => isAlias(a, [b]),
        () => isPromptName("text", [b]),
      );
    });
    fc.assert(property, settings);
  });

  it.each(NAMES.filter((name) => name !== "helped"))("from the prompt %s", (name) => {
    const { format, messages, validate, partial, parseOutput, telemetry, input } = load(name, 1);
    const valid = { query: "x", code: "x", who: "x", mood: "x", image: "x" };
    const property = fc.property(anything, anything, (...made) => {
      const [a, b] = made.map((make) => make());
      check(
        () => format(a),
        () => format(a, b),
        () => messages(a, b),
        () => messages(valid, b),
        () => validate(a),
      );
      check(
        () => partial(a).format(b),
        () => parseOutput?.(a),
        () => format(a, { context: b, sections: b, history: b }),
      );
      check(() => messages(valid, { history: [b], context: { now: a }, sections: { output: a } }));
      for (const call of [() => telemetry(a, b), () => input["~standard"].validate(a)]) expect(call).not.toThrow();
    });
    fc.assert(property, settings);
  });

  const sdks = { toAiSdk, toAnthropic, toBedrock, toGoogle, toLangChain, toMistral, toOpenAiChat, toOpenAiResponse };
  it.each(Object.entries(sdks) as unknown as [string, (...args: unknown[]) => unknown][])("from %s", (_, send) => {
    const property = fc.property(anything, anything, fc.constantFrom(text, chat, checked), (make, other, prompt) => {
      const [a, b] = [make(), other()];
      check(
        () => send(a, b),
        () => send(prompt, a, b),
        () => send(prompt, { query: "x", code: "x" }, b),
      );
      check(() => send(prompt, { query: "x", code: "x" }, { history: [a, b], cache: a }));
      check(
        ...[{ config: a }, { tools: [a] }, { model: a, name: b }].map(
          (part) => () => send({ ...prompt, ...part }, { query: "x" }),
        ),
      );
    });
    fc.assert(property, settings);
  });
});
