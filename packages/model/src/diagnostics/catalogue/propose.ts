// Findings about files that programs write to branches.

import type { Finding } from "./finding.js";
import { asPrinted } from "./words.js";

export const propose = {
  "propose/invalid-branch": {
    severity: "error",
    stage: "plan",
    about:
      "A program wants to write files to a branch that it must not change. Programs write to branches of their own, and never to one that is checked out.",
    message: ({ branch, problem }) => `"${branch}" is not a branch for proposals: ${problem}`,
    hint: "use a branch such as cuecard/greet",
  } as Finding<{ branch: string; problem: string }>,
  "propose/no-commit": {
    severity: "error",
    stage: "plan",
    about: "A program wants to write files to a new branch, and the repository has no commit to start from.",
    message: () => "this repository has no commit yet",
    hint: 'commit your files first: run `git add .`, then `git commit -m "Add prompts"`',
  } as Finding,
  "propose/branch-moved": {
    severity: "error",
    stage: "write",
    about: "A branch changed between the plan to write to it and the writing. Nothing was written.",
    message: ({ branch }) => `the branch "${branch}" has changed since this was planned`,
    hint: "look at what has changed, and plan again",
  } as Finding<{ branch: string }>,
  "propose/nothing": {
    severity: "error",
    stage: "plan",
    about: "No file was chosen, or the branch already has the files as they are.",
    message: ({ branch }) => `there is nothing to propose: ${branch} has these files already`,
    hint: "edit a prompt, or choose other files",
  } as Finding<{ branch: string }>,
  "propose/no-message": {
    severity: "error",
    stage: "plan",
    about: "A commit needs a message: it says why the change is made.",
    message: () => "the message of the commit is empty",
    hint: "write in one line what the change is for",
  } as Finding,
  "propose/foreign-file": {
    severity: "error",
    stage: "plan",
    about:
      "A program wants to write a file that has nothing to do with prompts. Proposals contain only files of the prompts folder, aliases.json and prompts.lock.",
    message: ({ path }) => `"${path}" is not a file of the prompts folder`,
    hint: "leave it out",
  } as Finding<{ path: string }>,
  "propose/file-changed": {
    severity: "error",
    stage: "plan",
    about:
      "A file was changed after the review of the proposal was shown. What is proposed must be what was reviewed, so nothing was written.",
    message: ({ path }) => `${path} has changed since the review was shown`,
    hint: "look at the changes again",
  } as Finding<{ path: string }>,
  "propose/not-proposable": {
    severity: "error",
    stage: "plan",
    about: "A chosen file cannot be part of a proposal.",
    message: ({ path, problem }) => `${path} cannot be proposed: ${problem}`,
    hint: "leave it out, or fix the problem",
  } as Finding<{ path: string; problem: string }>,
  "propose/push-refused": {
    severity: "error",
    stage: "write",
    about:
      "The branch was written in this clone and could not be pushed: there is no connection, you lack permission, or a hook rejected it. The message comes from git, from the hook or from the remote.",
    message: ({ remote, branch, problem }) =>
      `${branch} was committed, but not pushed to ${remote}:${asPrinted(problem)}`,
    hint: "fix the problem above and propose the same files again, or run `git push`",
  } as Finding<{ remote: string; branch: string; problem: string }>,
  "propose/remote-moved": {
    severity: "error",
    stage: "write",
    about:
      "The remote repository has a branch of this name with commits that this clone does not have. Nothing was changed on either side.",
    message: ({ remote, branch, problem }) =>
      `${remote} has a branch ${branch} with other commits, so nothing was written:${asPrinted(problem)}`,
    hint: "use another branch, or get the commits first: `git fetch`",
  } as Finding<{ remote: string; branch: string; problem: string }>,
};
