// Findings about input variables, their defaults and examples.

import type { Finding } from "./finding.js";
import { didYouMean } from "./words.js";

export const input = {
  "input/unsafe-name": {
    severity: "error",
    stage: "compile",
    about: "A variable is named `__proto__`, which JavaScript objects cannot hold safely.",
    message: ({ name }) => `"${name}" is not a valid variable name`,
    hint: "rename the variable",
  } as Finding<{ name: string }>,
  "input/invalid-default": {
    severity: "error",
    stage: "compile",
    about: "A value of `input.default` does not match the input schema.",
    message: ({ path, problem }) => `the default of "${path}" ${problem}`,
    hint: ({ instead }) => instead,
  } as Finding<{ path: string; problem: string; instead?: string | undefined }>,
  "input/invalid-example": {
    severity: "error",
    stage: "compile",
    about: "An example's input does not match the input schema.",
    message: ({ example, path, problem }) => `in the example "${example}", "${path}" ${problem}`,
    hint: ({ instead }) => instead,
  } as Finding<{ example: string; path: string; problem: string; instead?: string | undefined }>,
  "input/undeclared-value": {
    severity: "warning",
    stage: "compile",
    about:
      "`input.default` or an example has a value for a variable that the prompt does not have. The value is passed on like any further member of an input, and the template does not insert it.",
    message: ({ variable, example }) =>
      `${example === undefined ? "the default of" : `in the example "${example}",`} "${variable}" is not a variable of the prompt`,
    hint: ({ nearest }) => didYouMean(nearest, "remove it, or use the variable in the template"),
  } as Finding<{ variable: string; example: string | undefined; nearest: string | undefined }>,
  "input/breaking-change": {
    severity: "error",
    stage: "plan",
    about:
      "Moving an alias would break code that loads it: an input that is valid today might be rejected by the type checker or at run time.",
    message: ({ name, alias, change, problem }) => `callers of ${name}@${alias} would break (${change}): ${problem}`,
    hint: "change the callers in the same pull request: pass --allow-breaking, run `cuecard build`, and fix what the type checker reports",
  } as Finding<{ name: string; alias: string; change: string; problem: string }>,
};
