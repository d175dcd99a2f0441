// Judging a prompt's inputs. Packages that leave validation out hold nothing of this.

import { PromptInputError } from "./errors.js";
import type { Check } from "./issue.js";
import type { JsonSchema } from "./json-schema.js";
import { plainCheck } from "./plain-check.js";

/** @param complete Gives an input with what is filled in for it. */
export type InputJudge = (
  schema: JsonSchema,
  uri: string,
  complete: (input: unknown) => unknown,
) => {
  /** @throws PromptInputError when a complete input does not fit the prompt. */
  demand(input: unknown): void;
  /** What a prompt gets for it. */
  readonly methods: { readonly validate: Check };
};

/** @param check The check of the prompt's schema. */
export const inputJudge = (
  check: Check,
  uri: string,
  complete: (input: unknown) => unknown,
): ReturnType<InputJudge> => ({
  demand(input) {
    const issues = check(input);
    if (issues[0]) throw new PromptInputError(uri, issues);
  },
  methods: { validate: (input) => check(complete(input)) },
});

/** Judges by reading the prompt's schema. */
export const plainInput: InputJudge = (schema, uri, complete) => inputJudge(plainCheck(schema), uri, complete);
