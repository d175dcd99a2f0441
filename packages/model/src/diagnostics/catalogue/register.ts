// Findings about registering prompts from a program.

import type { Finding } from "../finding.js";

export const register = {
  "register/invalid-draft": {
    severity: "error",
    stage: "plan",
    about: "What a program registers cannot be written as a prompt's file.",
    message: ({ problem }) => `this cannot be registered: ${problem}`,
  } as Finding<{ problem: string }>,
  "register/invalid-name": {
    severity: "error",
    stage: "plan",
    about: "What a program registers has a name that cannot be a prompt's: names make file paths and git tags.",
    message: ({ name, problem }) => `"${name}" cannot be a prompt's name: ${problem}`,
    hint: "a name is a path of segments of letters, digits, `_`, `.` and `-`, each of which starts with a letter or digit: finance/forecast",
  } as Finding<{ name: string; problem: string }>,
  "register/uncommitted": {
    severity: "error",
    stage: "plan",
    about: "A prompt's file has edits that are not committed, and registering would replace them.",
    message: ({ path, where }) => `${path} has edits ${where} that are not committed`,
    hint: ({ path }) => `commit them, or take them back: git restore --staged --worktree ${path}`,
  } as Finding<{ path: string; where: string }>,
  "register/committed-only": {
    severity: "error",
    stage: "write",
    about:
      "Registering committed the prompt's file, and then could not make a version of the commit. What was in the way is a finding of its own.",
    message: ({ name, commit }) => `${name} is committed (${commit.slice(0, 12)}), and has no version yet`,
    hint: "register it again, or run `cuecard release`: the commit stays",
  } as Finding<{ name: string; commit: string }>,
  "register/busy": {
    severity: "error",
    stage: "write",
    about: "Another process registers a prompt in this working tree, and did not end in time.",
    message: "another process is registering a prompt here",
    hint: "try again when it is done",
  } as Finding,
};
