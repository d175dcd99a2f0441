// Documents that are wrong, old or replayed: the last good pointers stay.

import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { after, pointers } from "../../test/live-prompts.js";
import { parseStrictJson } from "./strict-json.js";

const DEEP = "[".repeat(100_000);

describe("a document that is wrong", () => {
  it.each<[what: string, document: unknown, message: string | RegExp]>([
    ["text", "v3", /Unexpected token/],
    ["empty", "", /Unexpected end/],
    ["a list", [], "it is not an object"],
    ["null", null, "it is not an object"],
    ["a number", Number.NaN, "it is not an object"],
    ["cut off", '{"greet":{"production":"v3"', /JSON/],
    ["a page of a proxy", "<!doctype html><p>Please sign in", /Unexpected token/],
    ["an error", { error: "not found" }, '"error" is not an object of aliases'],
    ["a key twice", '{"greet":{"production":"v3","production":"v1"}}', 'duplicate key "production"'],
    ["a key twice, once with escapes", '{"greet":{},"gr\\u0065et":{}}', 'duplicate key "gr\\u0065et"'],
    ["nested deeply", DEEP, "it is nested more than 16 levels deep"],
    ["invalid UTF-8", new Uint8Array([0x7b, 0xff, 0x7d]), "it is not UTF-8"],
    [
      "a circle",
      (() => {
        const a: Record<string, unknown> = {};
        a["a"] = a;
        return a;
      })(),
      /circular/,
    ],
    ["a bigint", { greet: { production: 3n } }, /BigInt/],
    ["a version as a number", { greet: { production: 3 } }, 'greet@production is 3 and not a version such as "v3"'],
    ["a version without its v", { greet: { production: "3" } }, 'greet@production: "3" is not a version such as "v3"'],
    ["version 0", { greet: { production: "v0" } }, 'greet@production: "v0" is not a version such as "v3"'],
    [
      "a version with a line end",
      { greet: { production: "v3\n" } },
      'greet@production: "v3\\n" is not a version such as "v3"',
    ],
    ["no weights", { greet: { production: {} } }, "greet@production has no weights"],
    ["NaN as a weight", '{"greet":{"production":{"v1":NaN}}}', /Unexpected token/],
    [
      "a weight of null",
      { greet: { production: { v1: null } } },
      "the weight of v1 is null and not a positive integer",
    ],
    ["a weight of 0", { greet: { production: { v1: 0 } } }, "the weight of v1 is 0 and not a positive integer"],
    ["a weight of 0.5", { greet: { production: { v1: 0.5 } } }, "the weight of v1 is 0.5 and not a positive integer"],
    [
      "a weight of 1e999",
      '{"greet":{"production":{"v1":1e999}}}',
      "the weight of v1 is null and not a positive integer",
    ],
    ["huge weights", { greet: { production: { v1: 2 ** 53 - 1, v2: 1 } } }, "the weights add up to more than 2^53"],
    [
      "weights by an inherited name",
      '{"greet":{"production":{"__proto__":1}}}',
      'greet@production: "__proto__" is not a version such as "v3"',
    ],
    [
      "another form",
      { pointersVersion: 2, pointers: {} },
      "its pointersVersion is 2, and this version of @cuecard/runtime reads 1",
    ],
    ["no pointers", { pointersVersion: 1 }, "its pointers are not an object"],
    ["a sequence that is text", pointers("v3", "7"), 'its sequence is "7" and not an integer from 0 to 2^53 - 1'],
    ["a sequence of 1.5", pointers("v3", 1.5), "its sequence is 1.5 and not an integer from 0 to 2^53 - 1"],
    ["a sequence of -1", pointers("v3", -1), "its sequence is -1 and not an integer from 0 to 2^53 - 1"],
    ["a payload without a signature", { payload: "{}" }, "it has a payload and no signature"],
    [
      "a payload in a payload",
      { payload: '{"payload":"{}","signature":""}', signature: "" },
      '"payload" is not an object of aliases',
    ],
  ])("%s: the last good pointers stay", async (_, document, message) => {
    const live = await after([{ greet: { production: "v3" } }, document]);
    const { lastError, refused } = live.state;
    expect(lastError).toMatchObject({ name: "FollowError", code: expect.stringMatching(/malformed|source/) });
    if (typeof message === "string")
      expect(lastError?.message.endsWith(message) ? message : lastError?.message).toBe(message);
    else expect(lastError?.message).toMatch(message);
    expect(refused).toEqual([]);
    expect(live.load("greet", "production").version).toBe(3);
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain("production");
  });

  it("makes no long messages", async () => {
    const long = "x".repeat(100_000);
    const { lastError } = (await after([`{"${long}":{},"${long}":{}}`])).state;
    expect(lastError?.message.length).toBeLessThan(400);
    const arms = Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`v${at + 1}`, 1]));
    const { refused } = (await after([{ [long]: { a: "v1" }, "team/half": { production: arms } }])).state;
    expect(refused.map(({ reason }) => reason.length < 400)).toEqual([true, true]);
    expect(refused[1]?.reason).toMatch(/does not contain team\/half@v4, .* and 992 more$/);
  });

  it("is one that is larger than allowed", async () => {
    const text = JSON.stringify({ greet: { production: "v3" }, é: {} });
    const bytes = text.length + 1;
    expect((await after([text], { maxBytes: bytes })).load("greet", "production").version).toBe(3);
    const { state } = await after([text], { maxBytes: bytes - 1 });
    expect(state.lastError).toMatchObject({ code: "too-large" });
  });

  it("may be anything: pointers lead to versions that are allowed", async () => {
    const targets = fc.oneof(
      fc.constantFrom<unknown>("v1", "v2", "v3", "v4", "v5", "latest", "working", "", 1, null, {}, []),
      fc.dictionary(
        fc.constantFrom("v1", "v2", "v3", "v4", "x", "__proto__"),
        fc.oneof(fc.integer({ min: -1, max: 3 }), fc.double()),
      ),
      fc.jsonValue(),
    );
    const names = fc.constantFrom("greet", "team/half", "nothing", "__proto__", "$schema");
    const aliases = fc.constantFrom("production", "staging", "dev", "latest", "toString");
    const prompts = fc.dictionary(names, fc.oneof(fc.dictionary(aliases, targets), fc.jsonValue()));
    const document = fc.oneof(
      prompts,
      fc.record({ pointersVersion: fc.constantFrom<unknown>(1, 2, "1"), sequence: fc.jsonValue(), pointers: prompts }),
      fc.record({ payload: fc.jsonValue(), signature: fc.jsonValue() }),
      fc.string(),
      fc.jsonValue(),
    );
    const allowed: Record<string, readonly unknown[]> = {
      production: [1, 2, 3],
      staging: [1, 2, 3],
      dev: [2, 3, 4, "working"],
      latest: [4],
    };
    await fc.assert(
      fc.asyncProperty(document, fc.string(), async (value, key) => {
        const live = await after([value]);
        for (const [alias, versions] of Object.entries(allowed))
          expect(versions).toContain(live.load("greet", alias).version);
        expect([1, 2, 3]).toContain(live.load("team/half", "production", { key }).version);
      }),
      { seed: 1, numRuns: 1_000 },
    );
  });
});

describe("a value that JSON does not have", () => {
  const date = new Date();
  class Row {
    production = "v3";
  }
  it.each<[what: string, value: unknown, message: string]>([
    ["a response", new Response("{}"), "the function returned a Response: return its text: await response.text()"],
    ["a blob", new Blob(["{}"]), "the function returned a Blob: return its text: await blob.text()"],
    ["a map", new Map([["greet", {}]]), "the function returned a Map: return Object.fromEntries(map)"],
    ["a buffer", new ArrayBuffer(2), "the function returned an ArrayBuffer: return new Uint8Array(buffer)"],
    ["other bytes", new DataView(new ArrayBuffer(2)), "a DataView: return text, a Uint8Array or a plain object"],
    ["an error as a member", { greet: new RangeError("no") }, "greet is a RangeError: return text, a Uint8Array"],
    ["a boxed text", Object("{}"), "the function returned a String: return text, a Uint8Array or a plain object"],
    ["an object of a class", new Row(), "the function returned a Row: return text"],
    ["an object of a class without a name", new (class {})(), "the function returned an object of a class: return"],
    ["a namespace", Math, "the function returned an Object: return text"],
    ["a function", () => ({}), "the function returned a function"],
    ["a symbol", Symbol("x"), "the function returned a symbol"],
    ["a member that is undefined", { greet: { production: undefined } }, "greet.production is undefined: leave it out"],
    ["a promise as a member", { greet: Promise.resolve({}) }, "greet is a Promise: await it"],
    ["a function as a member", { greet: {}, toJSON: () => ({}) }, "toJSON is a function"],
    ["an object of a class as a member", { greet: new Row() }, "greet is a Row: return text"],
    ["a date in a list", { greet: [1, date] }, "greet.1 is a Date: return text"],
    ["a list with a hole", { greet: new Array(1) }, "greet.0 is undefined"],
    [
      "a getter that fails",
      {
        get greet() {
          throw new Error("no row");
        },
      },
      "no row",
    ],
  ])("is refused, and aliases stay: %s", async (_, value, message) => {
    const live = await after([{ greet: { production: "v3" } }, value]);
    expect(live.state.lastError).toMatchObject({ code: "malformed", message: expect.stringContaining(message) });
    expect(live.load("greet", "production").version).toBe(3);
  });

  it.each<[what: string, value: unknown]>([
    ["a plain object of another realm", runInNewContext('({ greet: { production: "v3" } })')],
    ["an object without a prototype", Object.assign(Object.create(null), { greet: { production: "v3" } })],
    ["bytes", new TextEncoder().encode('{"greet":{"production":"v3"}}')],
  ])("is none of these: %s", async (_, value) => {
    expect((await after([value])).load("greet", "production").version).toBe(3);
  });
});

describe("a large document", () => {
  it("is read once, whatever it contains", () => {
    const string = `"${"\\u0061".repeat(20_000)}"`;
    const cpuOf = (text: string) => {
      const start = process.cpuUsage();
      for (let round = 0; round < 3; round++) expect(() => parseStrictJson(text)).toThrow();
      const { user, system } = process.cpuUsage(start);
      return user + system;
    };
    cpuOf(`${string}:`); // compiles the code
    expect(cpuOf(string + ":".repeat(2_000))).toBeLessThan(50 * cpuOf(`${string}:`));
  });
});

describe("the sequence", () => {
  it.each<[what: string, answers: readonly unknown[], version: number, error?: string]>([
    ["that grows is accepted", [pointers("v3", 1), pointers("v1", 2)], 1],
    [
      "that is lower is older",
      [pointers("v3", 7), pointers("v1", 6)],
      3,
      "the document has sequence 6, but at least 7 is required",
    ],
    [
      "that is missing is older",
      [pointers("v3", 7), pointers("v1")],
      3,
      "the document has no sequence, but at least 7 is required",
    ],
    [
      "that is the same for another document",
      [pointers("v3", 7), pointers("v1", 7)],
      3,
      "a different document with sequence 7 was already accepted; increase sequence",
    ],
    ["that is the same for the same document", [pointers("v3", 7), pointers("v3", 7)], 3],
    ["may start at any document", [pointers("v3"), pointers("v1", 0)], 1],
  ])("%s", async (_, answers, version, error) => {
    const live = await after(answers);
    expect(live.load("greet", "production").version).toBe(version);
    const { lastError } = live.state;
    if (error === undefined) expect(lastError).toBeUndefined();
    else expect(lastError).toMatchObject({ code: "older", message: expect.stringContaining(error) });
  });

  it("can be demanded from the start", async () => {
    const live = await after([pointers("v3", 8), pointers("v3"), pointers("v1", 9)], { minSequence: 9 });
    expect([live.load("greet", "production").version, live.state.sequence]).toEqual([1, 9]);
    for (const [sequence, has] of [
      [8, "sequence 8"],
      [undefined, "no sequence"],
    ] as const)
      expect((await after([pointers("v3", sequence)], { minSequence: 9 })).state.lastError).toMatchObject({
        code: "older",
        message: `the document has ${has}, but at least 9 is required`,
      });
  });
});
