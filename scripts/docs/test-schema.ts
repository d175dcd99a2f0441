// packages/cli/schemas/test.schema.json, generated from the types of a test: what `cuecard test --format json` prints.

import { reportSchema } from "./report-schema.js";

/** The text of the file. */
export function testSchema(): string {
  return reportSchema({
    file: "packages/project/src/test/test-report.ts",
    type: "TestReport",
    title: "Cuecard tests",
    command: "cuecard test --format json",
    before: { filled: FILLED },
    after: { snapshots: SNAPSHOTS },
    diagnostics: "Problems of the prompts that were tested.",
    // Schemas in expectations are the author's.
    known: { JsonSchema: { type: "object" } },
  });
}

const FILLED = {
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
};

const SNAPSHOTS = {
  description: "The snapshot files that --update wrote and deleted.",
  type: "object",
  properties: {
    written: { type: "array", items: { type: "string" } },
    deleted: { type: "array", items: { type: "string" } },
  },
  required: ["written", "deleted"],
};
