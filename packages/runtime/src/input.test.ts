// What a caller is told of a wrong input. The validators here are written by hand as Ajv writes them.

import { describe, expect, it } from "vitest";
import { findIssues, type Validator } from "./input.js";

function finding(...errors: NonNullable<Validator["errors"]>): Validator {
  return Object.assign(() => errors.length === 0, { errors });
}

const error = (keyword: string, instancePath: string, params: Record<string, unknown>) => ({
  keyword,
  instancePath,
  params,
});

const SCHEMA = () => ({ properties: { query: { type: "string" }, user: {} } });

describe("findIssues", () => {
  it("finds nothing wrong with an input that fits", () => {
    expect(findIssues(finding(), { a: 1 }, SCHEMA)).toEqual([]);
  });

  it.each([
    [undefined, "nothing"],
    [null, "null"],
    ["text", 'a string ("text")'],
    [[1], "an array of 1"],
  ])("wants an object, not %j", (input, actual) => {
    expect(findIssues(finding(), input, SCHEMA)).toEqual([
      { path: "", expected: "an object with the prompt's variables", actual },
    ]);
  });

  it("joins what several branches expect of one place", () => {
    const validator = finding(
      error("type", "/items", { type: "array" }),
      error("type", "/items", { type: "object" }),
      error("anyOf", "/items", {}),
    );
    expect(findIssues(validator, { items: 3 }, SCHEMA)).toEqual([
      { path: "items", expected: "an array or an object", actual: "a number (3)" },
    ]);
  });

  it("keeps a summary that nothing else explains", () => {
    expect(findIssues(finding(error("oneOf", "/a", { passingSchemas: [0, 1] })), { a: 3 }, SCHEMA)).toEqual([
      { path: "a", expected: 'a value that passes "oneOf"', actual: "a number (3)" },
    ]);
  });

  it("names what was given under a near name, but never a name that is missing itself", () => {
    const validator = finding(
      error("required", "", { missingProperty: "query" }),
      error("required", "/user", { missingProperty: "name" }),
    );
    expect(findIssues(validator, { qurey: "x", user: {} }, SCHEMA)).toEqual([
      { path: "query", expected: "a string", actual: "nothing", given: "qurey" },
      { path: "user.name", expected: "a value", actual: "nothing" },
    ]);
  });

  it("never takes a variable's own name for a misspelt one", () => {
    const validator = finding(error("required", "", { missingProperty: "query" }));
    const schema = () => ({ properties: { query: { type: "string" }, query2: { type: "string" } } });
    expect(findIssues(validator, { query2: "x" }, schema)).toEqual([
      { path: "query", expected: "a string", actual: "nothing" },
    ]);
  });

  it.each([
    [error("enum", "/a", { allowedValues: ["x", 1] }), 'one of "x", 1'],
    [error("const", "/a", { allowedValue: { b: 1 } }), '{"b":1}'],
    [error("minLength", "/a", { limit: 3 }), 'a value that passes "minLength" (3)'],
    [error("pattern", "/a", { pattern: "^x" }), 'a value that passes "pattern" (^x)'],
    [error("type", "/a", { type: ["string", "null"] }), "a string or null"],
    [error("additionalProperties", "", { additionalProperty: "a" }), "nothing of this name"],
  ])("says what is expected: %j", (given, expected) => {
    expect(findIssues(finding(given), { a: "zz" }, SCHEMA)).toEqual([
      { path: "a", expected, actual: 'a string ("zz")' },
    ]);
  });

  it("finds values behind escaped keys and in lists, and shortens long ones", () => {
    const validator = finding(error("type", "/a~1b/0", { type: "number" }));
    expect(findIssues(validator, { "a/b": ["x".repeat(100)] }, SCHEMA)).toEqual([
      { path: "a/b[0]", expected: "a number", actual: expect.stringMatching(/^a string \("x{56}…\)$/) },
    ]);
  });
});
