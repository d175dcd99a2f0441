// packages/cli/schemas/test.schema.json, generated from the types of a test: what `cuecard test --format json` prints.

import { SchemaWriter, typeOfExport } from "./type-schema.js";

const DIAGNOSTIC = { $ref: "diagnostics.schema.json#/$defs/diagnostic" };
const FILE = "packages/project/src/test/test-report.ts";

/** The text of the file. */
export function testSchema(): string {
  const { type, checker } = typeOfExport(FILE, "TestReport");
  // Schemas in expectations are the author's.
  const writer = new SchemaWriter(checker, {
    printsNull: true,
    known: { Diagnostic: DIAGNOSTIC, JsonSchema: { type: "object" } },
  });
  const { properties, required, ...rest } = writer.objectOf(type) as { properties: object; required: string[] };
  const schema = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Cuecard tests",
    description: "What `cuecard test --format json` prints.",
    ...rest,
    properties: {
      filled: {
        description: "With --fill: the examples that were added, by file.",
        type: "object",
        additionalProperties: {
          type: "array",
          items: {
            type: "object",
            properties: { name: { type: "string" }, input: { type: "object" } },
            required: ["name", "input"],
          },
        },
      },
      ...properties,
      snapshots: {
        description: "The snapshot files that --update wrote and deleted.",
        type: "object",
        properties: {
          written: { type: "array", items: { type: "string" } },
          deleted: { type: "array", items: { type: "string" } },
        },
        required: ["written", "deleted"],
      },
      diagnostics: { description: "Problems of the prompts that were tested.", type: "array", items: DIAGNOSTIC },
    },
    required: [...required, "diagnostics"],
    $defs: writer.definitions,
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
