// Findings about commands that ask for something that does not exist, and about calls that cannot be understood.

import type { Finding } from "./finding.js";

export const request = {
  "request/refused": {
    severity: "error",
    stage: "plan",
    about:
      "A read-only command was asked for something that does not exist. This code appears only with `--json`; as text, the same answer is printed as `error:` and `hint:`.",
    message: ({ problem }) => problem,
    hint: ({ instead }) => instead,
  } as Finding<{ problem: string; instead: string | undefined }>,
  "request/invalid-argument": {
    severity: "error",
    stage: "plan",
    about:
      "A program called a function of the API with something that the function does not understand: an unknown property, a missing one, or a value of another type. The function did nothing. The path leads to the value, from the name of the argument.",
    message: ({ call, problem }) => `${call}() does not understand its arguments: ${problem}`,
    hint: ({ instead }) => instead,
  } as Finding<{ call: string; path: string; problem: string; instead: string }>,
};
