// Findings about the repository itself, the git program and remotes.

import type { Finding } from "./finding.js";
import { asPrinted, nameSome, quoteForShell } from "./words.js";

const NEEDS_PROGRAM = {
  push: "pushing tags",
  sign: "signing tags",
  verify: "verifying signatures",
  register: "registering a prompt",
  propose: "writing to a branch",
} as const;

/** What `git sparse-checkout add` takes: a folder, or a pattern for a file of the top folder. */
function folderOf(path: string): string {
  const end = path.lastIndexOf("/");
  return end === -1 ? `/${path}` : path.slice(0, end);
}

export const git = {
  "git/not-a-repository": {
    severity: "error",
    stage: "read",
    about: "The project's folder is not inside a git repository. Versions are git tags, so there is nothing to read.",
    message: ({ dir }) => `${dir} is not inside a git repository`,
    hint: ({ released }) =>
      released
        ? "run this in a clone of the repository, or pass the project's folder with `--cwd`; a host without git only needs the generated package's dist folder, built in a clone"
        : "run `git init`, or pass the project's folder with `--cwd`",
  } as Finding<{ dir: string; released: boolean }>,
  "git/broken-link": {
    severity: "error",
    stage: "read",
    about:
      "The `.git` of a worktree or submodule is a file that names the folder with the repository, and this folder does not exist. That happens when only the working tree is copied or mounted, for example into a container. Without the folder, every version would be missing.",
    message: ({ file, target }) =>
      file === target
        ? `${file} is a file that names no git folder`
        : `${file} points at ${target}, which is not a git folder or does not exist`,
    hint: "mount or copy the whole repository, or use a clone of its own; if the repository was moved, run `git worktree repair` in it (for a submodule: `git submodule update --init`)",
  } as Finding<{ file: string; target: string }>,
  "git/not-checked-out": {
    severity: "error",
    stage: "read",
    about:
      "A sparse checkout leaves out of the working tree a file that the command needs there: aliases.json, prompts.lock, settings, or a file that the command would write. Prompts that are left out are read from git's index instead.",
    message: ({ path }) => `${path} is left out of this sparse checkout`,
    hint: ({ path }) =>
      `add it with \`git sparse-checkout add ${quoteForShell(folderOf(path))}\`, or check out everything with \`git sparse-checkout disable\``,
  } as Finding<{ path: string }>,
  "git/code-not-checked-out": {
    severity: "warning",
    stage: "read",
    about:
      "A sparse checkout leaves source files out of the working tree. Cuecard does not search them, and does not find code there that loads prompts.",
    message: ({ folders }) => `code in ${nameSome(folders)} is left out of this sparse checkout, and was not searched`,
    hint: ({ folders }) =>
      `add it with \`git sparse-checkout add ${folders.slice(0, 3).map(quoteForShell).join(" ")}\`, or run the command in a full checkout`,
  } as Finding<{ folders: readonly string[] }>,
  "git/dubious-ownership": {
    severity: "error",
    stage: "read",
    about: "git refuses to read a repository that belongs to another user (`safe.directory`).",
    message: ({ dir }) => `git does not trust ${dir}: it belongs to another user`,
    hint: ({ dir }) => `if you trust this repository, run \`git config --global --add safe.directory ${dir}\``,
  } as Finding<{ dir: string }>,
  "git/unsupported": {
    severity: "error",
    stage: "read",
    about:
      "The repository uses a feature that the selected git reader does not support. Reading it anyway could silently miss versions.",
    message: ({ feature, adapter }) =>
      `this repository uses ${feature}, which the ${adapter} git reader does not support`,
    hint: ({ adapter }) =>
      adapter === "isomorphic"
        ? "install git, and set `git` in cuecard.config.json (or CUECARD_GIT, which overrides it) to `native`"
        : "update git, or set CUECARD_GIT=isomorphic",
  } as Finding<{ feature: string; adapter: string }>,
  "git/not-installed": {
    severity: "error",
    stage: "read",
    about: "git is not on the PATH, and the setting `git` or CUECARD_GIT is `native`.",
    message: "git is not on the PATH, and the setting `git` or CUECARD_GIT is `native`",
    hint: "install git, or set `git` in cuecard.config.json (or CUECARD_GIT, which overrides it) to `auto` to use the embedded reader",
  } as Finding,
  "git/failed": {
    severity: "error",
    stage: "read",
    about: "git could not read the repository. The message comes from git.",
    message: ({ problem }) => `git could not read the repository: ${problem}`,
    hint: "run `git fsck` to check whether the repository is damaged",
  } as Finding<{ problem: string }>,
  "git/no-identity": {
    severity: "error",
    stage: "plan",
    about:
      "git has no name and email for the author of a tag or commit, neither in its settings nor in the environment.",
    message: "git does not know your name and email",
    hint: 'run `git config user.name "…"` and `git config user.email "…"`, or pass `--identity "Name <mail@example.com>"` (in CI)',
  } as Finding,
  "git/needs-program": {
    severity: "error",
    stage: "plan",
    about:
      "The embedded git reader can only create tags in this clone. Working with a remote, signing and verifying signatures need git on the PATH.",
    message: ({ action }) => `${NEEDS_PROGRAM[action]} needs git on the PATH`,
    hint: "install git, and set `git` in cuecard.config.json (or CUECARD_GIT, which overrides it) to `native`",
  } as Finding<{ action: "push" | "sign" | "verify" | "register" | "propose" }>,
  "git/refused": {
    severity: "error",
    stage: "write",
    about:
      "git refused to write, and nothing was changed. A hook rejected the change, a signing key is missing, or another process holds a lock. The message comes from git or from the hook.",
    message: ({ action, problem }) => `git could not ${action}:${asPrinted(problem)}`,
    hint: "fix the problem above and run the command again",
  } as Finding<{ problem: string; action: string }>,
  "git/remote-failed": {
    severity: "error",
    stage: "plan",
    about:
      "The remote repository could not be read: it does not exist, the network is down, or you lack permission. Nothing was changed. The message comes from git.",
    message: ({ remote, problem }) => `the remote ${remote} could not be read:${asPrinted(problem)}`,
    hint: ({ remote }) =>
      `run \`git ls-remote ${remote}\` to see the cause; without \`--push\`, the release stays in this clone`,
  } as Finding<{ problem: string; remote: string }>,
  "git/push-refused": {
    severity: "error",
    stage: "write",
    about:
      "The remote repository accepted none of the tags: you lack permission, or a hook on either side rejected them. Nothing was changed on either side. The message comes from git or from the hook.",
    message: ({ remote, problem }) => `${remote} rejected all of the tags:${asPrinted(problem)}`,
    hint: "fix the problem above and run the command again; without `--push`, the release stays in this clone",
  } as Finding<{ problem: string; remote: string }>,
};
