// The JSON Schema of what a command prints with `--json`: the report of the programmatic API, with the diagnostics beside it.

import { type Schema, SchemaWriter, typeOfExport } from "./type-schema.js";

const DIAGNOSTIC = { $ref: "diagnostics.schema.json#/$defs/diagnostic" };

interface ReportKind {
  /** Where the type of the report is, relative to the repository. */
  readonly file: string;
  readonly type: string;
  readonly title: string;
  readonly command: string;
  /** Which diagnostics the command prints. */
  readonly diagnostics: string;
  /** Members that the command prints before and after those of the report, and that may be missing. */
  readonly before?: Readonly<Record<string, Schema>>;
  readonly after?: Readonly<Record<string, Schema>>;
  /** The schemas of types that are described elsewhere, by name. */
  readonly known?: Readonly<Record<string, Schema>>;
}

/** The text of the file. */
export function reportSchema({
  file,
  type: name,
  title,
  command,
  diagnostics,
  before,
  after,
  known,
}: ReportKind): string {
  const { type, checker } = typeOfExport(file, name);
  const writer = new SchemaWriter(checker, { printsNull: true, known: { Diagnostic: DIAGNOSTIC, ...known } });
  const { properties, required, ...rest } = writer.objectOf(type) as { properties: object; required: string[] };
  const schema = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title,
    description: `What \`${command}\` prints.`,
    ...rest,
    properties: {
      ...before,
      ...properties,
      ...after,
      diagnostics: { description: diagnostics, type: "array", items: DIAGNOSTIC },
    },
    required: [...required, "diagnostics"],
    $defs: writer.definitions,
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
