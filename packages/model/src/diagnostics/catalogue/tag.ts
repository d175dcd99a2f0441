// Findings about version tags.

import type { Finding } from "./finding.js";
import { setOnePrefix } from "./tag-prefix.js";
import { nameSome, shortIds } from "./words.js";

/** `2026-01-01T00:00:00.000Z` without the milliseconds. */
function toSeconds(date: string): string {
  return date.replace(/\.\d+Z$/, "Z");
}

export const tag = {
  "tag/moved": {
    severity: "error",
    stage: "read",
    about:
      "A version's tag points at another commit than prompts.lock recorded. Versions never change, so the tag was moved or re-created.",
    message: ({ tag, locked, found }) => {
      const [before, now] = shortIds(locked, found);
      return `the tag ${tag} was moved: prompts.lock has ${before}, but the tag points at ${now}`;
    },
    hint: ({ tag, locked, found }) =>
      `restore it with \`git fetch origin +refs/tags/${tag}:refs/tags/${tag}\` or, if it was moved on the remote as well, with \`git tag -f ${tag} ${shortIds(locked, found)[0]}\`; release new content as a new version`,
  } as Finding<{ tag: string; locked: string; found: string }>,
  "tag/jump": {
    severity: "warning",
    stage: "read",
    about:
      "A tag's number is more than 1,000 above the prompt's other versions, so the tag is a mistake, or was pushed to do damage. It does not count as a version: otherwise, the next release would continue from there. A version that prompts.lock has a line for counts in any case.",
    message: ({ tag, before }) => `the tag ${tag} is not a version: the highest version below it is v${before}`,
    hint: ({ tag }) => `remove it with \`git push --delete origin ${tag}\` and \`git tag -d ${tag}\``,
  } as Finding<{ tag: string; before: number }>,
  "tag/not-a-commit": {
    severity: "error",
    stage: "read",
    about: "A version's tag does not point at a commit, is a symbolic ref, or contains the name of another tag.",
    message: ({ tag, problem }) => `the tag ${tag} is not a valid version: ${problem}`,
    hint: ({ tag }) =>
      `if it was meant as a version, tag a commit instead (\`git tag -f ${tag} <commit>\`); if another project made it, give this project a "tagPrefix"`,
  } as Finding<{ tag: string; problem: string }>,
  "tag/notes-not-text": {
    severity: "warning",
    stage: "read",
    about:
      "The message of a version's tag cannot be decoded: it is not UTF-8, and declares no encoding that it fits. Cuecard does not guess, so the version has no notes.",
    message: ({ tag, problem }) =>
      `the version ${tag} has no notes: the message of its tag cannot be read, because ${problem}`,
    hint: "set `i18n.commitEncoding` to UTF-8 before you create the next tag, or use `cuecard release`",
  } as Finding<{ tag: string; problem: string }>,
  "tag/prompt-missing": {
    severity: "warning",
    stage: "read",
    about:
      "A tag has the form of a version, but its commit contains no file of this prompt. The tag is ignored. (The tag of another project, whose prompts are in another folder of the commit, is ignored without a warning.)",
    message: ({ tag, path }) => `the tag ${tag} is not a valid version: its commit does not contain ${path}`,
    hint: "if it should be a version, tag a commit that contains the file; otherwise it has no effect, and you can keep it",
  } as Finding<{ tag: string; path: string }>,
  "tag/other-project": {
    severity: "warning",
    stage: "read",
    about:
      "Another project in the repository has prompts with the same names, and its tags have the form of this project's versions. They are not counted as versions of this project, but their numbers are taken.",
    message: ({ tags, folder }) =>
      `${nameSome(tags)} ${tags.length === 1 ? "is a tag" : "are tags"} of another project, whose prompts are in ${folder || "the top folder"}`,
    hint: ({ suggested, project, otherSuggested }) =>
      `give each project tags of its own: ${setOnePrefix({ suggested, other: project, otherSuggested })}`,
  } as Finding<{
    tags: readonly string[];
    /** The other project's prompts folder. */
    folder: string;
    /** The folder of the other project. */
    project: string;
    suggested: string | undefined;
    otherSuggested: string | undefined;
  }>,
  "tag/object-missing": {
    severity: "error",
    stage: "read",
    about: "The commit, tree or file that a version needs is not in this clone.",
    message: ({ tag, tags }) =>
      tags === undefined
        ? `the content of ${tag} is not in this clone`
        : `the content of ${tags.length} versions is not in this clone: ${nameSome(tags)}`,
    hint: ({ shallow, problem }) =>
      problem !== undefined
        ? `a partial clone left it out, and fetching it failed: ${problem}`
        : shallow
          ? "this clone is shallow: run `git fetch --tags --unshallow` (in GitHub Actions: `fetch-depth: 0`)"
          : "run `git fetch --tags --refetch` to get objects that a partial clone left out",
  } as Finding<{ tag: string; shallow: boolean; tags?: readonly string[]; problem?: string | undefined }>,
  "tag/not-here": {
    severity: "error",
    stage: "read",
    about:
      "`cuecard check --require-signed` found a version in prompts.lock whose tag is not in this clone, so there is no signature to verify.",
    message: ({ tag, tags }) =>
      tags === undefined
        ? `the tag ${tag} is not in this clone, so its signature cannot be verified`
        : `${tags.length} tags are not in this clone, so their signatures cannot be verified: ${nameSome(tags)}`,
    hint: "run `git fetch --tags` (in GitHub Actions: `fetch-depth: 0`)",
  } as Finding<{ tag: string; tags?: readonly string[] }>,
  "tag/unsigned": {
    severity: "error",
    stage: "read",
    about: "`cuecard check --require-signed` found a version whose tag is not signed.",
    message: ({ tag, tags }) =>
      tags === undefined ? `the tag ${tag} is not signed` : `${tags.length} tags are not signed: ${nameSome(tags)}`,
    hint: ({ tag }) =>
      `release with \`cuecard release --sign\`; to sign this version, a person who may release runs \`git tag -s -f ${tag} ${tag}^{}\``,
  } as Finding<{ tag: string; tags?: readonly string[] }>,
  "tag/bad-signature": {
    severity: "error",
    stage: "read",
    about:
      "`cuecard check --require-signed` found a version whose signer may not release, whose signature has another format than the allowed-signers file, or whose tag was changed after it was signed. The message comes from git and from the program that verifies signatures.",
    message: ({ tag, problem }) => `the signature of the tag ${tag} is not valid: ${problem}`,
    hint: ({ tag }) =>
      `if the signer may release, add them to the allowed-signers file (\`--allowed-signers\`, or the setting \`allowedSigners\`); otherwise, someone who may release signs the version again: \`git tag -s -f ${tag} ${tag}^{}\``,
  } as Finding<{ tag: string; problem: string }>,
  "tag/backdated": {
    severity: "error",
    stage: "read",
    about:
      "`cuecard check --require-signed` found a signed tag whose date is more than five minutes before its commit, or before the version before it. The date decides whether a key was valid, and the signer chooses it: so a lost key can sign for a time before it was lost.",
    message: ({ tag, date, before, beforeDate }) =>
      `the tag ${tag} is dated ${toSeconds(date)}, before ${before === undefined ? "its own commit" : `the version before it, ${before}`} (${toSeconds(beforeDate)})`,
    hint: ({ tag, before }) =>
      `if you do not know why, remove the version's line from prompts.lock; if ${before === undefined ? "a clock was wrong" : `${before} was signed again`}, a person who may release signs this version again: \`git tag -s -f ${tag} ${tag}^{}\``,
  } as Finding<{
    tag: string;
    date: string;
    /** The version before, if that is newer; `undefined` for the tag's own commit. */
    before: string | undefined;
    beforeDate: string;
  }>,
  "tag/no-signers": {
    severity: "error",
    stage: "read",
    about: "`cuecard check --require-signed` was given an allowed-signers file that does not exist or cannot be read.",
    message: ({ path }) => `the allowed-signers file ${path} does not exist or cannot be read`,
    hint: "create it with one signer per line, in ssh-keygen's format: `mail@example.com ssh-ed25519 AAAA…`",
  } as Finding<{ path: string }>,
};
