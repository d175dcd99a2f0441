// A prompt's input as a Standard Schema, which tRPC, Hono and the AI SDK take. See standard-types.ts.

import { describeIssue } from "./errors.js";
import type { PlacedIssue } from "./issue.js";
import type { JsonSchema } from "./json-schema.js";
import { convertSchema } from "./json-schema-targets.js";
import { ownProperty } from "./safe-members.js";
import type { StandardInput, StandardJsonOptions, StandardResult } from "./standard-types.js";

/** An input with its defaults, and what is wrong with it. */
type Examine = (input: unknown) => { readonly value: unknown; readonly issues: readonly PlacedIssue[] };

export class InputSchema implements StandardInput<unknown> {
  readonly #examine: Examine;
  readonly #complete: (input: unknown) => unknown;
  readonly #metadata: { readonly inputSchema: JsonSchema };
  /** Made when it is first asked for: most prompts are never used as a schema. */
  #standard: StandardInput<unknown>["~standard"] | undefined;

  /** @param complete Fills in an input's defaults. */
  constructor(examine: Examine, complete: (input: unknown) => unknown, metadata: { readonly inputSchema: JsonSchema }) {
    this.#examine = examine;
    this.#complete = complete;
    this.#metadata = metadata;
  }

  get "~standard"(): StandardInput<unknown>["~standard"] {
    this.#standard ??= Object.freeze({
      version: 1,
      vendor: "cuecard",
      validate: (value: unknown) => this.#validate(value),
      jsonSchema: Object.freeze({
        input: (options: StandardJsonOptions) => this.#schema(options, false),
        output: (options: StandardJsonOptions) => this.#schema(options, true),
      }),
    });
    return this.#standard;
  }

  /** A prompt as JSON has its schemas, but no functions. */
  toJSON(): void {}

  #validate(input: unknown): StandardResult<unknown> {
    const { value, issues } = this.#examine(input);
    return issues.length === 0
      ? { value }
      : { issues: issues.map((issue) => ({ message: describeIssue(issue), path: issue.keys })) };
  }

  /** @param isComplete Whether defaults are filled in. Otherwise, variables with a default may be left out. */
  #schema({ target }: StandardJsonOptions, isComplete: boolean): Record<string, unknown> {
    const { required = [], ...schema } = this.#metadata.inputSchema;
    const filled = Object.keys(this.#complete({}) as object).filter((name) => ownProperty(schema["properties"], name));
    const names = (required as string[]).filter((name) => !filled.includes(name)).concat(isComplete ? filled : []);
    return convertSchema(names.length === 0 ? schema : { ...schema, required: names }, target);
  }
}
