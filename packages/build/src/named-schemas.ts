// The named schemas that a content uses, converted and checked. Mistakes are reported in the schema's own file.

import type { Diagnostic, SchemaFile } from "@cuecard/model";
import { explainSchemaProblems } from "./hints/schema-habits.js";
import type { JsonSchema } from "./model.js";
import type { SchemaFileReader } from "./parse/read-schema-file.js";
import { checkSchema } from "./schema/check-schema.js";
import type { ValidatorCompiler } from "./schema/compile-validator.js";
import { findMarkProblems, withoutMarks } from "./schema/marks.js";
import {
  isJsonSchema,
  type NamedSchemaLookup,
  notNamed,
  type SchemaProblem,
  toJsonSchema,
} from "./schema/picoschema.js";
import { describeInvalid, describeProblem, describeUnclearKeys } from "./schema-findings.js";

export interface NamedSchemasContext {
  readonly schemaFiles: SchemaFileReader;
  readonly validators: ValidatorCompiler;
}

type Found = ReturnType<NamedSchemaLookup>;

const REPORTED: Found = { problem: "it has mistakes", isReported: true };

export class NamedSchemas {
  readonly #files: ReadonlyMap<string, SchemaFile>;
  readonly #promptsDir: string;
  readonly #context: NamedSchemasContext;
  readonly #report: (findings: readonly Diagnostic[]) => void;
  readonly #found = { open: new Map<string, Found>(), closed: new Map<string, Found>() };
  readonly #reported = new Set<string>();
  readonly #warned = new Set<string>();

  /** @param report Takes what is wrong with a file, once. */
  constructor(
    files: readonly SchemaFile[],
    promptsDir: string,
    context: NamedSchemasContext,
    report: (findings: readonly Diagnostic[]) => void,
  ) {
    this.#files = new Map(files.map((file) => [file.name, file]));
    this.#promptsDir = promptsDir;
    this.#context = context;
    this.#report = report;
  }

  /** @param closed Whether objects that are written in Picoschema reject additional properties. */
  lookup(closed: boolean, within: readonly string[] = []): NamedSchemaLookup {
    const known = this.#found[closed ? "closed" : "open"];
    return (name) => {
      const file = this.#files.get(name);
      if (file === undefined) return notNamed(name);
      const start = within.indexOf(name);
      if (start !== -1) return endless([...within.slice(start), name]);
      const found = known.get(name) ?? this.#convert(file, closed, [...within, name]);
      known.set(name, found);
      return found;
    };
  }

  #convert(file: SchemaFile, closed: boolean, within: readonly string[]): Found {
    const { name, path } = file;
    const read = this.#context.schemaFiles.read(file);
    if (read.value === undefined) return this.#refuse(path, read.diagnostics);
    const { data, place } = read.value;
    const at = { root: name, promptsDir: this.#promptsDir, place };
    const findings = checkSchema(data, name, place);
    const problems: SchemaProblem[] = [];
    const schema = toJsonSchema(data, closed, problems, this.lookup(closed, within));
    if (isJsonSchema(data)) problems.push(...findMarkProblems(data, "input"));
    for (const problem of explainSchemaProblems(data, problems)) findings.push(...describeProblem(problem, at));
    if (findings.length > 0 || problems.length > 0) return this.#refuse(path, findings);
    if (!this.#warned.has(path)) this.#report(describeUnclearKeys(data, at, closed ? "output" : "input"));
    this.#warned.add(path);
    // What is converted is valid, and the named schemas in it have been checked.
    if (!isJsonSchema(data)) return { schema };
    const compiled = this.#context.validators.compile(schema);
    // What a model writes has no marks: they are about inputs.
    if (compiled.kind === "compiled") return { schema: withoutIdentity(closed ? withoutMarks(schema) : schema) };
    return this.#refuse(path, describeInvalid(schema, compiled, at));
  }

  /** A file is converted twice if input and output use it. */
  #refuse(path: string, findings: readonly Diagnostic[]): Found {
    if (!this.#reported.has(path)) this.#report(findings);
    this.#reported.add(path);
    return REPORTED;
  }
}

/** A part of another document has neither a dialect nor an address of its own. */
function withoutIdentity({ $schema, $id, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

function endless(names: readonly string[]): Found {
  const [name = ""] = names;
  return {
    problem: `it contains itself: ${names.join(" → ")}`,
    instead: `write ${name} as JSON Schema that refers to itself: $ref: "#"`,
  };
}
