// Findings of `check --base`: what a pull request changes in prompts.lock and aliases.json.

import type { Finding } from "./finding.js";
import { nameSome, quoteForShell, refspecOf, shortIds } from "./words.js";

export const base = {
  "base/unknown": {
    severity: "error",
    stage: "read",
    about:
      "`cuecard check --base`, or `--base` or `--head` of `cuecard review`, was given a branch or commit that this clone does not have.",
    message: ({ base, side }) => `the ${side} ${base} is not in this clone`,
    hint: ({ base, side }) => howToGet(base, side),
  } as Finding<{ base: string; side: "base" | "head" }>,
  "base/no-common-commit": {
    severity: "error",
    stage: "read",
    about:
      "`cuecard check --base` compares with the commit where the two histories parted, and this clone does not have it: the clone is shallow, or the histories share no commit.",
    message: ({ base, shallow }) =>
      shallow
        ? `this shallow clone lacks the commit where its history and that of ${base} parted`
        : `the history of ${base} shares no commit with this one`,
    hint: ({ base, shallow }) =>
      shallow
        ? `run \`git fetch --unshallow origin ${fetchBase(base)}\` (in GitHub Actions: \`fetch-depth: 0\`)`
        : "name the branch that this one is merged into",
  } as Finding<{ base: string; shallow: boolean }>,
  "lock/removed-line": {
    severity: "error",
    stage: "read",
    about:
      "The base has a line in prompts.lock that this branch lacks (`cuecard check --base`). Lines are only ever added: builds would lose a version that services may use, and its number could be used again.",
    message: ({ tags }) =>
      tags.length === 1
        ? `the line of ${tags[0]} was removed from prompts.lock`
        : `${tags.length} lines were removed from prompts.lock: ${nameSome(tags)}`,
    hint: ({ commit, tags }) =>
      `restore ${tags.length === 1 ? "it" : "them"}: copy the lines from \`git show ${commit.slice(0, 12)}:./prompts.lock\`. To say that a version should not be used, run \`cuecard retire\``,
  } as Finding<{ tags: readonly string[]; commit: string }>,
  "lock/changed-line": {
    severity: "error",
    stage: "read",
    about:
      "A line of prompts.lock names another commit or digest than in the base (`cuecard check --base`). Versions never change.",
    message: ({ tag, before, after, what }) => {
      const [was, is] = what === "commit" ? shortIds(before, after) : [before, after];
      return `the ${what} of ${tag} was changed in prompts.lock: it was ${was}, and is ${is}`;
    },
    hint: ({ base }) =>
      `restore the line from \`git show ${base.slice(0, 12)}:./prompts.lock\`, and release new content as a new version`,
  } as Finding<{ tag: string; what: "commit" | "digest"; before: string; after: string; base: string }>,
  "lock/changed-notes": {
    severity: "warning",
    stage: "read",
    about: "A line of prompts.lock has other notes than in the base (`cuecard check --base`).",
    message: ({ tag }) => `the notes of ${tag} were changed in prompts.lock`,
    hint: ({ base }) => `restore the line from \`git show ${base.slice(0, 12)}:./prompts.lock\``,
  } as Finding<{ tag: string; base: string }>,
  "lock/unretired": {
    severity: "warning",
    stage: "read",
    about:
      "A version is retired in the base and no longer in this branch (`cuecard check --base`). This also happens if a merge takes the line of the wrong side.",
    message: ({ tag, reason }) => `${tag} is no longer retired; the reason was: ${reason}`,
    hint: ({ tag }) =>
      `if this was not meant, run \`cuecard retire ${tag}\` with the same reason; if it was, let the owner of prompts.lock confirm it`,
  } as Finding<{ tag: string; reason: string }>,
  "tag/gone": {
    severity: "info",
    stage: "read",
    about:
      "prompts.lock has versions whose tags do not exist in this clone, although it has the tags of others (`cuecard check --base`). The versions can still be used as long as their commits exist: a tag protects its commit from being removed.",
    message: ({ tags }) =>
      `${tags.length === 1 ? "the tag of" : "the tags of"} ${nameSome(tags)} ${tags.length === 1 ? "does" : "do"} not exist in this clone`,
    hint: "run `git fetch --tags`; if the remote lacks a tag as well, `cuecard release --push` from a clone that has it restores it",
  } as Finding<{ tags: readonly string[] }>,
  "alias/moved-back": {
    severity: "info",
    stage: "read",
    about:
      "An alias points at an earlier version than in the base (`cuecard check --base`), or gives fewer callers a later one: a rollback, or a merge of an older aliases.json.",
    message: ({ pointer, before, after }) => `${pointer} goes back from ${before} to ${after}`,
    hint: "if this is not meant as a rollback, point it at the version of the base again",
  } as Finding<{ pointer: string; before: string; after: string }>,
  "alias/removed": {
    severity: "info",
    stage: "read",
    about:
      "aliases.json lacks aliases that the base has (`cuecard check --base`): they were removed, or a merge took an older aliases.json.",
    message: ({ pointers }) => `aliases.json no longer has ${nameSome(pointers)}`,
    hint: "if they are still loaded somewhere, point them at the versions of the base again",
  } as Finding<{ pointers: readonly string[] }>,
};

/** A branch that only the remote has, is then named as the remote's: git would make no branch of its own. */
function howToGet(base: string, side: "base" | "head"): string {
  // The default where nothing else is known.
  if (base === "origin/HEAD")
    return "run `git fetch origin '+refs/heads/*:refs/remotes/origin/*'`, or name a commit with --base";
  if (/^[0-9a-f]{40,64}$/.test(base)) return `run \`git fetch origin ${base}\``;
  // An expression such as HEAD~3 or main..feature, which no remote has.
  if (!/^[\w./-]+$/.test(base) || base.includes("..") || /^(?:HEAD|refs\/)/.test(base))
    return "name a branch, tag or commit that this clone has";
  if (/^(?:refs\/remotes\/)?origin\//.test(base)) return `run \`git fetch origin ${fetchBase(base)}\``;
  return `run \`git fetch origin ${refspecOf(base)}\`, and pass --${side} origin/${base}`;
}

/** What to fetch so that a clone has a base: `origin/main` is the branch `main` of the remote. */
function fetchBase(base: string): string {
  const [, branch] = /^(?:refs\/remotes\/)?origin\/(.+)$/.exec(base) ?? [];
  return branch === undefined ? quoteForShell(base) : refspecOf(branch);
}
