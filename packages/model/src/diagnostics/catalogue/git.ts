// Findings about the repository itself, the git program and remotes.

import type { Finding } from "../finding.js";

const NEEDS_PROGRAM = {
  push: "pushing tags",
  sign: "signing tags",
  verify: "verifying signatures",
  register: "registering a prompt",
} as const;

export const git = {
  "git/not-a-repository": {
    severity: "error",
    stage: "read",
    about: "The project's folder is not inside a git repository. Versions are git tags, so there is nothing to read.",
    message: ({ dir }) => `${dir} is not inside a git repository`,
    hint: "run `git init`, or name the project's folder with `--cwd`",
  } as Finding<{ dir: string }>,
  "git/dubious-ownership": {
    severity: "error",
    stage: "read",
    about: "git refuses to read a repository that belongs to another user (`safe.directory`).",
    message: ({ dir }) => `git does not trust ${dir}: it belongs to another user`,
    hint: ({ dir }) => `if you trust it: git config --global --add safe.directory ${dir}`,
  } as Finding<{ dir: string }>,
  "git/unsupported": {
    severity: "error",
    stage: "read",
    about:
      "The repository uses something that the chosen git adapter cannot read. Reading on would silently miss versions.",
    message: ({ feature, adapter }) => `this repository uses ${feature}, which the ${adapter} git adapter cannot read`,
    hint: ({ adapter }) =>
      adapter === "isomorphic"
        ? "install git, and leave CUECARD_GIT unset or set it to `native`"
        : "update git, or set CUECARD_GIT=isomorphic",
  } as Finding<{ feature: string; adapter: string }>,
  "git/not-installed": {
    severity: "error",
    stage: "read",
    about: "CUECARD_GIT=native asks for the git program, and none is on the PATH.",
    message: "CUECARD_GIT is `native`, but there is no git on the PATH",
    hint: "install git, or unset CUECARD_GIT to use the embedded reader",
  } as Finding,
  "git/failed": {
    severity: "error",
    stage: "read",
    about: "git could not read the repository. The message is git's own.",
    message: ({ problem }) => `git could not read the repository: ${problem}`,
    hint: "`git fsck` tells whether the repository is damaged",
  } as Finding<{ problem: string }>,
  "git/no-identity": {
    severity: "error",
    stage: "plan",
    about:
      "git does not know who makes a tag or a commit: neither its settings nor the environment name anybody. Nothing is guessed, because tags are for good.",
    message: "git does not know who you are",
    hint: '`git config user.name "…"` and `git config user.email "…"`, or `--identity "Name <mail@example.com>"` (in CI)',
  } as Finding,
  "git/needs-program": {
    severity: "error",
    stage: "plan",
    about:
      "The embedded git reader makes tags in this clone only. Whatever speaks with a remote, or signs, or verifies signatures, is done by the git program.",
    message: ({ action }) => `${NEEDS_PROGRAM[action]} needs the git program`,
    hint: "install git, and leave CUECARD_GIT unset or set it to `native`",
  } as Finding<{ action: "push" | "sign" | "verify" | "register" }>,
  "git/refused": {
    severity: "error",
    stage: "write",
    about:
      "git refused to write, and nothing was changed: a hook said no, a signing key is missing, or another process holds a lock. The message is git's own, or the hook's.",
    message: ({ action, problem }) => `git could not ${action}: ${problem}`,
    hint: "see to what the message names, and run the command again",
  } as Finding<{ problem: string; action: string }>,
  "git/remote-failed": {
    severity: "error",
    stage: "plan",
    about:
      "The remote repository could not be asked: it is not there, there is no network, or you may not read it. Nothing was changed. The message is git's own.",
    message: ({ remote, problem }) => `the remote ${remote} could not be read: ${problem}`,
    hint: ({ remote }) =>
      `see what \`git ls-remote ${remote}\` says; without \`--push\`, the release stays in this clone`,
  } as Finding<{ problem: string; remote: string }>,
  "git/push-refused": {
    severity: "error",
    stage: "write",
    about:
      "The remote repository took none of the tags: you may not write there, or a hook on one of the sides said no. Nothing was changed on either side. The message is git's own, or the hook's.",
    message: ({ remote, problem }) => `${remote} took none of the tags: ${problem}`,
    hint: "see to what the message names, and run the command again; without `--push`, the release stays in this clone",
  } as Finding<{ problem: string; remote: string }>,
};
