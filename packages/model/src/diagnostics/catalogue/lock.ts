// Findings about prompts.lock.

import type { Finding } from "../finding.js";
import { listNames } from "../words.js";

export const lock = {
  "lock/invalid-line": {
    severity: "error",
    stage: "read",
    about:
      'A line of prompts.lock is not `name@vN <commit> sha256-<digest>` (behind it the notes as a JSON string, and `retired "<reason>"`).',
    message: ({ problem }) => `this line of prompts.lock cannot be read: ${problem}`,
    hint: "remove the line and run `cuecard lock`",
  } as Finding<{ problem: string }>,
  "lock/conflicting-lines": {
    severity: "error",
    stage: "read",
    about:
      "prompts.lock has two lines for one version that name different commits or contents, as after a merge of two branches that both released it.",
    message: ({ tag }) => `prompts.lock has two different lines for ${tag}`,
    hint: "keep the line whose commit the pushed tag names (`git ls-remote --tags`)",
  } as Finding<{ tag: string }>,
  "lock/conflict-markers": {
    severity: "error",
    stage: "read",
    about: "prompts.lock holds an unresolved merge conflict.",
    message: "prompts.lock holds merge conflict markers",
    hint: "run `cuecard lock`: it takes the lines of both sides, unless one version was released on both",
  } as Finding,
  "lock/commit-missing": {
    severity: "error",
    stage: "read",
    about: "prompts.lock names a commit that this clone does not have, and there is no tag to read the version from.",
    message: ({ tag, commit }) => `${tag} is locked to commit ${commit.slice(0, 12)}, which is not in this clone`,
    hint: ({ shallow }) =>
      shallow
        ? "`git fetch --tags --unshallow` (in GitHub Actions: `fetch-depth: 0`)"
        : "`git fetch --tags`; if the commit is gone for good, remove the line from prompts.lock",
  } as Finding<{ tag: string; commit: string; shallow: boolean }>,
  "lock/digest-mismatch": {
    severity: "error",
    stage: "read",
    about:
      "A version's content is not what prompts.lock recorded, although the commit is the same: the lock was edited by hand or written by another version of the rules.",
    message: ({ tag }) => `the content of ${tag} is not what prompts.lock recorded`,
    hint: ({ locked, found }) => `locked ${locked}, found ${found}; restore the line from git history`,
  } as Finding<{ tag: string; locked: string; found: string }>,
  "lock/missing-line": {
    severity: "error",
    stage: "read",
    about:
      "An alias points at a version that prompts.lock does not hold, and the lock is frozen (`--frozen`, the default when CI is set).",
    message: ({ tag, pointer }) =>
      `${pointer} points at ${tag}, which prompts.lock does not hold, and the lock is frozen`,
    hint: "run `cuecard lock` and commit prompts.lock",
  } as Finding<{ tag: string; pointer: string }>,
  "lock/busy": {
    severity: "error",
    stage: "write",
    about: "Other processes change prompts.lock, and did not end in time.",
    message: "other processes are changing prompts.lock",
    hint: "try again when they are done; then run `cuecard lock`",
  } as Finding,
  "lock/out-of-date": {
    severity: "warning",
    stage: "read",
    about:
      "prompts.lock is not what `cuecard lock` would write: versions were released since, or lines were edited by hand.",
    message: ({ tags }) =>
      tags.length === 0 ? "prompts.lock is out of date" : `prompts.lock is out of date: it lacks ${listNames(tags)}`,
    hint: "run `cuecard lock` and commit prompts.lock",
  } as Finding<{ tags: readonly string[] }>,
};
