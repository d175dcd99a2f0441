// Issues from the errors of Ajv's validators. The errors in this file are written by hand in Ajv's format; the tests of build
// run real validators.

import { describe, expect, it } from "vitest";
import { ajvCheck, type Validator } from "./ajv-check.js";

type Findings = NonNullable<Validator["errors"]>;

const error = (keyword: string, instancePath: string, params: Record<string, unknown>) => ({
  keyword,
  instancePath,
  params,
});

const USER = { type: "object", properties: { name: { type: "string" }, role: { enum: ["admin", "guest"] } } };
const SCHEMA = {
  properties: {
    query: { type: "string" },
    user: { $ref: "#/$defs/user" },
    team: { type: "array", items: { $ref: "#/$defs/user" } },
    either: { anyOf: [{ type: "array", items: USER }, { properties: { name: { type: ["number", "null"] } } }] },
    pair: { prefixItems: [USER, { type: "object" }] },
    tree: { properties: { child: { $ref: "#/properties/tree" }, leaf: { type: "boolean" } } },
  },
  $defs: { user: USER },
};

function issuesOf(findings: Findings, input: object) {
  return ajvCheck(() => Object.assign(() => findings.length === 0, { errors: findings }), SCHEMA)(input);
}

describe("ajvCheck", () => {
  it("finds nothing wrong with a value that fits", () => {
    expect(ajvCheck(() => () => true, SCHEMA)({ a: 1 })).toEqual([]);
  });

  it("makes the validator once", () => {
    let made = 0;
    const check = ajvCheck(() => {
      made++;
      return () => true;
    }, SCHEMA);
    check({});
    check({});
    expect(made).toBe(1);
  });

  it("joins what several branches expect of one place", () => {
    const findings = [
      error("type", "/items", { type: "array" }),
      error("type", "/items", { type: "object" }),
      error("anyOf", "/items", {}),
    ];
    expect(issuesOf(findings, { items: 3 })).toEqual([
      { path: "items", expected: "an array or an object", actual: "a number (3)" },
    ]);
  });

  it("reports only the union branch that a value is meant for", () => {
    const findings = [
      error("type", "/either/0/name", { type: "string" }),
      error("type", "/either", { type: "object" }),
      error("anyOf", "/either", {}),
    ];
    expect(issuesOf(findings, { either: [{ name: 1 }] })).toEqual([
      { path: "either[0].name", expected: "a string", actual: "a number (1)" },
    ]);
  });

  it("names each alternative once", () => {
    const types = ["string", "number"];
    const findings = [
      error("type", "/v", { type: types }),
      error("type", "/v", { type: "number" }),
      error("type", "/v", { type: [...types].reverse() }),
      error("type", "/v", { type: ["number", "null"] }),
      error("enum", "/v", { allowedValues: ["a or b", "c"] }),
      error("enum", "/v", { allowedValues: ["a or b", "c"] }),
    ];
    const expected = 'a string or a number or null or one of "a or b", "c"';
    expect(issuesOf(findings, { v: true })).toEqual([{ path: "v", expected, actual: "a boolean (true)" }]);
  });

  it("does not take a member for being inside another of a longer name", () => {
    const findings = [error("type", "/a", { type: "string" }), error("type", "/ab/c", { type: "string" })];
    expect(issuesOf(findings, { a: 1, ab: { c: 1 } }).map(({ path }) => path)).toEqual(["a", "ab.c"]);
  });

  it("keeps a summary that nothing else explains", () => {
    expect(issuesOf([error("oneOf", "/a", { passingSchemas: [0, 1] })], { a: 3 })).toEqual([
      { path: "a", expected: 'a value that passes "oneOf"', actual: "a number (3)" },
    ]);
  });

  it.each([
    ["at the top", "", "query", {}, "query", "a string"],
    ["behind a reference", "/user", "name", { user: {} }, "user.name", "a string"],
    ["of a choice", "/user", "role", { user: {} }, "user.role", 'one of "admin", "guest"'],
    ["in a list", "/team/1", "name", { team: [{}, {}] }, "team[1].name", "a string"],
    ["at a place in a list", "/pair/0", "name", { pair: [{}] }, "pair[0].name", "a string"],
    ["in a branch", "/either", "name", { either: {} }, "either.name", "a number or null"],
    [
      "in a schema that refers to itself",
      "/tree/child",
      "leaf",
      { tree: { child: {} } },
      "tree.child.leaf",
      "a boolean",
    ],
    ["that no schema describes", "/user", "age", { user: {} }, "user.age", "a value"],
    ["called as what objects inherit", "", "constructor", {}, "constructor", "a value"],
  ] as const)("says what is missing %s", (_, place, missingProperty, input, path, expected) => {
    expect(issuesOf([error("required", place, { missingProperty })], input)).toEqual([
      { path, expected, actual: "nothing" },
    ]);
  });

  it.each([
    [{ qurey: "x" }, "", "query", "qurey"],
    [{ user: { naem: "x" } }, "/user", "name", "user.naem"],
    [{ team: [{ nmae: "x" }] }, "/team/0", "name", "team[0].nmae"],
  ])("names what was given under a near name: %j", (input, place, missingProperty, given) => {
    expect(issuesOf([error("required", place, { missingProperty })], input)).toMatchObject([{ given }]);
  });

  it("never suggests that a name in the schema is a misspelling", () => {
    const [issue] = issuesOf([error("required", "/user", { missingProperty: "rule" })], { user: { role: "admin" } });
    expect(issue).not.toHaveProperty("given");
  });

  it.each([
    [error("enum", "/a", { allowedValues: ["x", 1] }), 'one of "x", 1'],
    [error("const", "/a", { allowedValue: { b: 1 } }), '{"b":1}'],
    [error("minLength", "/a", { limit: 3 }), 'a value that passes "minLength" (3)'],
    [error("pattern", "/a", { pattern: "^x" }), 'a value that passes "pattern" (^x)'],
    [error("uniqueItems", "/a", { i: 1, j: 0 }), 'a value that passes "uniqueItems"'],
    [error("type", "/a", { type: ["string", "null"] }), "a string or null"],
    [error("additionalProperties", "", { additionalProperty: "a" }), "no such property"],
    [error("unevaluatedProperties", "", { unevaluatedProperty: "a" }), "no such property"],
  ])("says what is expected: %j", (given, expected) => {
    expect(issuesOf([given], { a: "zz" })).toEqual([{ path: "a", expected, actual: 'a string ("zz")' }]);
  });

  it("finds values by escaped keys and in lists, and distinguishes numeric keys from list indexes", () => {
    const findings = [error("type", "/a~1b/0", { type: "number" }), error("type", "/2026/x", { type: "number" })];
    expect(issuesOf(findings, { "a/b": ["x".repeat(100)], 2026: { x: true } })).toEqual([
      { path: "a/b[0]", expected: "a number", actual: expect.stringMatching(/^a string \("x{56}…\)$/) },
      { path: "2026.x", expected: "a number", actual: "a boolean (true)" },
    ]);
  });
});
