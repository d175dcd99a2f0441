// Judging a prompt's inputs. Packages that leave validation out hold nothing of this.

import { PromptInputError } from "./errors.js";
import type { Check } from "./issue.js";
import { plainCheck } from "./plain-check.js";
import type { JsonSchema } from "./prompt-types.js";

/** @param complete Gives an input with what is filled in for it. */
export type InputJudge = (
  facts: { readonly uri: string; readonly inputSchema: JsonSchema },
  complete: (input: unknown) => unknown,
) => {
  /** @throws PromptInputError when a complete input does not fit the prompt. */
  demand(input: unknown): void;
  /** What a prompt gets for it. */
  readonly methods: { readonly validate: Check };
};

export function inputJudge(check: Check): InputJudge {
  return ({ uri }, complete) => ({
    demand(input) {
      const issues = check(input);
      if (issues.length > 0) throw new PromptInputError(uri, issues);
    },
    methods: { validate: (input) => check(complete(input)) },
  });
}

/** Judges by reading the prompt's schema. */
export const plainInput: InputJudge = (facts, complete) =>
  inputJudge(plainCheck(() => facts.inputSchema))(facts, complete);
