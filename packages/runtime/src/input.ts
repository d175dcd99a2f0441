// Validating a prompt's inputs. Packages built without validation contain none of this.

import { ajvCheck, type Validator } from "./ajv-check.js";
import { PromptInputError } from "./errors.js";
import { type Check, issueAt } from "./issue.js";
import type { JsonSchema } from "./json-schema.js";
import { plainCheck } from "./plain-check.js";
import { isArray, objectPrototype, type Render } from "./safe-members.js";
import { InputSchema } from "./standard-input.js";
import type { StandardInput } from "./standard-types.js";
import { findThrowing, isUsable, OPTIONS, unreadable } from "./unreadable.js";
import { withoutPrivate } from "./without-private.js";

const RECORD = { type: ["object", "null"] };

/** What a call takes besides the input, by the same rules as in its types. */
const checkOptions = /* @__PURE__ */ plainCheck(
  {
    type: "object",
    properties: {
      context: RECORD,
      sections: RECORD,
      history: {
        type: ["array", "null"],
        items: {
          type: "object",
          properties: { role: { enum: ["user", "assistant", "tool"] } },
          required: ["role"],
        },
      },
    },
  },
  OPTIONS,
);

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
  /** Whether `render` calls helpers of the project, whose exceptions are the caller's. */
  readonly callsHelpers?: boolean;
  readonly defaults?: object;
}

/** The same function of an input and options, which throws a PromptInputError for what these throw when they are read. */
export type Guard = <Call extends (...args: never[]) => unknown>(call: Call) => Call;

/** A template's `render` that validates first, and the methods that a prompt gets. */
interface Validated<Result> {
  /** @throws PromptInputError if the input does not match the prompt's input schema. */
  readonly render: Render<Options | undefined, Result>;
  readonly complete: Complete;
  readonly guard: Guard;
  readonly methods: { readonly validate: Check; readonly input: StandardInput<unknown> };
}

/** What a prompt fills in for values that a call leaves out. */
interface Filling {
  readonly values: unknown;
  readonly fillIn: Complete;
}

/** @throws PromptInputError if the values to fill in are not an object. */
export type MakeInputValidator = <Result>(
  template: Rendering<Result>,
  metadata: InputMetadata,
  filling: Filling,
) => Validated<Result>;

const validated = <Result>(
  checkMembers: Check,
  template: Rendering<Result>,
  metadata: InputMetadata,
  { values, fillIn }: Filling,
): Validated<Result> => {
  const { uri } = metadata;
  const shown = withoutPrivate(metadata);
  // Without values to fill in, the check decides alone.
  const complete: Complete =
    values || template.defaults ? (input) => (isUsable(input) ? fillIn(input) : input) : fillIn;
  const check: Check = (input) =>
    (isUsable(input) ? checkMembers(input) : [issueAt(undefined, "an object", input)]).map(shown);
  const render: Render<Options | undefined, Result> = (members, options, input) => {
    // A `validate` that every object inherits is not the caller's. Checking whether it is an own property takes longer.
    const isAsked = options?.validate !== false || "validate" in objectPrototype;
    if (isAsked && options) refuse(checkOptions(options));
    // Members that are the input itself can be read directly.
    if (isAsked && !(members === input && template.accepts?.(members))) refuse(check(input));
    return template.render(members, options, input);
  };
  const examine = (input: unknown) => {
    try {
      const value = complete(input);
      return { value, issues: check(value) };
    } catch (error) {
      return { value: input, issues: [shown(unreadable(input, error))] };
    }
  };
  const refuse = (issues: ReturnType<Check>) => {
    if (issues[0]) throw new PromptInputError(uri, issues);
  };
  /** What to throw for an exception: what helpers throw stays as it is. */
  const explain = (error: unknown, input: unknown, options?: unknown) =>
    error instanceof PromptInputError || (template.callsHelpers && findThrowing([input, options]) === undefined)
      ? error
      : new PromptInputError(uri, [unreadable(input, error, options, shown)], { cause: error });
  if (values !== undefined && (typeof values !== "object" || !values || isArray(values)))
    refuse([issueAt(undefined, "an object", values)]);
  return {
    render,
    complete,
    // A function made once: a closure for each call would take a third of the time of a short prompt.
    guard: (call) =>
      ((input: never, options: never) => {
        try {
          return call(input, options);
        } catch (error) {
          throw explain(error, input, options);
        }
      }) as typeof call,
    methods: {
      validate: (input) => examine(input).issues,
      input: new InputSchema(examine, metadata),
    },
  };
};

/** Validates by reading the prompt's schema. */
export const plainInputValidator: MakeInputValidator = (template, metadata, filling) =>
  validated(plainCheck(metadata.inputSchema), template, metadata, filling);

/** Validates by a validator that Ajv emitted. */
export const compiledInputValidator: MakeInputValidator = (template, metadata, filling) =>
  validated(ajvCheck(template.makeInputCheck as () => Validator, metadata.inputSchema), template, metadata, filling);
