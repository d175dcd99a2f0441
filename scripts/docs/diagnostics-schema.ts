// packages/cli/schemas/diagnostics.schema.json, generated from the catalogue's types: what `--format json` and `--json` print.

import path from "node:path";
import ts from "typescript";
import { type Code, catalogue } from "../../packages/model/src/index.js";
import { root } from "../run-step.js";

type Schema = Readonly<Record<string, unknown>>;

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

function object(properties: Schema, optional: readonly string[] = []): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: "object", properties, ...(required.length === 0 ? {} : { required }), additionalProperties: false };
}

/** Each code's arguments, from their type beside its words. */
function readArguments(): ReadonlyMap<string, Schema> {
  const file = path.join(root, "packages/model/src/diagnostics/catalogue.ts");
  const module = ts.ModuleKind.NodeNext;
  const options = { strict: true, noEmit: true, types: [], module, target: ts.ScriptTarget.ES2022 };
  const program = ts.createProgram([file], options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const exported = source && checker.getSymbolAtLocation(source);
  const symbol = exported?.exports?.get(ts.escapeLeadingUnderscores("catalogue"));
  if (symbol === undefined) throw new Error("the catalogue is not exported");
  const found = checker.getTypeOfSymbol(symbol).getProperties();
  return new Map(
    found.map((entry) => {
      const [own] = checker.getTypeArguments(checker.getTypeOfSymbol(entry) as ts.TypeReference);
      if (own === undefined) throw new Error(`${entry.name} is no Finding<…>`);
      return [entry.name, argumentsSchema(own, checker)];
    }),
  );
}

function argumentsSchema(type: ts.Type, checker: ts.TypeChecker): Schema {
  const optional: string[] = [];
  const properties = type.getProperties().map((property) => {
    const parts = partsOf(checker.getTypeOfSymbol(property));
    const known = parts.filter((part) => (part.flags & ts.TypeFlags.Undefined) === 0);
    if (known.length < parts.length) optional.push(property.name);
    return [property.name, valueSchema(known, checker)] as const;
  });
  return object(Object.fromEntries(properties), optional);
}

function partsOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type];
}

function valueSchema(parts: readonly ts.Type[], checker: ts.TypeChecker): Schema {
  const [only] = parts;
  if (only !== undefined && parts.every((part) => part.isStringLiteral()))
    return { enum: parts.map((part) => (part.isStringLiteral() ? part.value : undefined)).sort() };
  if (parts.length > 0 && parts.every((part) => (part.flags & ts.TypeFlags.BooleanLike) !== 0))
    return { type: "boolean" };
  if (parts.length === 1 && only !== undefined) {
    if ((only.flags & ts.TypeFlags.String) !== 0) return { type: "string" };
    if ((only.flags & ts.TypeFlags.Number) !== 0) return { type: "number" };
    const [item] = checker.isArrayType(only) ? checker.getTypeArguments(only as ts.TypeReference) : [];
    if (item !== undefined) return { type: "array", items: valueSchema(partsOf(item), checker) };
  }
  throw new Error(`no schema for ${parts.map((part) => checker.typeToString(part)).join(" | ")}`);
}
