// packages/cli/schemas/review.schema.json, generated from the types of a review: what `cuecard review --format json` prints.

import { SchemaWriter, typeOfExport } from "./type-schema.js";

const DIAGNOSTIC = { $ref: "diagnostics.schema.json#/$defs/diagnostic" };

/** The text of the file. */
export function reviewSchema(): string {
  const { type, checker } = typeOfExport("packages/project/src/review/report.ts", "Review");
  const writer = new SchemaWriter(checker, { printsNull: true, known: { Diagnostic: DIAGNOSTIC } });
  const { properties, required, ...rest } = writer.objectOf(type) as { properties: object; required: string[] };
  const schema = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Cuecard reviews",
    description: "What `cuecard review --format json` prints.",
    ...rest,
    properties: {
      ...properties,
      diagnostics: {
        description: "Problems of the project itself, as `cuecard check` prints them.",
        type: "array",
        items: DIAGNOSTIC,
      },
    },
    required: [...required, "diagnostics"],
    $defs: writer.definitions,
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
