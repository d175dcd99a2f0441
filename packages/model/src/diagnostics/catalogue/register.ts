// Findings about registering prompts from a program.

import type { Finding } from "./finding.js";

export const register = {
  "register/invalid-draft": {
    severity: "error",
    stage: "plan",
    about: "The prompt to register cannot be written as a prompt file.",
    message: ({ problem }) => `this prompt cannot be registered: ${problem}`,
    hint: ({ instead }) => instead,
  } as Finding<{
    problem: string;
    /** Where in the data that was passed; `undefined` if it is about all of it. */
    path?: string | undefined;
    instead?: string | undefined;
  }>,
  "register/invalid-name": {
    severity: "error",
    stage: "plan",
    about: "The name of the prompt to register is not valid. Names become file paths and git tags.",
    message: ({ name, problem }) => `"${name}" is not a valid prompt name: ${problem}`,
    hint: ({ instead }) =>
      instead ??
      "use segments of letters, digits, `_`, `.` and `-` that start with a letter or digit, joined by `/`: finance/forecast",
  } as Finding<{ name: string; problem: string; instead?: string | undefined }>,
  "register/uncommitted": {
    severity: "error",
    stage: "plan",
    about: "A prompt's file has uncommitted edits, which registering would overwrite.",
    message: ({ path, where }) => `${path} has uncommitted edits ${where}`,
    hint: ({ path }) => `commit them, or discard them with \`git restore --staged --worktree ${path}\``,
  } as Finding<{ path: string; where: string }>,
  "register/committed-only": {
    severity: "error",
    stage: "write",
    about:
      "Registering committed the prompt's file, but could not release a version. Another diagnostic gives the reason.",
    message: ({ name, commit }) => `${name} is committed (${commit.slice(0, 12)}), but has no new version yet`,
    hint: "fix the other problem, then register the prompt again or run `cuecard release`; the commit is kept",
  } as Finding<{ name: string; commit: string }>,
  "register/busy": {
    severity: "error",
    stage: "write",
    about: "Another process was registering a prompt in this working tree and did not finish in time.",
    message: "another process is registering a prompt in this working tree",
    hint: "run the command again when that process has finished",
  } as Finding,
};
