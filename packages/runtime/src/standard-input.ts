// A prompt's input as a Standard Schema, which tRPC, Hono and the AI SDK take. See standard-types.ts.

import { describeIssue } from "./errors.js";
import type { PlacedIssue } from "./issue.js";
import type { JsonSchema } from "./json-schema.js";
import { convertSchema } from "./json-schema-targets.js";
import { ownProperty } from "./safe-members.js";
import type { StandardInput, StandardJsonOptions, StandardResult } from "./standard-types.js";

/** An input with its defaults, and what is wrong with it. */
type Examine = (input: unknown) => { readonly value: unknown; readonly issues: readonly PlacedIssue[] };

type Standard = StandardInput<unknown>["~standard"];

export class InputSchema implements StandardInput<unknown> {
  readonly #examine: Examine;
  readonly #metadata: { readonly inputSchema: JsonSchema };
  /** Made when it is first asked for: most prompts are never used as a schema, and a package may have ten thousand. */
  #standard: Standard | undefined;

  constructor(examine: Examine, metadata: { readonly inputSchema: JsonSchema }) {
    this.#examine = examine;
    this.#metadata = metadata;
  }

  get "~standard"(): Standard {
    this.#standard ??= makeStandard(this.#examine, this.#metadata);
    return this.#standard;
  }

  /** A prompt as JSON has its schemas, but no functions. */
  toJSON(): void {}
}

function makeStandard(examine: Examine, metadata: { readonly inputSchema: JsonSchema }): Standard {
  /** @param isComplete Whether defaults are filled in. Otherwise, variables with a default may be left out. */
  const schemaFor = (isComplete: boolean) => (options?: StandardJsonOptions) => {
    const { required = [], ...schema } = metadata.inputSchema;
    const filled = Object.keys(examine({}).value as object).filter((name) => ownProperty(schema["properties"], name));
    const names = (required as string[]).filter((name) => !filled.includes(name)).concat(isComplete ? filled : []);
    return convertSchema(names.length === 0 ? schema : { ...schema, required: names }, options?.target);
  };
  return Object.freeze({
    version: 1,
    vendor: "cuecard",
    validate(input: unknown): StandardResult<unknown> {
      const { value, issues } = examine(input);
      return issues.length === 0
        ? { value }
        : { issues: issues.map((issue) => ({ message: describeIssue(issue), path: issue.keys })) };
    },
    jsonSchema: Object.freeze({ input: schemaFor(false), output: schemaFor(true) }),
  });
}
