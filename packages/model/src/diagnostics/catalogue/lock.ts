// Findings about prompts.lock.

import type { Finding } from "./finding.js";
import { asPrinted, listNames, nameSome } from "./words.js";

export const lock = {
  "lock/invalid-line": {
    severity: "error",
    stage: "read",
    about:
      'A line of prompts.lock does not have the form `name@vN <commit> sha256-<digest>`, optionally followed by the notes as a JSON string and by `retired "<reason>"`.',
    message: ({ problem }) => `this line of prompts.lock is not valid: ${problem}`,
    hint: "remove the line, run `cuecard lock` and commit the result",
  } as Finding<{ problem: string }>,
  "lock/conflicting-lines": {
    severity: "error",
    stage: "read",
    about:
      "prompts.lock has two lines for one version, with different commits or contents. This happens when you merge two branches that both released the version.",
    message: ({ tag }) => `prompts.lock has two different lines for ${tag}`,
    hint: "keep the line whose commit is the one that the pushed tag points at (see `git ls-remote --tags`)",
  } as Finding<{ tag: string }>,
  "lock/conflict-markers": {
    severity: "error",
    stage: "read",
    about: "prompts.lock has an unresolved merge conflict.",
    message: "prompts.lock has merge conflict markers, so no version can be read",
    hint: "run `cuecard lock`, which keeps the lines of both sides; if both sides released the same version, first remove the line whose commit is not the one that the pushed tag points at (see `git ls-remote --tags`)",
  } as Finding,
  "lock/commit-missing": {
    severity: "error",
    stage: "read",
    about: "prompts.lock names a commit that this clone does not have, and the version's tag does not exist either.",
    message: ({ tag, commit, tags }) =>
      tags === undefined
        ? `${tag} is locked to commit ${commit.slice(0, 12)}, which this clone does not have`
        : `${tags.length} versions are locked to commits that this clone does not have: ${nameSome(tags)}`,
    hint: ({ shallow }) =>
      shallow
        ? "run `cuecard build --fetch`, which fetches these commits, or `git fetch --tags --unshallow` (in GitHub Actions: `fetch-depth: 0`)"
        : "run `git fetch --tags`; if the commit is lost, remove the line from prompts.lock",
  } as Finding<{ tag: string; commit: string; shallow: boolean; tags?: readonly string[] }>,
  "lock/fetch-failed": {
    severity: "warning",
    stage: "read",
    about:
      "`cuecard build --fetch` could not fetch commits that prompts.lock names: the remote does not have them, the network is down, or the clone has no permission to fetch. The message comes from git.",
    message: ({ remote, commits, problem }) =>
      `${commits === 1 ? "1 commit that prompts.lock names" : `${commits} commits that prompts.lock names`} could not be fetched from ${remote}:${asPrinted(problem)}`,
    hint: ({ remote }) =>
      `run \`git ls-remote ${remote}\` to see whether this machine may fetch. If it may not, build in CI and deploy the dist folder`,
  } as Finding<{ remote: string; commits: number; problem: string }>,
  "lock/digest-mismatch": {
    severity: "error",
    stage: "read",
    about:
      "A version's content does not match the digest in prompts.lock, although the commit is the same. The lock was edited by hand, or its digest was computed with different rules.",
    message: ({ tag }) => `the content of ${tag} does not match its digest in prompts.lock`,
    hint: ({ locked, found }) =>
      `restore this line from git history: its digest is ${locked}, but Cuecard found ${found}`,
  } as Finding<{ tag: string; locked: string; found: string }>,
  "lock/missing-line": {
    severity: "error",
    stage: "read",
    about:
      "An alias points at a version that is missing from prompts.lock, or a command names one, and the lock is frozen (`--frozen`, the default when CI is set).",
    message: ({ tag, pointer, tags }) => {
      if (tags !== undefined)
        return `${tags.length} versions that aliases point at are missing from prompts.lock, and the lock is frozen: ${nameSome(tags)}`;
      return pointer === undefined
        ? `${tag} is missing from prompts.lock, and the lock is frozen`
        : `${pointer} points at ${tag}, which is missing from prompts.lock, and the lock is frozen`;
    },
    hint: "run `cuecard lock` and commit the result",
  } as Finding<{ tag: string; pointer: string | undefined; tags?: readonly string[] }>,
  "lock/left-out": {
    severity: "info",
    stage: "read",
    about:
      "Versions have tags but no lines in prompts.lock, and the lock is frozen (`--frozen`, the default when CI is set). A frozen build leaves them out, so that it depends on the commit alone. This is a note, because tags may be newer than the commit that is checked.",
    message: ({ tags }) =>
      tags.length === 1
        ? `1 released version is not in prompts.lock and is left out: ${tags[0]}`
        : `${tags.length} released versions are not in prompts.lock and are left out: ${nameSome(tags)}`,
    hint: "to include them, run `cuecard lock` and commit the result",
  } as Finding<{ tags: readonly string[] }>,
  "lock/busy": {
    severity: "error",
    stage: "write",
    about: "Another process was changing prompts.lock and did not finish in time.",
    message: "another process is changing prompts.lock",
    hint: "when that process has finished, run the command again, then run `cuecard lock` to add any lines that are still missing",
  } as Finding,
  "lock/lines-missing": {
    severity: "error",
    stage: "write",
    about:
      "Versions were released and have their tags, but prompts.lock could not be written afterward. Another diagnostic says why. Until their lines are added, frozen builds leave these versions out.",
    message: ({ tags }) =>
      `prompts.lock has no line for ${nameSome(tags)}, although ${tags.length === 1 ? "it was" : "they were"} released`,
    hint: "fix the problem above, run `cuecard lock` and commit prompts.lock (the next `release` or `build` also adds the line)",
  } as Finding<{ tags: readonly string[] }>,
  "lock/out-of-date": {
    severity: "warning",
    stage: "read",
    about:
      "prompts.lock differs from what `cuecard lock` would write: versions were released since, or lines were edited by hand.",
    message: ({ tags }) =>
      tags.length === 0 ? "prompts.lock is out of date" : `prompts.lock is out of date: it lacks ${listNames(tags)}`,
    hint: "run `cuecard lock` and commit the result",
  } as Finding<{ tags: readonly string[] }>,
};
