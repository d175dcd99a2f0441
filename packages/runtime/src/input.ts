// Validating a prompt's inputs. Packages built without validation contain none of this.

import { ajvCheck, type Validator } from "./ajv-check.js";
import { PromptInputError } from "./errors.js";
import { type Check, isWithin, NO_PROPERTY } from "./issue.js";
import type { JsonSchema } from "./json-schema.js";
import { plainCheck } from "./plain-check.js";
import { objectPrototype, type Render } from "./safe-members.js";

/** What a compiled template has for validating inputs. */
export interface InputChecks {
  /** Whether a plain object matches the schema. If it returns false, the schema itself decides, because false is not reliable. */
  readonly accepts?: (input: Record<string, unknown>) => boolean;
  /** Makes the validator that Ajv emitted, where reading the schema is not enough. */
  readonly makeInputCheck?: () => Validator;
}

interface Options {
  readonly validate?: boolean | undefined;
}

interface InputMetadata {
  readonly uri: string;
  readonly inputSchema: JsonSchema;
  readonly privateVariables?: readonly string[];
}

type Complete = (input: unknown) => unknown;

interface Rendering<Result> extends InputChecks {
  readonly render: Render<Options | undefined, Result>;
}

/** A template's `render` that validates first, and the methods that a prompt gets. */
interface Validated<Result> {
  /** @throws PromptInputError if the input does not match the prompt's input schema. */
  readonly render: Render<Options | undefined, Result>;
  readonly methods: { readonly validate: Check };
}

/** @param complete Fills in an input's defaults. */
export type MakeInputValidator = <Result>(
  template: Rendering<Result>,
  metadata: InputMetadata,
  complete: Complete,
) => Validated<Result>;

const validated = <Result>(
  check: Check,
  template: Rendering<Result>,
  metadata: InputMetadata,
  complete: Complete,
): Validated<Result> => ({
  render(members, options, input) {
    // A `validate` that every object inherits is not the caller's. Checking whether it is an own property takes longer.
    const isAsked = options?.validate !== false || "validate" in objectPrototype;
    // Members that are the input itself can be read directly.
    if (isAsked && !(members === input && template.accepts?.(members))) {
      const issues = check(input);
      if (issues[0]) throw new PromptInputError(metadata.uri, issues);
    }
    return template.render(members, options, input);
  },
  methods: { validate: (input) => check(complete(input)) },
});

/**
 * The same check, whose issues do not show the values of private variables, nor of properties that do not exist: one may be a
 * misspelling of such a variable.
 */
const withoutValues = (check: Check, { privateVariables: names }: InputMetadata): Check =>
  names
    ? (value) =>
        check(value).map((issue) =>
          issue.expected === NO_PROPERTY || names.some((name) => isWithin(issue.path, name))
            ? { ...issue, actual: issue.actual.replace(/ \(.*/s, "") }
            : issue,
        )
    : check;

/** Validates by reading the prompt's schema. */
export const plainInputValidator: MakeInputValidator = (template, metadata, complete) =>
  validated(withoutValues(plainCheck(metadata.inputSchema), metadata), template, metadata, complete);

/** Validates by a validator that Ajv emitted. */
export const compiledInputValidator: MakeInputValidator = (template, metadata, complete) => {
  const check = ajvCheck(template.makeInputCheck as () => Validator, metadata.inputSchema);
  return validated(withoutValues(check, metadata), template, metadata, complete);
};
