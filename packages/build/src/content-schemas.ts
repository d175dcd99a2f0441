// The schemas of a content's front matter: as JSON Schema, checked, with their validators.

import { type Diagnostic, diagnose, type Place, type SchemaFile } from "@cuecard/model";
import { explainSchemaProblems } from "./hints/schema-habits.js";
import type { JsonSchema } from "./model.js";
import { NamedSchemas, type NamedSchemasContext } from "./named-schemas.js";
import { checkSchema, checkSize } from "./schema/check-schema.js";
import type { CompiledValidator } from "./schema/compile-validator.js";
import { findMarkProblems } from "./schema/marks.js";
import { isJsonSchema, type SchemaProblem, toJsonSchema } from "./schema/picoschema.js";
import { convertToolSchemas } from "./schema/tool-schemas.js";
import { describeInvalid, describeProblem, describeUnclearKeys, type ProblemPlace } from "./schema-findings.js";

export interface ContentSchemasSource {
  /** The named schemas that the content uses. */
  readonly files: readonly SchemaFile[];
  readonly promptsDir: string;
  /** The place of the value at a path of the front matter. */
  readonly locate: (path: readonly string[]) => Place;
  readonly report: (findings: readonly Diagnostic[]) => void;
}

type Role = "input" | "output";

export class ContentSchemas {
  readonly #context: NamedSchemasContext;
  readonly #source: ContentSchemasSource;
  readonly #named: NamedSchemas;

  constructor(context: NamedSchemasContext, source: ContentSchemasSource) {
    this.#context = context;
    this.#source = source;
    this.#named = new NamedSchemas(source.files, source.promptsDir, context, source.report);
  }

  /**
   * A schema of the front matter as JSON Schema; `undefined` when there is none or it has errors. A model writes the output, so
   * its objects are closed.
   */
  declared(role: Role, written: unknown): JsonSchema | undefined {
    if (written === undefined) return undefined;
    const at = this.#placeOf(role);
    const { root, place } = at;
    const found = checkSchema(written, root, place);
    const problems: SchemaProblem[] = [];
    const closed = role === "output";
    const schema = toJsonSchema(written, closed, problems, this.#named.lookup(closed));
    if (isJsonSchema(written)) problems.push(...findMarkProblems(written, role));
    if (role === "input" && problems.length === 0 && schema.type !== "object")
      problems.push({ path: [], problem: "the input is an object with the template's variables" });
    for (const problem of explainSchemaProblems(written, problems)) found.push(...describeProblem(problem, at));
    if (found.length === 0 && problems.length === 0 && this.#source.files.length > 0)
      found.push(...checkSize(schema, root, () => place([])));
    this.#source.report(found);
    if (problems.length === 0) this.#source.report(describeUnclearKeys(written, at, role));
    return found.length === 0 && problems.length === 0 ? schema : undefined;
  }

  /** Tools with their schemas as JSON Schema. They are closed, as `output.schema` is: a model writes what they describe. */
  ofTools(key: "tools" | "toolDefs", tools: readonly unknown[] = []): unknown[] {
    return tools.map((tool, index) =>
      convertToolSchemas(tool, (schema, within) => {
        const path = [key, String(index), ...within];
        const problems: SchemaProblem[] = [];
        const converted = toJsonSchema(schema, true, problems, this.#named.lookup(true));
        for (const { path: keys, problem, instead, isReported } of explainSchemaProblems(schema, problems)) {
          if (isReported === true) continue;
          const args = { path: [...path, ...keys].join("."), problem, instead };
          this.#source.report([diagnose("schema/invalid-tool", args, this.#source.locate([...path, ...keys]))]);
        }
        if (problems.length > 0) return undefined;
        const place = (keys: readonly string[]) => this.#source.locate([...path, ...keys]);
        this.#source.report(describeUnclearKeys(schema, { root: path.join("."), place }, "output"));
        return converted;
      }),
    );
  }

  validator(role: Role, schema: JsonSchema): CompiledValidator | undefined {
    const result = this.#context.validators.compile(schema);
    if (result.kind === "compiled") return result.validator;
    this.#source.report(describeInvalid(schema, result, this.#placeOf(role)));
    return undefined;
  }

  #placeOf(role: Role): ProblemPlace {
    const { locate, promptsDir } = this.#source;
    return { root: `${role}.schema`, promptsDir, place: (keys) => locate([role, "schema", ...keys]) };
  }
}
