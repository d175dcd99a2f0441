// Findings about releases.

import type { Finding } from "../finding.js";
import { didYouMean, listNames, shortIds } from "../words.js";

export const release = {
  "release/unknown-commit": {
    severity: "error",
    stage: "plan",
    about:
      "What is to be released is named by a commit that is not in this clone; or the repository has no commit yet.",
    message: ({ commit }) =>
      commit === "HEAD" ? "there is no commit to release" : `there is no commit "${commit}" in this clone`,
    hint: ({ commit, shallow }) => {
      if (commit === "HEAD") return "commit the prompts first";
      return shallow
        ? "the clone is shallow: `git fetch --unshallow` (in GitHub Actions: `fetch-depth: 0`)"
        : "`git fetch` brings what is only on the remote";
    },
  } as Finding<{ commit: string; shallow: boolean }>,
  "release/unknown-prompt": {
    severity: "error",
    stage: "plan",
    about: "The commit that is to be released has no such prompt file.",
    message: ({ name, commit, renamed }) =>
      renamed === undefined
        ? `there is no prompt "${name}" in ${commit}`
        : `there is no prompt "${name}" in ${commit}: it was renamed to ${renamed}`,
    hint: ({ nearest, renamed }) =>
      renamed === undefined
        ? didYouMean(nearest, "`cuecard list` shows what there is")
        : `release it by its new name: \`cuecard release ${renamed}\``,
  } as Finding<{ name: string; commit: string; nearest: string | undefined; renamed: string | undefined }>,
  "release/uncommitted": {
    severity: "warning",
    stage: "plan",
    about:
      "A prompt's file, or a partial that it reaches, was edited since the commit that is to be released. A version is what was committed: the edits are not part of it.",
    message: ({ name }) => `${name} has edits that are not committed: a version is what was committed`,
    hint: "to release them, too, commit them first",
  } as Finding<{ name: string }>,
  "release/only-uncommitted": {
    severity: "error",
    stage: "plan",
    about:
      "A prompt was named for release, and only edits that are not committed make it differ from its latest version.",
    message: ({ name, version }) =>
      version === undefined
        ? `${name} is not committed, and a version is what was committed`
        : `${name} differs from v${version} only by edits that are not committed`,
    hint: "commit them, and release again",
  } as Finding<{ name: string; version: number | undefined }>,
  "release/invalid-notes": {
    severity: "error",
    stage: "plan",
    about:
      "A tag's message cannot hold these notes: the signature of a signed tag stands at the message's end, and a line like one would cut the notes short.",
    message: ({ name, problem }) => `the notes of ${name} cannot be kept in a tag: ${problem}`,
    hint: "write other notes with `-m` or `--edit`",
  } as Finding<{ name: string; problem: string }>,
  "release/shallow-notes": {
    severity: "error",
    stage: "plan",
    about:
      "Notes are taken from the commits since the version before, and the clone lacks some of them (a shallow clone). A version's notes are for good, so they are not made up from the rest.",
    message: ({ name }) => `what changed ${name} is not known: this clone's history ends before its latest version`,
    hint: ({ shallow }) =>
      shallow
        ? "`git fetch --unshallow` brings the commits (in GitHub Actions: `fetch-depth: 0`); or say what changed with `-m`"
        : "`git fetch --refetch` brings the commits; or say what changed with `-m`",
  } as Finding<{ name: string; shallow: boolean }>,
  "release/behind": {
    severity: "error",
    stage: "plan",
    about:
      "A prompt was named for release, and what makes it differ from its latest version is that the commit lacks what others released: it is on another branch, or not pulled yet. Released, the old content would stand before the new.",
    message: ({ name, version }) => `${name} is v${version} elsewhere, and this commit does not have it`,
    hint: ({ version }) =>
      `merge first (\`git pull\`, \`git merge\`); to go back to the older content, commit it on top of v${version}`,
  } as Finding<{ name: string; version: number }>,
  "release/diverged": {
    severity: "warning",
    stage: "plan",
    about:
      "A prompt was changed in this commit's history, and others released a version from commits that it does not have. As the next version, it would lose what they did; so it is left out.",
    message: ({ name, version }) => `${name} was changed here, and is v${version} elsewhere: it is left out`,
    hint: ({ name }) =>
      `merge first (\`git pull\`, \`git merge\`), or name it to release it as it is: \`cuecard release ${name}\``,
  } as Finding<{ name: string; version: number }>,
  "release/unknown-age": {
    severity: "warning",
    stage: "plan",
    about:
      "The clone lacks commits (a shallow clone), and the commit has content that an earlier version of the prompt has. Without its history nobody can tell whether it came late or brings the older content back, so the prompt is left out.",
    message: ({ name, version }) =>
      `${name} has an earlier version's content here, and this clone's history does not tell whether it comes before v${version} or after: it is left out`,
    hint: ({ shallow }) =>
      shallow
        ? "`git fetch --unshallow` tells (in GitHub Actions: `fetch-depth: 0`)"
        : "`git fetch` brings what is only on the remote",
  } as Finding<{ name: string; version: number; shallow: boolean }>,
  "release/unknown-history": {
    severity: "warning",
    stage: "plan",
    about:
      "The clone lacks commits (a shallow clone), and without them nobody can tell whether the commit has what was released last. The prompt is released, since no version has its content.",
    message: ({ name, version }) => `this clone's history does not tell whether the commit has ${name}@v${version}`,
    hint: ({ shallow }) =>
      shallow
        ? "`git fetch --unshallow` brings it (in GitHub Actions: `fetch-depth: 0`)"
        : "`git fetch` brings what is only on the remote",
  } as Finding<{ name: string; version: number; shallow: boolean }>,
  "release/tag-differs": {
    severity: "error",
    stage: "plan",
    about:
      "A version's tag leads to one commit in this clone and to another on the remote: both released under the same number, or somebody moved a tag.",
    message: ({ tag, remote, here, there }) => {
      const [own, theirs] = shortIds(here, there);
      return `${tag} is ${own} in this clone and ${theirs} on ${remote}`;
    },
    hint: ({ tag, remote, here, there, locked }) => {
      if (locked === there)
        return `prompts.lock says that ${remote} is right: \`git fetch ${remote} +refs/tags/${tag}:refs/tags/${tag}\``;
      const ours = `if you released it without \`--push\`, and others with it: \`git tag -d ${tag}\`, remove its line from prompts.lock where there is one, and release again`;
      return locked === here
        ? `${ours}; if others have the same line in prompts.lock, the tag was moved on ${remote}: \`git push --force ${remote} refs/tags/${tag}\` puts it back`
        : ours;
    },
  } as Finding<{ tag: string; remote: string; here: string; there: string; locked: string | undefined }>,
  "release/raced": {
    severity: "error",
    stage: "write",
    about: "Again and again, others took the version numbers first. Nothing was released.",
    message: ({ tags }) => `others kept taking ${listNames(tags)} first`,
    hint: "run the command again",
  } as Finding<{ tags: readonly string[] }>,
  "release/tags-not-here": {
    severity: "warning",
    stage: "write",
    about:
      "The versions are on the remote, and this clone could not make their tags: a hook said no, or another process holds a lock. The message is git's own, or the hook's.",
    message: ({ tags, remote, problem }) =>
      `${listNames(tags)} ${tags.length === 1 ? "is" : "are"} on ${remote}, but not in this clone: ${problem}`,
    hint: ({ remote }) => `\`git fetch --tags ${remote}\` brings them`,
  } as Finding<{ problem: string; tags: readonly string[]; remote: string }>,
};
