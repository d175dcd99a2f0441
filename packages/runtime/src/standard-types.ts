// The parts of Standard Schema and Standard JSON Schema (https://standardschema.dev) that a prompt's input has. A test compares them with
// the types of @standard-schema/spec.

/** A prompt's input for libraries that take schemas of any vendor. `I` is what callers pass, `O` has the defaults filled in. */
export interface StandardInput<I, O = I> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: "cuecard";
    /** In types only. */
    readonly types?: { readonly input: I; readonly output: O } | undefined;
    /** Checks an input as `format` does, and fills in defaults. It does not throw. */
    readonly validate: (value: unknown) => StandardResult<O>;
    readonly jsonSchema: {
      /** JSON Schema of what callers pass. Without options: draft 2020-12. @throws RangeError if the target cannot express it. */
      readonly input: (options: StandardJsonOptions) => Record<string, unknown>;
      /** JSON Schema of the input with its defaults. @throws RangeError if the target cannot express it. */
      readonly output: (options: StandardJsonOptions) => Record<string, unknown>;
    };
  };
}

export type StandardResult<O> =
  | { readonly value: O; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

export interface StandardIssue {
  readonly message: string;
  readonly path: readonly (string | number)[];
}

export interface StandardJsonOptions {
  /** `draft-2020-12` or `draft-07`. */
  readonly target: string;
}
