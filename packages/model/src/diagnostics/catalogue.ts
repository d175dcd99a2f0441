// Every code that Cuecard can report, with its severity and words. Rules report a code with arguments; this file speaks.
// A code is permanent: it may be retired, never reused. docs/diagnostics.md is generated from here.

import type { Finding, Severity } from "./diagnostic.js";

function finding<A>(
  severity: Severity,
  about: string,
  message: (args: A) => string,
  hint?: (args: A) => string | undefined,
): Finding<A> {
  return { severity, about, message, ...(hint === undefined ? {} : { hint }) };
}

/** "did you mean" with its fallback, for hints. */
function didYouMean(nearest: string | undefined, otherwise?: string): string | undefined {
  return nearest === undefined ? otherwise : `did you mean "${nearest}"?`;
}

function list(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}

interface Named {
  name: string;
}
interface Tagged {
  tag: string;
}
interface Problem {
  problem: string;
}

export interface Findings {
  "git/not-a-repository": Finding<{ dir: string }>;
  "git/dubious-ownership": Finding<{ dir: string }>;
  "git/unsupported": Finding<{ feature: string; adapter: string }>;
  "git/not-installed": Finding<Record<never, never>>;
  "git/failed": Finding<Problem>;
  "tag/moved": Finding<Tagged & { locked: string; found: string }>;
  "tag/not-a-commit": Finding<Tagged & Problem>;
  "tag/prompt-missing": Finding<Tagged & { path: string }>;
  "tag/object-missing": Finding<Tagged & { shallow: boolean }>;
  "lock/invalid-line": Finding<Problem>;
  "lock/conflicting-lines": Finding<Tagged>;
  "lock/conflict-markers": Finding<Record<never, never>>;
  "lock/commit-missing": Finding<Tagged & { commit: string; shallow: boolean }>;
  "lock/digest-mismatch": Finding<Tagged & { locked: string; found: string }>;
  "lock/missing-line": Finding<Tagged & { pointer: string }>;
  "json/syntax": Finding<Problem>;
  "json/duplicate-key": Finding<{ key: string; firstLine: number }>;
  "alias/invalid-name": Finding<{ alias: string; problem: string }>;
  "alias/invalid-target": Finding<{ alias: string; problem: string }>;
  "alias/unknown-prompt": Finding<Named & { nearest: string | undefined }>;
  "alias/unknown-version": Finding<Named & { version: number; known: readonly number[]; nearest: string | undefined }>;
  "alias/unusable-version": Finding<Named & { version: number }>;
  "alias/working-missing": Finding<Named & { alias: string; path: string }>;
  "config/invalid": Finding<Problem>;
  "config/unknown-key": Finding<{ key: string; nearest: string | undefined }>;
  "config/duplicate": Finding<{ other: string }>;
  "prompt/invalid-name": Finding<Named & Problem>;
  "prompt/case-conflict": Finding<Named & { other: string }>;
  "prompt/not-a-file": Finding<{ what: string }>;
  "prompt/not-text": Finding<Problem>;
  "prompt/too-large": Finding<{ bytes: number; limit: number }>;
  "prompt/unreleased": Finding<Named>;
  "version/left-out": Finding<Tagged & { errors: number }>;
}

export type Code = keyof Findings;

export const catalogue: Findings = {
  // ── git ───────────────────────────────────────────────────────────────────────────────────────────────────────────
  "git/not-a-repository": finding(
    "error",
    "The project's folder is not inside a git repository. Versions are git tags, so there is nothing to read.",
    ({ dir }) => `${dir} is not inside a git repository`,
    () => "run `git init`, or name the project's folder with `--cwd`",
  ),
  "git/dubious-ownership": finding(
    "error",
    "git refuses to read a repository that belongs to another user (`safe.directory`).",
    ({ dir }) => `git does not trust ${dir}: it belongs to another user`,
    ({ dir }) => `if you trust it: git config --global --add safe.directory ${dir}`,
  ),
  "git/unsupported": finding(
    "error",
    "The repository uses something that the chosen git adapter cannot read. Reading on would silently miss versions.",
    ({ feature, adapter }) => `this repository uses ${feature}, which the ${adapter} git adapter cannot read`,
    ({ adapter }) =>
      adapter === "isomorphic"
        ? "install git, and leave CUECARD_GIT unset or set it to `native`"
        : "update git, or set CUECARD_GIT=isomorphic",
  ),
  "git/not-installed": finding(
    "error",
    "CUECARD_GIT=native asks for the git program, and none is on the PATH.",
    () => "CUECARD_GIT is `native`, but there is no git on the PATH",
    () => "install git, or unset CUECARD_GIT to use the embedded reader",
  ),
  "git/failed": finding(
    "error",
    "git could not read the repository. The message is git's own.",
    ({ problem }) => `git could not read the repository: ${problem}`,
    () => "`git fsck` tells whether the repository is damaged",
  ),
  // ── tags ──────────────────────────────────────────────────────────────────────────────────────────────────────────
  "tag/moved": finding(
    "error",
    "A version's tag points at another commit than prompts.lock recorded. Versions never change: somebody moved or re-created the tag.",
    ({ tag, locked, found }) =>
      `the tag ${tag} was moved: prompts.lock says ${locked.slice(0, 12)}, the tag says ${found.slice(0, 12)}`,
    ({ tag, locked }) =>
      `restore it with \`git tag -f ${tag} ${locked.slice(0, 12)}\`; release new content as a new version`,
  ),
  "tag/not-a-commit": finding(
    "error",
    "A version's tag does not lead to a commit, is a symbolic ref, or carries another tag's name inside.",
    ({ tag, problem }) => `the tag ${tag} is no version: ${problem}`,
    ({ tag }) => `delete it (\`git tag -d ${tag}\`) and tag a commit`,
  ),
  "tag/prompt-missing": finding(
    "warning",
    "A tag reads like a version, but the tagged commit holds no such prompt file. It is not counted as a version.",
    ({ tag, path }) => `the tag ${tag} is no version: its commit has no ${path}`,
    ({ tag }) =>
      `if it was meant as one, tag a commit that holds the file; otherwise it can stay (or \`git tag -d ${tag}\`)`,
  ),
  "tag/object-missing": finding(
    "error",
    "The commit, tree or file that a version needs is not in this clone.",
    ({ tag }) => `the content of ${tag} is not in this clone`,
    ({ shallow }) =>
      shallow
        ? "the clone is shallow: `git fetch --tags --unshallow` (in GitHub Actions: `fetch-depth: 0`)"
        : "`git fetch --tags --refetch` brings objects that a partial clone left out",
  ),
  // ── lock ──────────────────────────────────────────────────────────────────────────────────────────────────────────
  "lock/invalid-line": finding(
    "error",
    "A line of prompts.lock is not `name@vN <commit> sha256-<digest>` (with the notes as a JSON string behind).",
    ({ problem }) => `this line of prompts.lock cannot be read: ${problem}`,
    () => "remove the line and run `cuecard lock`",
  ),
  "lock/conflicting-lines": finding(
    "error",
    "prompts.lock has two different lines for one version, as after a merge of two branches that both released it.",
    ({ tag }) => `prompts.lock has two different lines for ${tag}`,
    () => "keep the line whose commit the pushed tag names (`git ls-remote --tags`)",
  ),
  "lock/conflict-markers": finding(
    "error",
    "prompts.lock holds an unresolved merge conflict.",
    () => "prompts.lock holds merge conflict markers",
    () => "keep the lines of both sides (they never contradict each other unless a version was released twice)",
  ),
  "lock/commit-missing": finding(
    "error",
    "prompts.lock names a commit that this clone does not have, and there is no tag to read the version from.",
    ({ tag, commit }) => `${tag} is locked to commit ${commit.slice(0, 12)}, which is not in this clone`,
    ({ shallow }) =>
      shallow
        ? "`git fetch --tags --unshallow` (in GitHub Actions: `fetch-depth: 0`)"
        : "`git fetch --tags`; if the commit is gone for good, remove the line from prompts.lock",
  ),
  "lock/digest-mismatch": finding(
    "error",
    "A version's content is not what prompts.lock recorded, although the commit is the same: the lock was edited by hand or written by another version of the rules.",
    ({ tag }) => `the content of ${tag} is not what prompts.lock recorded`,
    ({ locked, found }) => `locked ${locked}, found ${found}; restore the line from git history`,
  ),
  "lock/missing-line": finding(
    "error",
    "An alias points at a version that prompts.lock does not hold, and the lock is frozen (`--frozen`, the default when CI is set).",
    ({ tag, pointer }) => `${pointer} points at ${tag}, which prompts.lock does not hold, and the lock is frozen`,
    () => "run `cuecard lock` and commit prompts.lock",
  ),
  // ── JSON files ────────────────────────────────────────────────────────────────────────────────────────────────────
  "json/syntax": finding(
    "error",
    "A JSON file cannot be read. Nothing of it is used: half a file could point production somewhere else.",
    ({ problem }) => `not valid JSON: ${problem}`,
  ),
  "json/duplicate-key": finding(
    "error",
    "A JSON object has the same key twice; readers disagree on which one counts.",
    ({ key, firstLine }) => `the key "${key}" stands twice in one object (first on line ${firstLine})`,
    () => "keep one of them",
  ),
  // ── aliases ───────────────────────────────────────────────────────────────────────────────────────────────────────
  "alias/invalid-name": finding(
    "error",
    "An alias name is malformed or reserved (`latest`, `working`, `v<digits>`).",
    ({ alias, problem }) => `"${alias}" cannot be an alias: ${problem}`,
  ),
  "alias/invalid-target": finding(
    "error",
    'An alias points at something that is no version: allowed are "v3", "working", and weights such as { "v3": 90, "v4": 10 }.',
    ({ alias, problem }) => `the alias "${alias}" points at no version: ${problem}`,
    () => 'write "v3", "working", or weights: { "v3": 90, "v4": 10 }',
  ),
  "alias/unknown-prompt": finding(
    "error",
    "aliases.json names a prompt that is neither in the working tree nor among the versions.",
    ({ name }) => `there is no prompt "${name}"`,
    ({ nearest }) => didYouMean(nearest, "remove the entry, or add the prompt's file"),
  ),
  "alias/unknown-version": finding(
    "error",
    "An alias points at a version that does not exist.",
    ({ name, version, known }) =>
      known.length === 0
        ? `${name} has no version v${version}: it has none yet`
        : `${name} has no version v${version}: it has ${known.map((n) => `v${n}`).join(", ")}`,
    ({ name, nearest }) => didYouMean(nearest, `release one: git tag -a ${name}@v1 -m "First version"`),
  ),
  "alias/unusable-version": finding(
    "error",
    "An alias points at a version whose tag or lock line has an error of its own, reported beside this one.",
    ({ name, version }) => `${name}@v${version} cannot be used: see the error about its tag or lock line`,
  ),
  "alias/working-missing": finding(
    "error",
    'An alias points at "working", and the prompt\'s file is not in the working tree.',
    ({ name, alias }) => `"${alias}" points at the working file of ${name}, which is not there`,
    ({ path }) => `create ${path}, or point the alias at a version`,
  ),
  // ── config ────────────────────────────────────────────────────────────────────────────────────────────────────────
  "config/invalid": finding(
    "error",
    "cuecard.config.json (or the `cuecard` key of package.json) holds a value of the wrong kind.",
    ({ problem }) => problem,
  ),
  "config/unknown-key": finding(
    "error",
    "The configuration has a key that Cuecard does not know; a misspelt setting would be silently without effect.",
    ({ key }) => `unknown setting "${key}"`,
    ({ nearest }) => didYouMean(nearest, "docs/file-formats.md lists the settings"),
  ),
  "config/duplicate": finding(
    "error",
    "There is both a cuecard.config.json and a `cuecard` key in package.json.",
    ({ other }) => `the project is configured twice: here and in ${other}`,
    () => "keep one of them",
  ),
  // ── prompt files ──────────────────────────────────────────────────────────────────────────────────────────────────
  "prompt/invalid-name": finding(
    "error",
    "A Markdown file under the prompts folder has a name that cannot be a prompt's (it must make a legal git tag).",
    ({ name, problem }) => `"${name}" cannot be a prompt's name: ${problem}`,
    () => "rename the file",
  ),
  "prompt/case-conflict": finding(
    "error",
    "Two prompts' names differ only in case; on macOS and Windows they would be one file and one tag.",
    ({ name, other }) => `"${name}" and "${other}" differ only in case`,
    () => "rename one of them",
  ),
  "prompt/not-a-file": finding(
    "error",
    "A prompt or partial is a symbolic link, a folder or a submodule; only regular files are read.",
    ({ what }) => `this is ${what}, not a regular file`,
    () => "put the text itself here; share text with a partial (`_name.md`, `{{> name}}`)",
  ),
  "prompt/not-text": finding(
    "error",
    "A prompt file is not UTF-8 text, or is a Git LFS pointer.",
    ({ problem }) => `this file is not text: ${problem}`,
  ),
  "prompt/too-large": finding(
    "error",
    "A prompt or partial is larger than Cuecard reads.",
    ({ bytes, limit }) => `this file has ${bytes} bytes; at most ${limit} are read`,
    () => "put long material into an input variable",
  ),
  "prompt/unreleased": finding(
    "info",
    "A prompt has no version yet, so services cannot load it except from the working tree.",
    ({ name }) => `${name} has no version yet`,
    ({ name }) => `release it: git tag -a ${name}@v1 -m "First version"; or build with --working`,
  ),
  "version/left-out": finding(
    "warning",
    "A released version has errors (reported with it). No alias points at it and it is not the latest, so the build goes on without it.",
    ({ tag, errors }) => `${tag} is left out of the package: it has ${errors === 1 ? "an error" : `${errors} errors`}`,
    () => "released versions never change: release a corrected one, or keep it unused",
  ),
};

/** Lists names for a message, shortened after ten. */
export function listNames(names: readonly string[]): string {
  return names.length <= 10 ? list(names) : `${list(names.slice(0, 10))} and ${names.length - 10} more`;
}
