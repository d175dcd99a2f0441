// Emitted types and validators accept the same values: random schemas and values, judged by TypeScript and by the validator.

import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import ts from "typescript";
import { expect, it, vi } from "vitest";
import type { JsonSchema } from "../model.js";
import { ValidatorCompiler } from "../schema/compile-validator.js";
import { declareType, emitType } from "./type-of-schema.js";

// One program checks all cases; on a slow machine that takes a while.
vi.setConfig({ testTimeout: 180_000 });

const SEED = 1;
const SCHEMAS = 120;

const VALUES: readonly unknown[] = [
  ...["p", "", 1, true, null, [], {}, ["p"], ["p", 1], [1, "p"], ["p", 1, true], [null], { a: "p" }, { a: 1 }],
  ...[{ a: null }, { b: 1 }, { a: "p", b: 1 }, { a: 1, b: "p" }, { a: { a: "p" } }, { a: ["p"] }, { a: {}, b: null }],
];

const scalar = fc.constantFrom<JsonSchema>(
  { type: "string" },
  { type: "integer" },
  { type: "boolean" },
  { type: "null" },
  { type: ["string", "null"] },
  { type: "string", nullable: true },
  { type: ["number", "boolean"], nullable: true },
  { enum: ["p", 1, null] },
  { type: "string", enum: ["p", 1] },
  { type: "string", nullable: true, enum: ["p", null] },
  { const: "p" },
  { type: ["string", "null"], const: 1 },
  { $ref: "#/$defs/shared" },
  { "x-order": 1, type: "string" },
  { type: "string", untrusted: true },
);

/** Schemas that a type can describe exactly, or can only include (with `bounded`). */
const schemaOf = (bounded: boolean): fc.Arbitrary<JsonSchema> =>
  fc
    .letrec<{ schema: JsonSchema; object: JsonSchema }>((tie) => ({
      object: fc
        .record({ a: tie("schema"), b: tie("schema") }, { requiredKeys: [] })
        .chain((properties) =>
          fc.tuple(
            fc.constant(properties),
            // If all members are optional, TypeScript wants at least one of them, which JSON Schema does not.
            fc.subarray(Object.keys(properties), { minLength: Math.min(1, Object.keys(properties).length) }),
            fc.constantFrom({ type: "object" }, {}, { type: ["object", "string"] }, { type: "object", nullable: true }),
            bounded
              ? fc.constantFrom({}, { additionalProperties: true }, { additionalProperties: { type: "integer" } })
              : fc.constant({}),
          ),
        )
        .map(([properties, required, type, rest]) => ({ ...type, properties, required, ...rest })),
      schema: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        { weight: 3, arbitrary: scalar },
        { weight: 2, arbitrary: tie("object") },
        tie("schema").map((items) => ({ type: "array", items })),
        fc.array(tie("schema"), { minLength: 1, maxLength: 2 }).chain((prefixItems) =>
          fc
            .record(
              { minItems: fc.nat(prefixItems.length + 1), items: fc.oneof(fc.boolean(), scalar) },
              { requiredKeys: [] },
            )
            .map((rest) => ({
              type: "array",
              prefixItems,
              ...rest,
            })),
        ),
        tie("schema").map((additionalProperties) => ({ type: "object", additionalProperties })),
        tie("schema").map((any) => ({ type: "object", patternProperties: { "": any }, additionalProperties: false })),
        fc.tuple(scalar, tie("schema")).map((anyOf) => ({ anyOf })),
        ...(bounded
          ? [
              fc.tuple(tie("schema"), tie("object")).map((oneOf) => ({ oneOf })),
              fc.tuple(tie("object"), tie("object")).map((allOf) => ({ allOf })),
              fc
                .tuple(tie("object"), tie("object"))
                .map(([own, part]) => ({ ...own, anyOf: [part, { required: ["b"] }] })),
              fc.tuple(tie("object"), scalar).map(([own, other]) => ({ ...own, not: other })),
              tie("object").map((own) => ({ $ref: "#/$defs/shared", ...own, type: ["object", "string"] })),
              fc.constantFrom<JsonSchema>(
                { const: { a: 1 } },
                { type: "string", minLength: 1 },
                { minimum: 1 },
                { type: "array", contains: { type: "string" }, maxItems: 2 },
                {
                  type: "object",
                  patternProperties: { "^a": { type: "string" } },
                  additionalProperties: { type: "integer" },
                },
                { type: "object", properties: { b: {} }, patternProperties: { "^a": { type: "string" } } },
                // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
                { if: { type: "string" }, then: { const: "p" }, else: { required: ["a"] } },
                { type: "object", minProperties: 1, propertyNames: { maxLength: 1 }, dependentRequired: { a: ["b"] } },
                { type: "object", maxProperties: 1, dependentSchemas: { a: { required: ["b"] } } },
                { type: "object", dependencies: { a: ["b"], b: { required: ["a"] } } },
                { type: "object", properties: { a: {} }, unevaluatedProperties: false },
                { allOf: [{ properties: { a: { type: "string" } } }], unevaluatedProperties: { type: "integer" } },
                { type: "array", prefixItems: [{ type: "string" }], unevaluatedItems: false },
                {
                  type: "array",
                  prefixItems: [{ type: "string" }],
                  unevaluatedItems: { type: "integer" },
                  minItems: 2,
                },
                { type: "array", contains: { type: "string" }, minContains: 1, maxContains: 1, uniqueItems: true },
                { type: "array", contains: { type: "string" }, minContains: 0, maxContains: 1 },
                { type: "number", maximum: 1, exclusiveMinimum: 0, exclusiveMaximum: 2, multipleOf: 0.5 },
                { type: "string", maxLength: 1, pattern: "^p", format: "email" },
                { type: "string", contentEncoding: "base64", contentMediaType: "text/plain", contentSchema: {} },
                { definitions: { one: { type: ["string", "integer"] } }, allOf: [{ $ref: "#/$defs/shared" }] },
                {
                  $comment: "c",
                  title: "t",
                  description: "d",
                  default: 1,
                  deprecated: true,
                  readOnly: true,
                  writeOnly: true,
                },
                { type: "object", properties: { a: { type: ["string", "object"] } }, untrusted: true },
                { examples: [1], $vocabulary: {}, $id: "https://example.com/one" },
              ),
            ]
          : []),
      ),
    }))
    .schema.map((schema) => ({ ...schema, $defs: { shared: { type: "string" } } }));

interface Case {
  readonly schema: JsonSchema;
  readonly value: unknown;
  readonly isAccepted: boolean;
  readonly compiles: boolean;
}

/** Which values the validator accepts, and which of them TypeScript takes for the emitted type. */
function judge(schemas: readonly JsonSchema[]): Case[] {
  const validators = new ValidatorCompiler();
  const cases: Omit<Case, "compiles">[] = [];
  const lines: string[] = [];
  const declarations = schemas.map((schema, index) => {
    const result = validators.compile(schema);
    if (result.kind === "invalid") throw new Error(`${JSON.stringify(schema)}: ${result.problem}`);
    for (const value of VALUES) {
      const isAccepted = result.validator.validate(structuredClone(value)).length === 0;
      cases.push({ schema, value, isAccepted });
      // Not assigned directly: TypeScript refuses further members of a literal, which JSON Schema allows.
      const literal = `${JSON.stringify(value)}${value === null ? "" : " as const"}`;
      lines.push(`{ const value = ${literal}; const typed: T${index} = value; }`);
    }
    return declareType(`T${index}`, emitType(schema, { direction: "input" }));
  });
  declarations.push('type MaybeUntrusted<T> = T | { readonly "~untrusted": T };\n');
  const source = `${declarations.join("")}${lines.join("\n")}\n`;
  const first = declarations.join("").split("\n").length - 1;
  const failed = new Set(linesWithErrors(source).map((line) => line - first));
  return cases.map((one, index) => ({ ...one, compiles: !failed.has(index) }));
}

function linesWithErrors(source: string): number[] {
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
  };
  const host = ts.createCompilerHost(options);
  const file = ts.createSourceFile("cases.ts", source, ts.ScriptTarget.ES2022);
  const { getSourceFile } = host;
  host.getSourceFile = (name, ...rest) => (name === "cases.ts" ? file : getSourceFile.call(host, name, ...rest));
  const program = ts.createProgram(["cases.ts"], options, host);
  return program.getSemanticDiagnostics(file).map(({ start = 0 }) => file.getLineAndCharacterOfPosition(start).line);
}

/** Keywords that {@link ValidatorCompiler} is not given: they are refused before. */
const REFUSED = ["$async", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor", "id"];

it("are compared for every keyword that the validator knows", () => {
  const known = Object.keys(new Ajv2020().RULES.keywords).filter((keyword) => !REFUSED.includes(keyword));
  const written = JSON.stringify(fc.sample(schemaOf(true), { seed: SEED, numRuns: 10 * SCHEMAS }));
  expect(known.filter((keyword) => keyword !== "$schema" && !written.includes(`"${keyword}":`))).toEqual([]);
});

it("accept the same values", () => {
  const exact = fc.sample(schemaOf(false), { seed: SEED, numRuns: SCHEMAS });
  const bounded = fc.sample(schemaOf(true), { seed: SEED, numRuns: SCHEMAS });
  const cases = judge([...exact, ...bounded]);
  const show = ({ schema, value }: Case) => `${JSON.stringify(value)} of ${JSON.stringify(schema)}`;
  expect(cases.filter(({ isAccepted, compiles }) => isAccepted && !compiles).map(show)).toEqual([]);
  const ofExact = cases.slice(0, exact.length * VALUES.length);
  expect(ofExact.filter(({ isAccepted, compiles }) => !isAccepted && compiles).map(show)).toEqual([]);
});
