// Findings about version tags.

import type { Finding } from "../finding.js";
import { shortIds } from "../words.js";

export const tag = {
  "tag/moved": {
    severity: "error",
    stage: "read",
    about:
      "A version's tag points at another commit than prompts.lock recorded. Versions never change: somebody moved or re-created the tag.",
    message: ({ tag, locked, found }) => {
      const [before, now] = shortIds(locked, found);
      return `the tag ${tag} was moved: prompts.lock says ${before}, the tag says ${now}`;
    },
    hint: ({ tag, locked, found }) =>
      `restore it with \`git fetch origin +refs/tags/${tag}:refs/tags/${tag}\`, or, if it was moved there, too, with \`git tag -f ${tag} ${shortIds(locked, found)[0]}\`; release new content as a new version`,
  } as Finding<{ tag: string; locked: string; found: string }>,
  "tag/not-a-commit": {
    severity: "error",
    stage: "read",
    about: "A version's tag does not lead to a commit, is a symbolic ref, or carries another tag's name inside.",
    message: ({ tag, problem }) => `the tag ${tag} is no version: ${problem}`,
    hint: ({ tag }) => `delete it (\`git tag -d ${tag}\`) and tag a commit`,
  } as Finding<{ tag: string; problem: string }>,
  "tag/prompt-missing": {
    severity: "warning",
    stage: "read",
    about:
      "A tag reads like a version, but the tagged commit holds no such prompt file. It is not counted as a version.",
    message: ({ tag, path }) => `the tag ${tag} is no version: its commit has no ${path}`,
    hint: ({ tag }) =>
      `if it was meant as one, tag a commit that holds the file; otherwise it can stay (or \`git tag -d ${tag}\`)`,
  } as Finding<{ tag: string; path: string }>,
  "tag/object-missing": {
    severity: "error",
    stage: "read",
    about: "The commit, tree or file that a version needs is not in this clone.",
    message: ({ tag }) => `the content of ${tag} is not in this clone`,
    hint: ({ shallow }) =>
      shallow
        ? "the clone is shallow: `git fetch --tags --unshallow` (in GitHub Actions: `fetch-depth: 0`)"
        : "`git fetch --tags --refetch` brings objects that a partial clone left out",
  } as Finding<{ tag: string; shallow: boolean }>,
  "tag/not-here": {
    severity: "error",
    stage: "read",
    about:
      "`cuecard check --require-signed` found a version in prompts.lock whose tag, and with it the signature, is not in this clone.",
    message: ({ tag }) => `the tag ${tag} is not in this clone, so its signature cannot be verified`,
    hint: "`git fetch --tags` (in GitHub Actions: `fetch-depth: 0`)",
  } as Finding<{ tag: string }>,
  "tag/unsigned": {
    severity: "error",
    stage: "read",
    about: "`cuecard check --require-signed` found a version whose tag carries no signature.",
    message: ({ tag }) => `the tag ${tag} is not signed`,
    hint: ({ tag }) =>
      `release with \`cuecard release --sign\`; for this one, whoever may release makes it anew: \`git tag -s -f ${tag} ${tag}^{}\``,
  } as Finding<{ tag: string }>,
  "tag/bad-signature": {
    severity: "error",
    stage: "read",
    about:
      "`cuecard check --require-signed` found a version whose tag is signed by nobody who may release, or was changed after it was signed. The message is that of git and of the program that verifies.",
    message: ({ tag, problem }) => `the signature of the tag ${tag} is not good: ${problem}`,
    hint: "see that the signer is in the allowed-signers file (`--allowed-signers`, or `allowedSigners` in the settings)",
  } as Finding<{ tag: string; problem: string }>,
  "tag/no-signers": {
    severity: "error",
    stage: "read",
    about: "`cuecard check --require-signed` was given a file of allowed signers that does not exist.",
    message: ({ path }) => `there is no file ${path} that says who may sign`,
    hint: "one line a signer: `mail@example.com ssh-ed25519 AAAA…`, as `git log --show-signature` and ssh-keygen read it",
  } as Finding<{ path: string }>,
};
