// Findings about releases.

import type { Finding } from "./finding.js";
import { setOnePrefix, setTagPrefix } from "./tag-prefix.js";
import { asPrinted, didYouMean, listNames, shortIds } from "./words.js";

export const release = {
  "release/unknown-commit": {
    severity: "error",
    stage: "plan",
    about: "The commit to release is not in this clone, or the repository has no commits yet.",
    message: ({ commit }) =>
      commit === "HEAD" ? "there are no commits to release" : `the commit "${commit}" is not in this clone`,
    hint: ({ commit, shallow }) => {
      if (commit === "HEAD") return "commit the prompts first";
      return shallow
        ? "this clone is shallow: run `git fetch --unshallow` (in GitHub Actions: `fetch-depth: 0`)"
        : "run `git fetch` to get commits from the remote";
    },
  } as Finding<{ commit: string; shallow: boolean }>,
  "release/unknown-prompt": {
    severity: "error",
    stage: "plan",
    about: "The commit to release does not contain a prompt of this name.",
    message: ({ name, commit, renamed }) =>
      `the prompt "${name}" does not exist in ${commit}${renamed === undefined ? "" : `: it was renamed to ${renamed}`}`,
    hint: ({ name, nearest, renamed }) =>
      renamed === undefined
        ? /(?:^|\/)_[^/]*$/.test(name)
          ? "a partial has no versions: release the prompts that include it"
          : didYouMean(nearest, "run `cuecard list` to see all prompts")
        : `use its new name: \`cuecard release ${renamed}\``,
  } as Finding<{ name: string; commit: string; nearest: string | undefined; renamed: string | undefined }>,
  "release/ignored": {
    severity: "error",
    stage: "plan",
    about: "The command names a file that is not a prompt, because the setting `ignore` matches it.",
    message: ({ path }) => `${path} is not a prompt: the setting "ignore" matches it`,
    hint: 'to make it a prompt, set "ignore" to a list without it',
  } as Finding<{ path: string }>,
  "release/uncommitted": {
    severity: "warning",
    stage: "plan",
    about:
      "A prompt's file, a partial that it uses, or the setting `trimMessages` has edits since the commit to release. A version contains only what was committed, so the edits are not part of it.",
    message: ({ name }) => `${name} has uncommitted edits, which will not be part of the version`,
    hint: "to release them as well, commit them first",
  } as Finding<{ name: string }>,
  "release/only-uncommitted": {
    severity: "error",
    stage: "plan",
    about:
      "You named a prompt that differs from its latest version only by uncommitted edits, so there is nothing to release.",
    message: ({ name, version }) =>
      version === undefined
        ? `${name} is not committed yet, so it cannot be released`
        : `${name} differs from v${version} only by uncommitted edits, which cannot be released`,
    hint: "commit them and run the command again",
  } as Finding<{ name: string; version: number | undefined }>,
  "release/invalid-notes": {
    severity: "error",
    stage: "plan",
    about:
      "The notes cannot be stored in a tag's message: they contain a line that git would take for the beginning of a signature, and everything after it would be lost.",
    message: ({ name, problem }) => `the notes of ${name} cannot be stored in a tag: ${problem}`,
    hint: "pass other notes with `-m` or `--edit`",
  } as Finding<{ name: string; problem: string }>,
  "release/notes-not-text": {
    severity: "error",
    stage: "plan",
    about:
      "The notes of a version are made from the messages of its commits, and one of them cannot be decoded: it is not UTF-8, and declares no encoding that it fits. Cuecard does not guess, because a version's notes never change.",
    message: ({ name, commit, problem }) =>
      `the notes of ${name} cannot be made from the message of the commit ${commit.slice(0, 12)}: ${problem}`,
    hint: "pass notes with `-m` or `--edit`",
  } as Finding<{ name: string; commit: string; problem: string }>,
  "release/shallow-notes": {
    severity: "error",
    stage: "plan",
    about:
      "Notes come from the commits since the previous version, and this shallow clone lacks some of them. Notes cannot be changed later, so Cuecard does not write incomplete ones.",
    message: ({ name }) => `the notes of ${name} are unknown: this clone's history ends before its latest version`,
    hint: ({ shallow }) =>
      shallow
        ? "run `git fetch --unshallow` (in GitHub Actions: `fetch-depth: 0`), or pass notes with `-m`"
        : "run `git fetch --refetch`, or pass notes with `-m`",
  } as Finding<{ name: string; shallow: boolean }>,
  "release/behind": {
    severity: "error",
    stage: "plan",
    about:
      "You named a prompt whose latest version is not in this commit's history: it was released from another branch, or you have not pulled yet. Releasing it would make older content the latest version.",
    message: ({ name, version }) =>
      `${name} was released elsewhere as v${version}, and this commit does not have that version`,
    hint: ({ version }) =>
      `merge first (\`git pull\` or \`git merge\`); to go back to the older content, commit it on top of v${version}`,
  } as Finding<{ name: string; version: number }>,
  "release/diverged": {
    severity: "warning",
    stage: "plan",
    about:
      "A prompt was changed in this commit's history, and others released a version from commits that this history lacks. Releasing it would lose their changes, so the prompt is skipped.",
    message: ({ name, version }) => `skipped ${name}: it was changed here, and released elsewhere as v${version}`,
    hint: ({ name }) =>
      `merge first (\`git pull\` or \`git merge\`), or release it anyway by naming it: \`cuecard release ${name}\``,
  } as Finding<{ name: string; version: number }>,
  "release/unknown-age": {
    severity: "warning",
    stage: "plan",
    about:
      "The content of the prompt matches an earlier version, and this shallow clone lacks the commits that show whether it is outdated or was restored on purpose. The prompt is skipped.",
    message: ({ name, version }) =>
      `skipped ${name}: its content matches an earlier version, and this clone cannot tell whether it is older or newer than v${version}`,
    hint: ({ shallow }) =>
      shallow
        ? "run `git fetch --unshallow` (in GitHub Actions: `fetch-depth: 0`) and release again"
        : "run `git fetch` and release again",
  } as Finding<{ name: string; version: number; shallow: boolean }>,
  "release/unknown-history": {
    severity: "warning",
    stage: "plan",
    about:
      "This shallow clone lacks the commits that show whether the commit to release contains the latest version. The prompt is released anyway, because no version has its content.",
    message: ({ name, version }) => `this clone cannot tell whether the commit contains ${name}@v${version}`,
    hint: ({ shallow }) =>
      shallow
        ? "run `git fetch --unshallow` (in GitHub Actions: `fetch-depth: 0`)"
        : "run `git fetch` to get commits from the remote",
  } as Finding<{ name: string; version: number; shallow: boolean }>,
  "release/tag-differs": {
    severity: "error",
    stage: "plan",
    about:
      "A version's tag points at one commit in this clone and at another on the remote. Either both sides released the same number, or a tag was moved.",
    message: ({ tag, remote, here, there }) => {
      const [own, theirs] = shortIds(here, there);
      return `${tag} is ${own} in this clone, but ${theirs} on ${remote}`;
    },
    hint: ({ tag, remote, here, there, locked }) => {
      if (locked === there)
        return `prompts.lock agrees with ${remote}: run \`git fetch ${remote} +refs/tags/${tag}:refs/tags/${tag}\``;
      const ours = `if others pushed their version and you released yours without \`--push\`, run \`git tag -d ${tag}\`, remove its line from your prompts.lock if there is one, and release again`;
      return locked === here
        ? `${ours}; if other people's prompts.lock has the same line as yours, the tag was moved on ${remote}: restore it with \`git push --force ${remote} refs/tags/${tag}\``
        : ours;
    },
  } as Finding<{ tag: string; remote: string; here: string; there: string; locked: string | undefined }>,
  "release/last-number": {
    severity: "error",
    stage: "plan",
    about:
      "A prompt has a version with the highest number that is possible, so it cannot get another one. Nothing is released. Such a tag is a mistake, or was pushed to do damage.",
    message: ({ tag }) => `${tag} has the highest number that a version can have, so there is no next version`,
    hint: ({ tag }) =>
      `remove its line from prompts.lock, and its tag with \`git push --delete origin ${tag}\` and \`git tag -d ${tag}\`; then run the command again`,
  } as Finding<{ tag: string }>,
  "release/tag-taken": {
    severity: "error",
    stage: "plan",
    about:
      "The tag of a prompt's next version exists already, and its commit does not contain the prompt: the tag belongs to another project in the repository. Projects that share a repository need different tag prefixes.",
    message: ({ tag, path, holder }) =>
      `the tag ${tag} exists already, and its commit does not contain ${path}${holder === undefined ? "" : ` but a prompt in ${holder || "the top folder"}`}`,
    hint: ({ suggested, tag }) =>
      `give this project tags of its own: ${setTagPrefix(suggested)}; or, if ${tag} was meant as a version of this prompt, tag a commit that contains the file`,
  } as Finding<{ tag: string; path: string; holder: string | undefined; suggested: string | undefined }>,
  "release/shared-tag": {
    severity: "error",
    stage: "plan",
    about:
      "Two projects in the repository have a prompt whose versions would have the same tag. A tag must be a version of one project only, so nothing is released.",
    message: ({ tag, other }) =>
      `the tag ${tag} would also be a version of the project in ${other || "the top folder"}`,
    hint: ({ suggested, other, otherSuggested }) => setOnePrefix({ suggested, other, otherSuggested }),
  } as Finding<{ tag: string; other: string; suggested: string | undefined; otherSuggested: string | undefined }>,
  "release/raced": {
    severity: "error",
    stage: "write",
    about: "Others took the next version numbers several times in a row. Nothing was released.",
    message: ({ tags }) => `others released ${listNames(tags)} first, several times in a row; nothing was released`,
    hint: "run the command again",
  } as Finding<{ tags: readonly string[] }>,
  "release/tags-not-here": {
    severity: "warning",
    stage: "write",
    about:
      "The versions are on the remote, but their tags could not be created in this clone: a hook rejected them, or another process holds a lock. The message comes from git or from the hook.",
    message: ({ tags, remote, problem }) =>
      `${listNames(tags)} ${tags.length === 1 ? "is" : "are"} on ${remote}, but not in this clone:${asPrinted(problem)}`,
    hint: ({ remote }) => `run \`git fetch --tags ${remote}\` to get them`,
  } as Finding<{ problem: string; tags: readonly string[]; remote: string }>,
};
