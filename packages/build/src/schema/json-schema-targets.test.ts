// The JSON Schema of a prompt's input in older dialects: random schemas allow the same values, judged by Ajv.

import { plainInputValidator, type StandardInput, textPrompt } from "@cuecard/runtime";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { sample, schemaPair } from "../../test/arbitrary-schema.js";
import type { JsonSchema } from "../model.js";

// Ajv compiles three schemas a run.
vi.setConfig({ testTimeout: 60_000 });

const OPTIONS = { strict: false, validateFormats: false, code: { optimize: false } };

function targets(schema: JsonSchema): StandardInput<unknown>["~standard"]["jsonSchema"] {
  const metadata = () => ({ uri: "prompts:/p/1", inputSchema: structuredClone(schema) });
  const template = { render: () => "", isPolluted: () => false, input: plainInputValidator };
  return (textPrompt(metadata, template) as { input: StandardInput<unknown> }).input["~standard"].jsonSchema;
}

it("allows the same values", () => {
  fc.assert(
    fc.property(schemaPair, fc.infiniteStream(fc.nat(1_000_000)), ([before, after], numbers) => {
      const pick = (below: number) => numbers.next().value % below;
      const schema: JsonSchema = {
        ...before,
        properties: {
          ...before.properties,
          pair: { prefixItems: [{ $ref: "#/$defs/shared" }], items: after.properties?.["a"] ?? false },
          both: { $ref: "#/$defs/shared", minLength: 2, untrusted: true },
          needs: { dependentRequired: { a: ["b"] }, dependentSchemas: { b: { required: ["c"] } } },
        },
      };
      const { input } = targets(schema);
      const own = new Ajv2020(OPTIONS).compile(schema);
      const checks = [
        new Ajv2020(OPTIONS).compile(input({ target: "draft-2020-12" })),
        new Ajv(OPTIONS).compile(input({ target: "draft-07" })),
      ];
      for (let round = 0; round < 8; round++) {
        const value = round === 0 ? sample(schema, pick) : { ...(sample(schema, pick) as object), ...further(pick) };
        const isValid = own(value);
        for (const check of checks) expect(check(value), JSON.stringify({ schema, value })).toBe(isValid);
      }
    }),
    { seed: 1, numRuns: 60 },
  );
});

/** Values for the keywords that differ between dialects, right or wrong. */
function further(pick: (below: number) => number): object {
  const values = [
    ["p"],
    ["p", "q"],
    ["p", 1, null],
    [1],
    "p",
    "pp",
    "x",
    { a: 1 },
    { a: 1, b: 2 },
    { b: 1, c: 1 },
    null,
  ];
  const any = () => values[pick(values.length)];
  return { pair: any(), both: any(), needs: any() };
}
