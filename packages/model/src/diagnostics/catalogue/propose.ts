// Findings about prompts that programs write to branches.

import type { Finding } from "./finding.js";

export const propose = {
  "propose/invalid-branch": {
    severity: "error",
    stage: "plan",
    about:
      "A program wants to write a prompt to a branch that it must not change. Programs write to branches of their own, and never to one that is checked out.",
    message: ({ branch, problem }) => `"${branch}" is not a branch for proposals: ${problem}`,
    hint: "use a branch such as cuecard/greet",
  } as Finding<{ branch: string; problem: string }>,
  "propose/no-commit": {
    severity: "error",
    stage: "plan",
    about: "A program wants to write a prompt to a new branch, and the repository has no commit to start from.",
    message: ({ branch }) => `the branch "${branch}" cannot be created, because this repository has no commit yet`,
    hint: "commit your files first",
  } as Finding<{ branch: string }>,
  "propose/branch-moved": {
    severity: "error",
    stage: "write",
    about: "A branch changed between the plan to write a prompt to it and the writing. Nothing was written.",
    message: ({ branch }) => `the branch "${branch}" has changed since this was planned`,
    hint: "look at what has changed, and plan again",
  } as Finding<{ branch: string }>,
};
