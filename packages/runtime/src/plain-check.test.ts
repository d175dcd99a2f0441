// Issues for values that do not match a plain schema. A test in build compares the results with Ajv's.

import { describe, expect, it, vi } from "vitest";
import { plainCheck } from "./plain-check.js";

// Random cases take longer on a slow machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const USER = { type: "object", properties: { name: { type: "string" }, age: { type: "integer" } }, required: ["name"] };
const SCHEMA = {
  type: "object",
  properties: {
    query: { type: "string" },
    tone: { enum: ["calm", "brisk", null] },
    user: USER,
    team: { type: ["array", "null"], items: USER },
    closed: { type: "object", properties: { ok: { type: "boolean" } }, additionalProperties: false },
    prices: {
      type: "object",
      properties: { usual: {} },
      required: ["usual", "special"],
      additionalProperties: { type: "number" },
    },
  },
  required: ["query"],
};
const check = plainCheck(SCHEMA);

const FIT = { query: "q" };

describe("plainCheck", () => {
  it.each([
    [FIT],
    [{ query: "q", more: 1, tone: null, user: { name: "Ada", age: 36 }, team: null, closed: {} }],
    [{ query: "q", team: [{ name: "Ada" }], prices: { usual: "any", special: 1.5 }, tone: undefined }],
  ])("finds nothing wrong with %j", (value) => {
    expect(check(value)).toEqual([]);
  });

  it.each([
    [undefined, "", "an object", "nothing"],
    [null, "", "an object", "null"],
    ["text", "", "an object", 'a string ("text")'],
    [[1], "", "an object", "an array of 1"],
    [{}, "query", "a string", "nothing"],
    [{ query: 3 }, "query", "a string", "a number (3)"],
    [{ query: () => 1 }, "query", "a string", "a function"],
    [{ query: Symbol("s") }, "query", "a string", "a symbol (Symbol(s))"],
    [{ ...FIT, tone: "loud" }, "tone", 'one of "calm", "brisk", null', 'a string ("loud")'],
    [{ ...FIT, user: {} }, "user.name", "a string", "nothing"],
    [{ ...FIT, user: { name: "Ada", age: 1.5 } }, "user.age", "an integer", "a number (1.5)"],
    [{ ...FIT, user: { name: "Ada", age: Number.NaN } }, "user.age", "an integer", "a number (NaN)"],
    [{ ...FIT, team: {} }, "team", "an array or null", "an object"],
    [{ ...FIT, team: [{ name: "Ada" }, {}] }, "team[1].name", "a string", "nothing"],
    [{ ...FIT, team: [3] }, "team[0]", "an object", "a number (3)"],
    [{ ...FIT, closed: { ok: true, other: 1 } }, "closed.other", "no such property", "a number (1)"],
    [{ ...FIT, prices: { special: 1 } }, "prices.usual", "a value", "nothing"],
    [{ ...FIT, prices: { usual: 1 } }, "prices.special", "a number", "nothing"],
    [{ ...FIT, prices: { usual: 1, special: 1, x: "1" } }, "prices.x", "a number", 'a string ("1")'],
  ])("%j: %s should be %s", (value, path, expected, actual) => {
    expect(check(value)).toEqual([{ path, expected, actual }]);
  });

  it("reports every issue, in the order of the schema", () => {
    const value = { user: { age: "36" }, team: [{ name: 1 }, { name: 2 }], tone: 1 };
    expect(check(value).map(({ path }) => path)).toEqual([
      "query",
      "tone",
      "user.name",
      "user.age",
      "team[0].name",
      "team[1].name",
    ]);
  });

  it.each([
    [{ qurey: "x" }, "qurey"],
    [{ ...FIT, user: { naem: "x" } }, "user.naem"],
    [{ ...FIT, team: [{ Name: "x" }] }, "team[0].Name"],
  ])("names what was given under a near name: %j", (value, given) => {
    expect(check(value)).toMatchObject([{ actual: "nothing", given }]);
  });

  it("never suggests that a name in the schema is a misspelling", () => {
    const schema = { properties: { query: {}, query2: {} }, required: ["query"] };
    expect(plainCheck(schema)({ query2: "x" })).toEqual([{ path: "query", expected: "a value", actual: "nothing" }]);
  });

  it("asks for own members, whatever objects inherit", () => {
    const schema = { properties: { constructor: { type: "string" } }, required: ["constructor", "toString"] };
    expect(plainCheck(schema)({}).map(({ path }) => path)).toEqual(["constructor", "toString"]);
    expect(check(Object.create(FIT))).toMatchObject([{ path: "query", actual: "nothing" }]);
  });
});
