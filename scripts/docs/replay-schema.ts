// packages/cli/schemas/replay.schema.json, generated from the types of a replay: what `cuecard replay --json` prints.

import { SchemaWriter, typeOfExport } from "./type-schema.js";

const DIAGNOSTIC = { $ref: "diagnostics.schema.json#/$defs/diagnostic" };
const FILE = "packages/project/src/replay/replay-report.ts";

/** The text of the file. */
export function replaySchema(): string {
  const { type, checker } = typeOfExport(FILE, "ReplayReport");
  const writer = new SchemaWriter(checker, { printsNull: true, known: { Diagnostic: DIAGNOSTIC } });
  const { properties, required, ...rest } = writer.objectOf(type) as { properties: object; required: string[] };
  const schema = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Cuecard replay",
    description: "What `cuecard replay --json` prints.",
    ...rest,
    properties: {
      ...properties,
      diagnostics: {
        description: "Lines that cannot be read, and candidates that are about no call.",
        type: "array",
        items: DIAGNOSTIC,
      },
    },
    required: [...required, "diagnostics"],
    $defs: writer.definitions,
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
