// Findings about input variables, their defaults and examples.

import type { Finding } from "../finding.js";

export const input = {
  "input/unsafe-name": {
    severity: "error",
    stage: "compile",
    about: "A variable is called `__proto__`, which JavaScript objects cannot hold safely.",
    message: ({ name }) => `"${name}" cannot be a variable's name`,
    hint: "rename it",
  } as Finding<{ name: string }>,
  "input/invalid-default": {
    severity: "error",
    stage: "compile",
    about: "A value of `input.default` does not fit the input schema.",
    message: ({ path, problem }) => `the default of "${path}" ${problem}`,
  } as Finding<{ path: string; problem: string }>,
  "input/invalid-example": {
    severity: "error",
    stage: "compile",
    about: "An example's input does not fit the input schema.",
    message: ({ example, path, problem }) => `in the example "${example}", "${path}" ${problem}`,
  } as Finding<{ example: string; path: string; problem: string }>,
  "input/breaking-change": {
    severity: "error",
    stage: "plan",
    about:
      "Moving an alias would break the code that loads it: an input that is right today may be refused afterwards, by the type checker or at run time.",
    message: ({ name, alias, change, problem }) => `callers of ${name}@${alias} would break (${change}): ${problem}`,
    hint: "change the callers first, or go on with --allow-breaking",
  } as Finding<{ name: string; alias: string; change: string; problem: string }>,
};
