// Judging a prompt's inputs. Packages that leave validation out hold nothing of this.

import { PromptInputError } from "./errors.js";
import type { Check } from "./issue.js";

export interface InputJudge {
  /**
   * What a prompt gets for it.
   * @param complete Gives an input with what is filled in for it.
   */
  methods(complete: (input: unknown) => unknown): { validate: Check };
  /** @throws PromptInputError when the input does not fit the prompt. */
  demand(input: unknown, uri: string): void;
}

/** @param fits Says of most inputs that fit that they do, sooner than the check could. */
export function inputJudge(check: Check, fits?: (input: unknown) => boolean): InputJudge {
  return {
    methods: (complete) => ({ validate: (input) => check(complete(input)) }),
    demand(input, uri) {
      if (fits?.(input)) return;
      const issues = check(input);
      if (issues.length > 0) throw new PromptInputError(uri, issues);
    },
  };
}
