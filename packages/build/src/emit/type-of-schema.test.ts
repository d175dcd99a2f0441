// JSON Schema to TypeScript, given and wanted.

import { describe, expect, it } from "vitest";
import type { JsonSchema } from "../model.js";
import { declareType, emitType } from "./type-of-schema.js";

const input = (schema: JsonSchema) => emitType(schema, { direction: "input" }).text;
const object = (properties: Record<string, JsonSchema>, rest: object = {}): JsonSchema => ({
  type: "object",
  properties,
  required: Object.keys(properties),
  ...rest,
});

describe("emitType", () => {
  it.each<[JsonSchema, string]>([
    [{ type: "string" }, "string"],
    [{ type: "integer" }, "number"],
    [{ type: ["string", "null"] }, "string | null"],
    [{}, "unknown"],
    [{ enum: ["a", 'b"', 3, null, true] }, '"a" | "b\\"" | 3 | null | true'],
    [{ const: { a: [1] } }, "{ a: readonly [1] }"],
    [{ type: "array", items: { type: "string" } }, "readonly string[]"],
    [{ type: "array", items: { type: ["string", "number"] } }, "readonly (string | number)[]"],
    [{ type: "array", items: { type: "array", items: { type: "string" } } }, "readonly (readonly string[])[]"],
    [
      { type: "array", items: { anyOf: [object({ a: { type: "string" } }), object({ b: { type: "string" } })] } },
      "readonly ({\n  a: string;\n} | {\n  b: string;\n})[]",
    ],
    [
      { type: "object", properties: { n: { type: "string" } }, required: ["n", "m"] },
      "{\n  n: string;\n  m: unknown;\n}",
    ],
    [{ type: "array" }, "readonly unknown[]"],
    [{ type: "array", prefixItems: [{ type: "string" }], items: false }, "readonly [string?]"],
    [
      { type: "array", prefixItems: [{ type: "string" }, {}], minItems: 1 },
      "readonly [string, unknown?, ...unknown[]]",
    ],
    [{ type: "string", nullable: true }, "string | null"],
    [object({ q: { type: "string", untrusted: true } }), "{\n  q: MaybeUntrusted<string>;\n}"],
    // All that is in an untrusted value is untrusted, but callers write the input itself out.
    [
      object({ d: { type: "array", untrusted: true, items: object({ t: { type: "string" }, o: {} }) } }),
      "{\n  d: MaybeUntrusted<readonly MaybeUntrusted<{\n    t: MaybeUntrusted<string>;\n    o: unknown;\n  }>[]>;\n}",
    ],
    [
      object({ a: { enum: ["x", "y"] }, b: { type: "null" } }, { untrusted: true }),
      '{\n  a: MaybeUntrusted<"x" | "y">;\n  b: MaybeUntrusted<null>;\n}',
    ],
    [object({ q: { type: "string", untrusted: false } }), "{\n  q: string;\n}"],
    // By a schema that applies to the same value.
    [
      object(
        { q: { $ref: "#/$defs/q" }, r: { allOf: [{ $ref: "#/$defs/q" }, { minLength: 1 }] } },
        {
          $defs: { q: { type: "string", untrusted: true } },
        },
      ),
      "{\n  q: MaybeUntrusted<string>;\n  r: MaybeUntrusted<string>;\n}",
    ],
    [
      object({ q: { anyOf: [{ type: "string", untrusted: true }, { type: "number" }] } }),
      "{\n  q: MaybeUntrusted<string> | number;\n}",
    ],
    [
      object({ q: { anyOf: [{ type: "string" }, { type: "number" }], untrusted: true } }),
      "{\n  q: MaybeUntrusted<string | number>;\n}",
    ],
    // A property may have this name.
    [object({ untrusted: { type: "boolean" } }), "{\n  untrusted: boolean;\n}"],
    [
      { type: "object", patternProperties: { "^x": { type: "string" } }, additionalProperties: false },
      "{ [key: string]: string }",
    ],
    [
      object({ a: { type: "string" } }, { additionalProperties: true }),
      "{\n  a: string;\n} & { [key: string]: unknown }",
    ],
    [{ type: ["array", "null"], items: { type: "string" } }, "readonly string[] | null"],
    [{ anyOf: [{ type: "string" }, { type: "number" }] }, "string | number"],
    [
      { allOf: [object({ a: { type: "string" } }), { anyOf: [{ type: "object" }, { type: "null" }] }] },
      "{\n  a: string;\n} & ({ [key: string]: unknown } | null)",
    ],
    [{ type: "object", additionalProperties: { type: "number" } }, "{ [key: string]: number }"],
    [{ type: "object", additionalProperties: false }, "Record<string, never>"],
    [object({ a: { type: "string" }, "b-c": { type: "number" } }), '{\n  a: string;\n  "b-c": number;\n}'],
    [
      { type: "object", properties: { a: { type: "string", description: "what */ it is" } } },
      "{\n  /** what *\\/ it is */\n  a?: string | undefined;\n}",
    ],
    [object({ a: object({ b: { type: "string" } }) }), "{\n  a: {\n    b: string;\n  };\n}"],
    [object({ a: { $ref: "#/$defs/x" } }, { $defs: { x: { type: "number" } } }), "{\n  a: number;\n}"],
  ])("%j", (schema, type) => {
    expect(input(schema)).toBe(type);
  });

  it("declares types that refer to themselves, under names of their own", () => {
    const node = object({
      name: { type: "string" },
      children: { type: "array", items: { $ref: "#/$defs/tree-node" } },
    });
    const list: JsonSchema = { anyOf: [{ type: "string" }, { type: "array", items: { $ref: "#/$defs/list" } }] };
    const plain: JsonSchema = { type: "number" };
    const schema = object(
      {
        root: { $ref: "#/$defs/tree-node" },
        list: { $ref: "#/$defs/list" },
        n: { $ref: "#/$defs/n" },
        all: { $ref: "#" },
      },
      { $defs: { "tree-node": node, list, n: plain } },
    );
    expect(declareType("V1Input", emitType(schema, { direction: "input" }))).toBe(
      [
        "export interface V1Input {\n  root: V1InputTreeNode;\n  list: V1InputList;\n  n: number;\n  all: V1InputRoot;\n}\n",
        "export interface V1InputTreeNode {\n  name: string;\n  children: readonly V1InputTreeNode[];\n}\n",
        "export type V1InputList = string | readonly V1InputList[];\n",
        "export interface V1InputRoot {\n  root: V1InputTreeNode;\n  list: V1InputList;\n  n: number;\n  all: V1InputRoot;\n}\n",
      ].join("\n"),
    );
  });

  it("keeps names apart, and text that looks like one", () => {
    const loop = (reference: string): JsonSchema => ({ type: "array", items: { $ref: reference } });
    const schema = object(
      { a: { $ref: "#/$defs/x-y" }, b: { $ref: "#/$defs/x.y" }, c: { const: "\0XY\0" } },
      { $defs: { "x-y": loop("#/$defs/x-y"), "x.y": loop("#/$defs/x.y") } },
    );
    expect(declareType("In", emitType(schema, { direction: "output" }))).toBe(
      'export interface In {\n  a: InXY;\n  b: InXY2;\n  c: "\\u0000XY\\u0000";\n}\n\nexport type InXY = InXY[];\n\nexport type InXY2 = InXY2[];\n',
    );
  });

  it("gives outputs that can be changed, and no undefined", () => {
    const schema: JsonSchema = { type: "object", properties: { a: { type: "array", items: { type: "string" } } } };
    expect(emitType(schema, { direction: "output" }).text).toBe("{\n  a?: string[];\n}");
  });

  it("makes properties with defaults optional", () => {
    const schema = object({ a: { type: "string" }, b: { type: "string" } });
    expect(emitType(schema, { direction: "input", optional: new Set(["a"]) }).text).toBe(
      "{\n  a?: string | undefined;\n  b: string;\n}",
    );
  });
});
