// packages/cli/schemas/diagnostics.schema.json, generated from the catalogue's types: what `--format json` and `--json` print.

import type ts from "typescript";
import { type Code, catalogue } from "../../packages/model/src/index.js";
import { object, type Schema, SchemaWriter, typeOfExport } from "./type-schema.js";

const POSITION = {
  description: "Lines and columns count from 1; columns count UTF-16 units.",
  ...object({ line: { type: "integer", minimum: 1 }, column: { type: "integer", minimum: 1 } }),
};

/** The text of the file, with one line a code. */
export function diagnosticsSchema(): string {
  const args = readArguments();
  const rules = codes.map((code) => ({
    if: { properties: { code: { const: code } } },
    // biome-ignore lint/suspicious/noThenProperty: this is JSON Schema's keyword
    then: { properties: { stage: { const: catalogue[code].stage }, args: args.get(code) } },
  }));
  const lines = rules.map((rule) => `\n        ${JSON.stringify(rule)}`);
  return `${JSON.stringify(describe(), null, 2).replace('"allOf": []', `"allOf": [${lines.join()}\n      ]`)}\n`;
}

const codes = Object.keys(catalogue) as Code[];

function describe(): Schema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Cuecard diagnostics",
    description:
      "What `cuecard check --format json` prints; other commands print `diagnostics` beside their own members.",
    type: "object",
    properties: { diagnostics: { type: "array", items: { $ref: "#/$defs/diagnostic" } } },
    required: ["diagnostics"],
    $defs: {
      diagnostic: {
        ...object(
          {
            code: { description: "Permanent: a code is never used for another problem.", enum: codes },
            severity: { enum: ["error", "warning", "info"] },
            stage: {
              description:
                "The step in which it was found: reading settings or the repository, compiling, planning, writing.",
              enum: ["settings", "read", "compile", "plan", "write"],
            },
            message: { type: "string" },
            hint: { description: "What to do.", type: "string" },
            file: { description: "Relative to the project's folder, with `/`.", type: "string" },
            ref: {
              description:
                "Whose file this is, when it is not the working tree's: `v3`, a commit's first digits, `draft`.",
              type: "string",
            },
            revision: { $ref: "#/$defs/revision" },
            range: { description: "`end` is exclusive.", ...object({ start: POSITION, end: POSITION }) },
            subject: { $ref: "#/$defs/subject" },
            fix: { $ref: "#/$defs/fix" },
            args: {
              description: "What message and hint are made of, by code. An argument that is not known is left out.",
              type: "object",
            },
          },
          ["hint", "ref", "revision", "range", "subject", "fix"],
        ),
        allOf: [],
      },
      revision: {
        description: "The same as `ref`, as data.",
        oneOf: [
          object({ version: { type: "integer", minimum: 1 } }),
          object({ commit: { type: "string", pattern: "^[0-9a-f]+$" } }),
          { const: "draft" },
        ],
      },
      fix: {
        description:
          "The edits that do what the hint says, if it is certain what was meant: `cuecard check --fix` applies them.",
        type: "array",
        items: object({
          file: { description: "Relative to the project's folder, with `/`.", type: "string" },
          range: {
            description: "What is replaced; empty for an insertion.",
            ...object({ start: POSITION, end: POSITION }),
          },
          text: { type: "string" },
        }),
      },
      subject: {
        description: "Which prompt, version or alias it is about.",
        ...object({ name: { type: "string" }, version: { type: "integer", minimum: 1 }, alias: { type: "string" } }, [
          "version",
          "alias",
        ]),
      },
    },
  };
}

/** Each code's arguments, from their type beside its words. */
function readArguments(): ReadonlyMap<string, Schema> {
  const { type, checker } = typeOfExport("packages/model/src/diagnostics/catalogue.ts", "catalogue");
  const writer = new SchemaWriter(checker);
  return new Map(
    type.getProperties().map((entry) => {
      const [own] = checker.getTypeArguments(checker.getTypeOfSymbol(entry) as ts.TypeReference);
      if (own === undefined) throw new Error(`${entry.name} is no Finding<…>`);
      return [entry.name, writer.objectOf(own)];
    }),
  );
}
