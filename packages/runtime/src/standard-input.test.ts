// A prompt's input as a Standard Schema, on prompts made by hand.

import { describe, expect, it } from "vitest";
import { PromptInputError } from "./errors.js";
import { compiledInputValidator, plainInputValidator } from "./input.js";
import type { JsonSchema } from "./json-schema.js";
import { textPrompt } from "./prompt.js";
import type { StandardInput } from "./standard-types.js";

interface Prompt {
  readonly input: StandardInput<unknown>;
  readonly format: (input?: unknown) => string;
  readonly partial: (values: object) => Prompt;
}

const SCHEMA: JsonSchema = {
  type: "object",
  properties: {
    "user.name": { type: "string", description: "who asks" },
    tone: { type: ["string", "null"], enum: ["calm", null] },
    rows: { type: "array", items: { type: "object", properties: { "a.b": { type: "integer" } }, required: ["a.b"] } },
    region: { type: "string" },
  },
  required: ["user.name", "region"],
};

function prompt(schema: JsonSchema = SCHEMA, defaults?: Record<string, unknown>): Prompt {
  const metadata = () => ({
    uri: "prompts:/p/1",
    get inputSchema() {
      return structuredClone(schema);
    },
  });
  return textPrompt(metadata, {
    render: (_, __, input) => JSON.stringify(input),
    isPolluted: () => false,
    input: plainInputValidator,
    ...(defaults === undefined ? {} : { defaults }),
  }) as Prompt;
}

const standard = (of: Prompt) => of.input["~standard"];
const schemaOf = (schema: JsonSchema, target = "draft-2020-12") =>
  standard(prompt(schema)).jsonSchema.input({ target });

describe("validate", () => {
  const valid = { "user.name": "Ada", region: "eu", rows: [{ "a.b": 1 }], more: true };

  it.each<[unknown, { message: string; path: (string | number)[] }[]]>([
    [valid, []],
    [
      { "user.name": 3, rows: [{ "a.b": 1 }, { "a.b": "x" }, {}], regoin: "eu" },
      [
        {
          message: 'expected a string, got nothing; "regoin" was given: did you mean "region"?',
          path: ["region"],
        },
        { message: "expected a string, got a number (3)", path: ["user.name"] },
        { message: 'expected an integer, got a string ("x")', path: ["rows", 1, "a.b"] },
        { message: "expected an integer, got nothing", path: ["rows", 2, "a.b"] },
      ],
    ],
    [
      undefined,
      [
        { message: "expected a string, got nothing", path: ["user.name"] },
        { message: "expected a string, got nothing", path: ["region"] },
      ],
    ],
    [null, [{ message: "expected an object, got null", path: [] }]],
    [[valid], [{ message: "expected an object, got an array of 1", path: [] }]],
    ["text", [{ message: 'expected an object, got a string ("text")', path: [] }]],
  ])("%j has the issues that format finds", (input, issues) => {
    const result = standard(prompt()).validate(input);
    expect(result.issues ?? []).toEqual(issues);
    if (result.issues === undefined) expect(prompt().format(input)).toBe(JSON.stringify(result.value));
    else
      try {
        prompt().format(input);
        expect.unreachable();
      } catch (error) {
        expect(error).toBeInstanceOf(PromptInputError);
        expect((error as PromptInputError).issues).toHaveLength(issues.length);
      }
  });

  it("fills in defaults and what partial() was given, and leaves the input as it is", () => {
    const input = { "user.name": "Ada" };
    expect(standard(prompt(SCHEMA, { region: "eu" })).validate(input)).toEqual({
      value: { "user.name": "Ada", region: "eu" },
    });
    expect(
      standard(prompt(SCHEMA, { region: "eu" }).partial({ "user.name": "Bo" })).validate({ region: undefined }),
    ).toEqual({
      value: { "user.name": "Bo", region: "eu" },
    });
    expect(input).toEqual({ "user.name": "Ada" });
  });

  it.each(['{"role":"admin"}', "null", "[]", "5"])("never takes a prototype from the input: %s", (value) => {
    const closed = { ...SCHEMA, additionalProperties: false, required: [] };
    const input = JSON.parse(`{"user.name":"Ada","__proto__":${value}}`);
    const filled = { region: "eu" };
    for (const [made, given] of [
      [prompt(closed), input],
      [prompt(closed, filled), input],
      [prompt(closed).partial(filled), input],
      [prompt(closed).partial(input), {}],
      [prompt(closed, filled).partial(input).partial(filled), {}],
    ] as const)
      expect(standard(made).validate(given).issues).toMatchObject([{ path: ["__proto__"] }]);
    const result = standard(prompt({ ...closed, additionalProperties: true }, filled)).validate(input);
    if (result.issues !== undefined) return expect.unreachable();
    expect(Object.getPrototypeOf(result.value)).toBe(Object.prototype);
    expect(Object.keys(result.value as object).sort()).toEqual(["__proto__", "region", "user.name"]);
  });

  it.each<[schema: JsonSchema, input: object, path: string[]]>([
    [{ allOf: [{ properties: { a: { type: "integer", private: true } } }] }, { a: "SECRET" }, ["a"]],
    [{ patternProperties: { "^S": { type: "integer", private: true } } }, { SECRET: "SECRET" }, ["*"]],
    [{ additionalProperties: { type: "integer" }, properties: { a: { private: true } } }, { SECRET: "SECRET" }, ["*"]],
    [
      { properties: { a: { private: true, additionalProperties: { type: "integer" } } } },
      { a: { SECRET: 0.5 } },
      ["a", "*"],
    ],
    [
      { properties: { a: { private: true, properties: { b: { additionalProperties: { type: "integer" } } } } } },
      { a: { b: { SECRET: "SECRET" } } },
      ["a", "b", "*"],
    ],
    [
      { properties: { a: { private: true, properties: { SECRETS: {} }, required: ["SECRETS"] } } },
      { a: { SECRET: 1 } },
      ["a", "SECRETS"],
    ],
    [
      { properties: { a: { private: true, properties: {}, additionalProperties: false } } },
      { a: { SECRET: "SECRET" } },
      ["a", "*"],
    ],
  ])("shows nothing of private values: %j", (schema, input, path) => {
    const isPlain = Object.hasOwn(schema, "properties");
    const wrong = [{ keyword: "type", instancePath: `/${Object.keys(input)[0]}`, params: { type: "integer" } }];
    const variables = isPlain ? { privateVariables: ["a"] } : {};
    const made = textPrompt(() => ({ uri: "prompts:/p/1", inputSchema: schema, ...variables }), {
      render: () => "",
      isPolluted: () => false,
      input: isPlain ? plainInputValidator : compiledInputValidator,
      makeInputCheck: () => Object.assign(() => false, { errors: wrong }),
    }) as Prompt;
    const { issues = [] } = standard(made).validate(input);
    expect(issues.map((issue) => issue.path)).toEqual([path]);
    const shown = (text: string) => text.replaceAll("SECRETS", "");
    expect(shown(JSON.stringify(issues))).not.toContain("SECRET");
    expect(() => made.format(input)).toThrow(/not valid/);
    expect(() => made.format(input)).not.toThrow(/SECRET(?!S)/);
  });

  it.each([[], [undefined], [null], [{}], [5]])("has a default target: %j", (...options) => {
    const { input, output } = standard(prompt()).jsonSchema;
    for (const schema of [input, output])
      expect(schema(...(options as [never]))).toEqual(schema({ target: "draft-2020-12" }));
    for (const target of [null, 5, Symbol("x"), {}, "__proto__"])
      expect(() => input({ target } as never)).toThrow(RangeError);
  });

  it("does not throw for values that cannot be read", () => {
    const unreadable = (...path: string[]) => ({
      issues: [{ message: "expected a value that can be read, got an exception (Error: no)", path }],
    });
    const { validate } = standard(prompt());
    const throwing = (): never => {
      throw new Error("no");
    };
    expect(
      validate({
        region: "eu",
        get "user.name"() {
          return throwing();
        },
      }),
    ).toEqual(unreadable("user.name"));
    expect(
      validate(
        new Proxy(
          {},
          { ownKeys: throwing, get: throwing, getOwnPropertyDescriptor: throwing, getPrototypeOf: throwing },
        ),
      ),
    ).toEqual(unreadable());
  });
});

describe("jsonSchema", () => {
  it("says what callers pass, and what there is after the defaults", () => {
    const { jsonSchema } = standard(prompt(SCHEMA, { region: "eu", other: 1 }).partial({ tone: "calm" }));
    const target = "draft-2020-12";
    const { required: _, ...rest } = SCHEMA;
    const $schema = "https://json-schema.org/draft/2020-12/schema";
    expect(jsonSchema.input({ target })).toEqual({ $schema, ...rest, required: ["user.name"] });
    expect(jsonSchema.output({ target })).toEqual({ $schema, ...rest, required: ["user.name", "region", "tone"] });
  });

  it.each<[JsonSchema, JsonSchema, string?]>([
    [
      { properties: { untrusted: { type: "string", untrusted: true } } },
      { properties: { untrusted: { type: "string" } } },
    ],
    [{ type: "string", nullable: true }, { type: ["string", "null"] }],
    [
      { enum: [{ untrusted: true }], "x-a": { untrusted: 1 } },
      { enum: [{ untrusted: true }], "x-a": { untrusted: 1 } },
    ],
    [
      { prefixItems: [{ type: "string" }, { $ref: "#/$defs/a" }], items: false, $defs: { a: { prefixItems: [true] } } },
      {
        items: [{ type: "string" }, { allOf: [{ $ref: "#/definitions/a" }] }],
        additionalItems: false,
        definitions: { a: { items: [true] } },
      },
      "draft-07",
    ],
    [
      {
        properties: { items: { $ref: "#/$defs/a", minLength: 1, allOf: [{}] } },
        definitions: { b: {} },
        $defs: { a: {} },
      },
      {
        properties: { items: { minLength: 1, allOf: [{}, { $ref: "#/definitions/a" }] } },
        definitions: { b: {}, a: {} },
      },
      "draft-07",
    ],
    [
      { dependentRequired: { a: ["b"] }, dependentSchemas: { c: { prefixItems: [{}] } } },
      { dependencies: { a: ["b"], c: { items: [{}] } } },
      "draft-07",
    ],
  ])("%j is %j", (schema, expected, target = "draft-2020-12") => {
    const $schema =
      target === "draft-07"
        ? "http://json-schema.org/draft-07/schema#"
        : "https://json-schema.org/draft/2020-12/schema";
    expect(schemaOf(schema, target)).toEqual({ $schema, ...expected });
  });

  it("throws for what a target cannot express, and for other targets", () => {
    expect(() => schemaOf({ properties: { a: { unevaluatedItems: false } } }, "draft-07")).toThrow(
      new RangeError('draft-07 has no "unevaluatedItems"'),
    );
    for (const target of ["openapi-3.0", "constructor"])
      expect(() => schemaOf({}, target)).toThrow(
        new RangeError(`unknown target "${target}": use draft-2020-12 or draft-07`),
      );
  });

  it("makes a new schema each time, and the prompt stays frozen", () => {
    const { input } = prompt();
    const schema = input["~standard"].jsonSchema.input({ target: "draft-07" });
    schema["type"] = "string";
    expect(input["~standard"].jsonSchema.input({ target: "draft-07" })["type"]).toBe("object");
    expect(input["~standard"]).toBe(input["~standard"]);
    expect(
      Object.isFrozen(input) && Object.isFrozen(input["~standard"]) && Object.isFrozen(input["~standard"].jsonSchema),
    ).toBe(true);
    expect(JSON.stringify({ input })).toBe("{}");
    expect(input["~standard"]).toMatchObject({ version: 1, vendor: "cuecard" });
  });
});
