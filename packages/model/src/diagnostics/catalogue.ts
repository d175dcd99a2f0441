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

/** `nothing-there` and `working-there` are about the alias that was to get a share. */
type PromotionProblem = "invalid" | "working" | "weighted" | "nothing-there" | "working-there";

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
  "git/no-identity": Finding<Record<never, never>>;
  "git/needs-program": Finding<{ action: "push" | "sign" | "verify" | "register" }>;
  "git/refused": Finding<Problem & { action: string }>;
  "git/remote-failed": Finding<Problem & { remote: string }>;
  "git/push-refused": Finding<Problem & { remote: string }>;
  "tag/moved": Finding<Tagged & { locked: string; found: string }>;
  "tag/not-a-commit": Finding<Tagged & Problem>;
  "tag/prompt-missing": Finding<Tagged & { path: string }>;
  "tag/object-missing": Finding<Tagged & { shallow: boolean }>;
  "tag/not-here": Finding<Tagged>;
  "tag/unsigned": Finding<Tagged>;
  "tag/bad-signature": Finding<Tagged & Problem>;
  "tag/no-signers": Finding<{ path: string }>;
  "lock/invalid-line": Finding<Problem>;
  "lock/conflicting-lines": Finding<Tagged>;
  "lock/conflict-markers": Finding<Record<never, never>>;
  "lock/commit-missing": Finding<Tagged & { commit: string; shallow: boolean }>;
  "lock/digest-mismatch": Finding<Tagged & { locked: string; found: string }>;
  "lock/missing-line": Finding<Tagged & { pointer: string }>;
  "lock/busy": Finding<Record<never, never>>;
  "lock/out-of-date": Finding<{ tags: readonly string[] }>;
  "output/not-generated": Finding<{ dir: string; foreign: string | undefined }>;
  "output/failed": Finding<Problem & { what: string; path: string | undefined; reason: string }>;
  "json/syntax": Finding<Problem>;
  "json/duplicate-key": Finding<{ key: string; firstLine: number }>;
  "alias/invalid-name": Finding<{ alias: string; problem: string }>;
  "alias/invalid-target": Finding<{ alias: string; problem: string }>;
  "alias/invalid-entry": Finding<Problem>;
  "alias/conflict-markers": Finding<Record<never, never>>;
  "alias/unknown-prompt": Finding<Named & { nearest: string | undefined; isWritten: boolean }>;
  "alias/unknown-alias": Finding<{
    name: string | undefined;
    alias: string;
    known: readonly string[];
    nearest: string | undefined;
  }>;
  "alias/not-promotable": Finding<Named & { alias: string; because: PromotionProblem; to: string }>;
  "alias/no-earlier-target": Finding<Named & { alias: string; because: "uncommitted" | "only" | "shallow" }>;
  "alias/retired-target": Finding<Named & { alias: string; version: number; reason: string }>;
  "alias/earlier-target-unusable": Finding<Named & { alias: string; target: string }>;
  "alias/breaking-change": Finding<Named & { alias: string; change: string; problem: string }>;
  "alias/changed-meanwhile": Finding<Record<never, never>>;
  "alias/unknown-version": Finding<
    Named & {
      version: number;
      known: readonly number[];
      nearest: string | undefined;
      tagsMissing: "shallow" | "none" | undefined;
    }
  >;
  "alias/unusable-version": Finding<Named & { version: number }>;
  "alias/retired-version": Finding<Named & { alias: string; version: number; reason: string }>;
  "alias/working-missing": Finding<Named & { alias: string; path: string }>;
  "config/invalid": Finding<Problem>;
  "config/unknown-key": Finding<{ key: string; nearest: string | undefined }>;
  "config/duplicate": Finding<{ other: string }>;
  "helpers/not-found": Finding<{ module: string; nearest: string | undefined }>;
  "helpers/outside-project": Finding<{ module: string }>;
  "helpers/type-error": Finding<Problem & { typescript: string }>;
  "helpers/unusable-import": Finding<{ specifier: string; problem: string; instead: string }>;
  "helpers/missing-dependency": Finding<{ package: string; manifest: string }>;
  "helpers/no-exports": Finding<{ module: string }>;
  "helpers/default-export": Finding<Record<never, never>>;
  "helpers/not-a-function": Finding<Named>;
  "helpers/name-taken": Finding<Named>;
  "helpers/malformed-name": Finding<Named>;
  "helpers/overloaded": Finding<Named & { count: number }>;
  "helpers/generic": Finding<Named & { parameters: readonly string[] }>;
  "helpers/asynchronous": Finding<Named>;
  "helpers/unusable-type": Finding<Named & { what: string; type: string }>;
  "prompt/invalid-name": Finding<Named & Problem>;
  "prompt/case-conflict": Finding<Named & { other: string }>;
  "prompt/not-a-file": Finding<{ what: string }>;
  "prompt/not-text": Finding<Problem>;
  "prompt/too-large": Finding<{ bytes: number; limit: number }>;
  "prompt/unreleased": Finding<Named>;
  "prompt/file-deleted": Finding<Named & { alias: string; path: string; became: string | undefined }>;
  "prompt/deleted-in-use": Finding<Named & { path: string }>;
  "request/refused": Finding<Problem & { instead: string | undefined }>;
  "prompt/rename-conflict": Finding<Named & Problem & { old: string }>;
  "version/left-out": Finding<Tagged & { first: string; others: number }>;
  "release/unknown-commit": Finding<{ commit: string; shallow: boolean }>;
  "release/unknown-prompt": Finding<
    Named & { commit: string; nearest: string | undefined; renamed: string | undefined }
  >;
  "release/uncommitted": Finding<Named>;
  "release/only-uncommitted": Finding<Named & { version: number | undefined }>;
  "release/invalid-notes": Finding<Named & Problem>;
  "release/shallow-notes": Finding<Named & { shallow: boolean }>;
  "release/behind": Finding<Named & { version: number }>;
  "release/diverged": Finding<Named & { version: number }>;
  "release/unknown-age": Finding<Named & { version: number; shallow: boolean }>;
  "release/unknown-history": Finding<Named & { version: number; shallow: boolean }>;
  "release/tag-differs": Finding<Tagged & { remote: string; here: string; there: string; locked: string | undefined }>;
  "release/raced": Finding<{ tags: readonly string[] }>;
  "release/tags-not-here": Finding<Problem & { tags: readonly string[]; remote: string }>;
  "retire/no-reason": Finding<Record<never, never>>;
  "retire/unknown-version": Finding<Problem & { ref: string; instead: string | undefined }>;
  "retire/pointed-at": Finding<Tagged & { pointer: string }>;
  "retire/in-use": Finding<Tagged & { ref: string }>;
  "retire/maybe-used": Finding<Tagged>;
  "register/invalid-draft": Finding<Problem>;
  "register/invalid-name": Finding<Named & Problem>;
  "register/uncommitted": Finding<{ path: string; where: string }>;
  "register/busy": Finding<Record<never, never>>;
  "register/committed-only": Finding<Named & { commit: string }>;
  "scores/invalid-line": Finding<Problem>;
  "scores/conflict-markers": Finding<Record<never, never>>;
  "scores/unknown-version": Finding<Tagged>;
  "scores/unknown-reference": Finding<Problem & { instead: string | undefined }>;
  "scores/not-recorded": Finding<Problem & { instead: string | undefined }>;
  "front-matter/language": Finding<{ language: string }>;
  "front-matter/unclosed": Finding<Record<never, never>>;
  "front-matter/too-large": Finding<{ bytes: number; limit: number }>;
  "front-matter/syntax": Finding<Problem>;
  "front-matter/invalid": Finding<{ path: string; problem: string; nearest: string | undefined }>;
  "front-matter/unknown-key": Finding<{ key: string; nearest: string | undefined }>;
  "schema/invalid": Finding<{ path: string; problem: string }>;
  "schema/remote-ref": Finding<{ path: string; ref: string }>;
  "schema/unsafe-pattern": Finding<{ path: string; pattern: string; problem: string }>;
  "template/syntax": Finding<Problem & { instead?: string | undefined }>;
  "template/too-large": Finding<{ what: string; limit: number }>;
  "template/unsupported": Finding<{ what: string; instead: string | undefined }>;
  "template/unknown-helper": Finding<{ helper: string; nearest: string | undefined; instead?: string | undefined }>;
  "template/wrong-arguments": Finding<{ helper: string; problem: string; instead?: string | undefined }>;
  "template/unknown-role": Finding<{ role: string }>;
  "template/unknown-partial": Finding<{ partial: string; looked: readonly string[]; nearest: string | undefined }>;
  "template/unknown-partial-block": Finding<{
    partial: string;
    looked: readonly string[];
    nearest: string | undefined;
  }>;
  "template/no-partial-block": Finding<Record<never, never>>;
  "template/log": Finding<Record<never, never>>;
  "template/partial-cycle": Finding<{ chain: readonly string[] }>;
  "template/dynamic-partial": Finding<{ choices: readonly string[] }>;
  "template/undeclared-variable": Finding<{
    variable: string;
    nearest: string | undefined;
    instead?: string | undefined;
  }>;
  "template/unused-variable": Finding<{ variable: string }>;
  "template/unknown-member": Finding<{
    value: string;
    member: string;
    nearest: string | undefined;
    variable: string | undefined;
    helper: string | undefined;
    instead?: string | undefined;
  }>;
  "template/no-members": Finding<{
    value: string;
    kind: string;
    member: string;
    list: string | undefined;
    variable: string | undefined;
    helper: string | undefined;
    instead?: string | undefined;
  }>;
  "template/list-as-text": Finding<{ value: string; written: string | undefined }>;
  "template/object-as-text": Finding<{ value: string; written: string | undefined; member: string | undefined }>;
  "template/not-a-list": Finding<{ value: string; kind: string }>;
  "template/optional-value": Finding<{
    value: string;
    written: string | undefined;
    helper: string | undefined;
  }>;
  "template/media-not-text": Finding<{ value: string; kind: string }>;
  "template/media-in-system": Finding<Record<never, never>>;
  "template/never-equal": Finding<{
    left: string;
    right: string;
    problem: string;
    nearest: string | undefined;
    instead: string | undefined;
  }>;
  "template/wrong-argument-type": Finding<{
    helper: string;
    parameter: string;
    wanted: string;
    found: string;
    nearest: string | undefined;
  }>;
  "template/unknown-argument": Finding<{ helper: string; argument: string; nearest: string | undefined }>;
  "template/outside-loop": Finding<{ variable: string; partial: boolean }>;
  "template/misspelt-loop-variable": Finding<{ variable: string; nearest: string }>;
  "template/repeated-history": Finding<{ inLoop: boolean }>;
  "template/single-braces": Finding<{ variable: string }>;
  "template/other-language": Finding<{ written: string; instead: string | undefined }>;
  "template/foreign-name": Finding<{ name: string; instead: string }>;
  "input/unsafe-name": Finding<Named>;
  "input/invalid-default": Finding<{ path: string; problem: string }>;
  "input/invalid-example": Finding<{ example: string; path: string; problem: string }>;
  "input/breaking-change": Finding<Named & { alias: string; change: string; problem: string }>;
}

export type Code = keyof Findings;

const NEEDS_PROGRAM = {
  push: "pushing tags",
  sign: "signing tags",
  verify: "verifying signatures",
  register: "registering a prompt",
} as const;

const NOT_PROMOTABLE: Readonly<Record<PromotionProblem, (to: string) => string>> = {
  invalid: () => "what is written there is no version",
  working: () => "it is the working file, and no version",
  weighted: () => "it is weighted itself",
  "nothing-there": (to) => `${to} points at nothing, so there is no version for the other callers`,
  "working-there": (to) => `${to} points at the working file, so there is no version for the other callers`,
};

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
  "git/no-identity": finding(
    "error",
    "git does not know who makes a tag or a commit: neither its settings nor the environment name anybody. Nothing is guessed, because tags are for good.",
    () => "git does not know who you are",
    () =>
      '`git config user.name "…"` and `git config user.email "…"`, or `--identity "Name <mail@example.com>"` (in CI)',
  ),
  "git/needs-program": finding(
    "error",
    "The embedded git reader makes tags in this clone only. Whatever speaks with a remote, or signs, or verifies signatures, is done by the git program.",
    ({ action }) => `${NEEDS_PROGRAM[action]} needs the git program`,
    () => "install git, and leave CUECARD_GIT unset or set it to `native`",
  ),
  "git/refused": finding(
    "error",
    "git refused to write, and nothing was changed: a hook said no, a signing key is missing, or another process holds a lock. The message is git's own, or the hook's.",
    ({ action, problem }) => `git could not ${action}: ${problem}`,
    () => "see to what the message names, and run the command again",
  ),
  "git/remote-failed": finding(
    "error",
    "The remote repository could not be asked: it is not there, there is no network, or you may not read it. Nothing was changed. The message is git's own.",
    ({ remote, problem }) => `the remote ${remote} could not be read: ${problem}`,
    ({ remote }) => `see what \`git ls-remote ${remote}\` says; without \`--push\`, the release stays in this clone`,
  ),
  "git/push-refused": finding(
    "error",
    "The remote repository took none of the tags: you may not write there, or a hook on one of the sides said no. Nothing was changed on either side. The message is git's own, or the hook's.",
    ({ remote, problem }) => `${remote} took none of the tags: ${problem}`,
    () => "see to what the message names, and run the command again; without `--push`, the release stays in this clone",
  ),
  // ── tags ──────────────────────────────────────────────────────────────────────────────────────────────────────────
  "tag/moved": finding(
    "error",
    "A version's tag points at another commit than prompts.lock recorded. Versions never change: somebody moved or re-created the tag.",
    ({ tag, locked, found }) =>
      `the tag ${tag} was moved: prompts.lock says ${locked.slice(0, 12)}, the tag says ${found.slice(0, 12)}`,
    ({ tag, locked }) =>
      `restore it with \`git fetch origin +refs/tags/${tag}:refs/tags/${tag}\`, or, if it was moved there, too, with \`git tag -f ${tag} ${locked.slice(0, 12)}\`; release new content as a new version`,
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
  "tag/not-here": finding(
    "error",
    "`cuecard check --require-signed` found a version in prompts.lock whose tag, and with it the signature, is not in this clone.",
    ({ tag }) => `the tag ${tag} is not in this clone, so its signature cannot be verified`,
    () => "`git fetch --tags` (in GitHub Actions: `fetch-depth: 0`)",
  ),
  "tag/unsigned": finding(
    "error",
    "`cuecard check --require-signed` found a version whose tag carries no signature.",
    ({ tag }) => `the tag ${tag} is not signed`,
    ({ tag }) =>
      `release with \`cuecard release --sign\`; for this one, whoever may release makes it anew: \`git tag -s -f ${tag} ${tag}^{}\``,
  ),
  "tag/bad-signature": finding(
    "error",
    "`cuecard check --require-signed` found a version whose tag is signed by nobody who may release, or was changed after it was signed. The message is that of git and of the program that verifies.",
    ({ tag, problem }) => `the signature of the tag ${tag} is not good: ${problem}`,
    () =>
      "see that the signer is in the allowed-signers file (`--allowed-signers`, or `allowedSigners` in the settings)",
  ),
  "tag/no-signers": finding(
    "error",
    "`cuecard check --require-signed` was given a file of allowed signers that does not exist.",
    ({ path }) => `there is no file ${path} that says who may sign`,
    () =>
      "one line a signer: `mail@example.com ssh-ed25519 AAAA…`, as `git log --show-signature` and ssh-keygen read it",
  ),
  // ── lock ──────────────────────────────────────────────────────────────────────────────────────────────────────────
  "lock/invalid-line": finding(
    "error",
    'A line of prompts.lock is not `name@vN <commit> sha256-<digest>` (behind it the notes as a JSON string, and `retired "<reason>"`).',
    ({ problem }) => `this line of prompts.lock cannot be read: ${problem}`,
    () => "remove the line and run `cuecard lock`",
  ),
  "lock/conflicting-lines": finding(
    "error",
    "prompts.lock has two lines for one version that name different commits or contents, as after a merge of two branches that both released it.",
    ({ tag }) => `prompts.lock has two different lines for ${tag}`,
    () => "keep the line whose commit the pushed tag names (`git ls-remote --tags`)",
  ),
  "lock/conflict-markers": finding(
    "error",
    "prompts.lock holds an unresolved merge conflict.",
    () => "prompts.lock holds merge conflict markers",
    () => "run `cuecard lock`: it takes the lines of both sides, unless one version was released on both",
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
  "lock/busy": finding(
    "error",
    "Other processes change prompts.lock, and did not end in time.",
    () => "other processes are changing prompts.lock",
    () => "try again when they are done; then run `cuecard lock`",
  ),
  "lock/out-of-date": finding(
    "warning",
    "prompts.lock is not what `cuecard lock` would write: versions were released since, or lines were edited by hand.",
    ({ tags }) =>
      tags.length === 0 ? "prompts.lock is out of date" : `prompts.lock is out of date: it lacks ${listNames(tags)}`,
    () => "run `cuecard lock` and commit prompts.lock",
  ),
  // ── output ────────────────────────────────────────────────────────────────────────────────────────────────────────
  "output/not-generated": finding(
    "error",
    "The folder that a build would replace holds files that Cuecard did not write. Nothing is deleted.",
    ({ dir, foreign }) =>
      foreign === undefined
        ? `${dir} holds files that Cuecard did not write, and a build replaces the whole folder`
        : `${dir} holds ${foreign}, which Cuecard did not write, and a build replaces the whole folder`,
    ({ foreign }) =>
      `${foreign === undefined ? "" : `move ${foreign} elsewhere; or `}choose another package folder with "out" in cuecard.config.json, or remove the folder yourself`,
  ),
  "output/failed": finding(
    "error",
    "The generated package, prompts.lock or aliases.json could not be written: no permission, or no space. What was there is still in place.",
    ({ problem, what }) => `${what === "package" ? "the package" : what} could not be written: ${problem}`,
    ({ path, reason }) => {
      const place = path === undefined ? "the folder" : path;
      if (reason === "ENOSPC" || reason === "EDQUOT") return "free some space on the disk";
      return ["EACCES", "EPERM", "EROFS"].includes(reason)
        ? `make ${place} and its folder writable for the user who runs cuecard`
        : `see what stands at ${place}`;
    },
  ),
  // ── JSON files ────────────────────────────────────────────────────────────────────────────────────────────────────
  "json/syntax": finding(
    "error",
    "A JSON file cannot be read. Nothing of it is used: half a file could point production somewhere else.",
    ({ problem }) => `not valid JSON: ${problem}`,
    () => "check for a missing comma, quote or bracket; comments and trailing commas are not JSON",
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
    "An alias name is malformed or reserved (`latest`, `working`, `v<digits>`, digits alone).",
    ({ alias, problem }) => `"${alias}" cannot be an alias: ${problem}`,
    () => 'name it after where it is used: "production", "staging"; versions, `latest` and `working` need no alias',
  ),
  "alias/invalid-target": finding(
    "error",
    'An alias points at something that is no version: allowed are "v3", "working", and weights such as { "v3": 90, "v4": 10 }.',
    ({ alias, problem }) => `the alias "${alias}" points at no version: ${problem}`,
    () => 'write "v3", "working", or weights: { "v3": 90, "v4": 10 }',
  ),
  "alias/invalid-entry": finding(
    "error",
    "aliases.json has something other than an object where an object is expected.",
    ({ problem }) => problem,
    () => 'write { "<prompt>": { "production": "v1" } }',
  ),
  "alias/conflict-markers": finding(
    "error",
    "aliases.json holds an unresolved merge conflict.",
    () => "aliases.json holds merge conflict markers",
    () => "decide where each alias of the conflict shall point, and remove the lines that begin with <<<, === and >>>",
  ),
  "alias/unknown-prompt": finding(
    "error",
    "aliases.json names a prompt that is neither in the working tree nor among the versions.",
    ({ name }) => `there is no prompt "${name}"`,
    ({ nearest, isWritten }) =>
      didYouMean(
        nearest,
        isWritten ? "remove the entry, or add the prompt's file" : "`cuecard list` shows what there is",
      ),
  ),
  "alias/unknown-version": finding(
    "error",
    "An alias points at a version that does not exist.",
    ({ name, version, known }) =>
      known.length === 0
        ? `${name} has no version v${version}: it has none yet`
        : `${name} has no version v${version}: it has ${known.map((n) => `v${n}`).join(", ")}`,
    ({ name, nearest, tagsMissing }) => {
      const release = `release one: \`cuecard release ${name}\``;
      if (tagsMissing === "shallow")
        return "the clone is shallow, and its tags may be missing: `git fetch --tags --unshallow` (in GitHub Actions: `fetch-depth: 0`)";
      if (tagsMissing === "none")
        return `this clone has no tags: \`git fetch --tags\` first; if none was released anywhere, ${release}`;
      return didYouMean(nearest, release);
    },
  ),
  "alias/unknown-alias": finding(
    "error",
    "A command names an alias that the prompt, or with `--all` no prompt, has.",
    ({ name, alias }) =>
      `${name === undefined ? "no prompt" : name} has ${name === undefined ? "an" : "no"} alias "${alias}"`,
    ({ name, nearest, known }) =>
      didYouMean(
        nearest,
        known.length === 0
          ? "`cuecard alias set` makes one"
          : `${name === undefined ? "the prompts have" : "it has"} ${listNames(known)}`,
      ),
  ),
  "alias/not-promotable": finding(
    "error",
    "A promotion would point an alias at something that cannot be promoted: at a working file, say, which changes with every edit.",
    ({ name, alias, because, to }) => `${name}@${alias} cannot be promoted: ${NOT_PROMOTABLE[because](to)}`,
    ({ name, alias, because }) => {
      if (because === "invalid") return "`cuecard check` says what is wrong";
      return because === "working"
        ? `release it: \`cuecard release ${name}\`, then \`cuecard alias set ${name} ${alias} <version>\``
        : "promote it as a whole, without --share";
    },
  ),
  "alias/no-earlier-target": finding(
    "error",
    "A rollback found nowhere to go back to: the commits of aliases.json, as far as this clone has them, know no other target.",
    ({ name, alias, because }) =>
      because === "uncommitted"
        ? `nothing tells where ${name}@${alias} pointed before: it is not committed yet`
        : because === "shallow"
          ? `nothing tells where ${name}@${alias} pointed before: this clone lacks the older commits`
          : `${name}@${alias} never pointed anywhere else`,
    ({ name, alias, because }) => {
      const say = `say where: \`cuecard rollback ${name} ${alias} --to <version>\``;
      return because === "shallow"
        ? `\`git fetch --unshallow\` (in GitHub Actions: \`fetch-depth: 0\`), or ${say}`
        : say;
    },
  ),
  "alias/retired-target": finding(
    "error",
    "A command would point an alias at a version that is retired.",
    ({ name, alias, version, reason }) => `${name}@${alias} cannot point at v${version}, which is retired: ${reason}`,
    ({ name, version }) =>
      `choose another version, or take the mark away: \`cuecard retire ${name}@v${version} --undo\``,
  ),
  "alias/earlier-target-unusable": finding(
    "error",
    "A rollback would lead to what the alias pointed at before, and that cannot be used any more; another error says why.",
    ({ name, alias, target }) => `${name}@${alias} pointed at ${target} before, which cannot be used now`,
    ({ name, alias }) => `say where to go back to: \`cuecard rollback ${name} ${alias} --to <version>\``,
  ),
  "alias/breaking-change": finding(
    "error",
    "Moving an alias would break the code that loads it, by something other than its inputs: what the prompt gives is of another type, or the alias becomes weighted and wants a key.",
    ({ name, alias, change, problem }) => `callers of ${name}@${alias} would break (${change}): ${problem}`,
    () => "change the callers first, or go on with --allow-breaking",
  ),
  "alias/changed-meanwhile": finding(
    "error",
    "aliases.json changed between the plan and its application. Nothing was written.",
    () => "aliases.json was changed meanwhile, and is as somebody else left it",
    () => "run the command again",
  ),
  "alias/unusable-version": finding(
    "error",
    "An alias points at a version whose tag or lock line has an error of its own, reported beside this one.",
    ({ name, version }) => `${name}@v${version} cannot be used: see the error about its tag or lock line`,
  ),
  "alias/retired-version": finding(
    "warning",
    "An alias points at a version that was retired since. `retire` refuses that; a merge of two branches can bring it about.",
    ({ name, alias, version, reason }) => `${name}@${alias} points at v${version}, which is retired: ${reason}`,
    () => "point the alias at another version",
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
  // ── helpers of the project ────────────────────────────────────────────────────────────────────────────────────────
  "helpers/not-found": finding(
    "error",
    "The module that `helpers` names in the settings does not exist, or is not a file.",
    ({ module }) => `"helpers" names the module ${module}, which does not exist`,
    ({ nearest }) => didYouMean(nearest, "create it, or correct the path; it is relative to the project's folder"),
  ),
  "helpers/outside-project": finding(
    "error",
    "The helpers' module, or a file that it imports by a path, lies outside of the project's folder (a symbolic link counts as what it leads to). What goes into the package comes from the project.",
    ({ module }) => `${module} is outside of the project's folder`,
    () => "move the file into the project, or make it a package and import it by its name",
  ),
  "helpers/type-error": finding(
    "error",
    "TypeScript finds a mistake in the helpers' module or in a file that it imports by a path. They are checked strictly, whatever the project's tsconfig.json says.",
    ({ problem, typescript }) => `${problem} (${typescript})`,
  ),
  "helpers/unusable-import": finding(
    "error",
    "The helpers import something that cannot go into the package: only TypeScript and JavaScript modules that are named by a path can, and packages by their names.",
    ({ specifier, problem }) => `"${specifier}" ${problem}`,
    ({ instead }) => instead,
  ),
  "helpers/missing-dependency": finding(
    "warning",
    "The helpers import a package that the generated package does not depend on. Where services are installed, it may be missing.",
    ({ package: name, manifest }) => `the helpers import ${name}, which ${manifest} does not list`,
    ({ package: name, manifest }) => `add "${name}" to the dependencies in ${manifest}`,
  ),
  "helpers/no-exports": finding(
    "warning",
    "The helpers' module exports nothing that a template could call.",
    ({ module }) => `${module} exports no function`,
    () => "a helper is an exported function: export function currency(amount: number): string { … }",
  ),
  "helpers/default-export": finding(
    "error",
    "The helpers' module has a default export. A template calls a helper by its name, and a default export has none.",
    () => "a default export has no name that a template could call",
    () => "export it by name",
  ),
  "helpers/not-a-function": finding(
    "error",
    "The helpers' module exports something other than functions and types.",
    ({ name }) => `"${name}" is exported, and is no function`,
    () => "do not export it, or keep it in a module that this one imports",
  ),
  "helpers/name-taken": finding(
    "error",
    "A helper has a name that templates know as something else: `if`, `each`, `json`, `role` …",
    ({ name }) => `a helper cannot be called "${name}": the name means something else in templates`,
    () => "choose another name; docs/template-language.md lists those that are taken",
  ),
  "helpers/malformed-name": finding(
    "error",
    "A helper is exported under a name that is not made of the letters A to Z, digits, `_` and `$`.",
    ({ name }) => `"${name}" cannot be a helper's name`,
    () => "use the letters A to Z, digits, _ and $, and no digit at the start",
  ),
  "helpers/overloaded": finding(
    "error",
    "A helper has several signatures. Which one a template's call means could not be told.",
    ({ name, count }) => `"${name}" has ${count} signatures`,
    () => "give it one, with unions or optional parameters; or export a function for each",
  ),
  "helpers/generic": finding(
    "error",
    "A helper has type parameters. Calls in templates are checked by kinds of values, which type parameters have none of.",
    ({ name, parameters }) =>
      `"${name}" has the type parameter${parameters.length === 1 ? "" : "s"} ${list(parameters)}`,
    () => "write the types out; `unknown` takes any value",
  ),
  "helpers/asynchronous": finding(
    "error",
    "A helper returns a promise. Rendering is synchronous.",
    ({ name }) => `"${name}" returns a promise, and helpers are synchronous`,
    () => "get the value before rendering, and pass it as a variable",
  ),
  "helpers/unusable-type": finding(
    "error",
    "A helper wants, or returns, a value that templates do not have: a function, a bigint, a symbol.",
    ({ name, what, type }) => `${what} of "${name}" is of the type ${type}, which no value of a template has`,
    () => "use strings, numbers, booleans, null, lists and objects",
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
    ({ name }) => `release it: \`cuecard release ${name}\`; or build with --working`,
  ),
  "prompt/file-deleted": finding(
    "warning",
    "An alias points at a prompt whose file was deleted or renamed: the prompt is retired. Its versions can still be loaded.",
    ({ name, alias, path, became }) =>
      became === undefined
        ? `${name}@${alias} points at a retired prompt: there is no ${path}`
        : `${name}@${alias} points at a prompt that was renamed to ${became}`,
    ({ path, became }) =>
      became === undefined
        ? `remove the alias when no code loads it any more (\`cuecard usages\`), or restore ${path}`
        : `give ${became} the alias, and remove this one when no code loads it any more (\`cuecard usages\`)`,
  ),
  "prompt/deleted-in-use": finding(
    "warning",
    "Code loads a prompt whose file was deleted or renamed. Its versions can still be loaded; there will be no new ones.",
    ({ name, path }) => `this loads ${name}, whose file was deleted: there is no ${path}`,
    ({ path }) => `load another prompt, or restore ${path}`,
  ),
  "prompt/rename-conflict": finding(
    "error",
    "`renamed_from` names a prompt that another one claims to have been, or that claims to have been this one.",
    ({ name, old, problem }) => `${name} cannot have been renamed from "${old}": ${problem}`,
    () => "one prompt goes on with a name's history: remove `renamed_from` from the others",
  ),
  "version/left-out": finding(
    "warning",
    "A released version has errors, of which the first is named. No alias points at it and it is not the latest, so the build goes on without it.",
    ({ tag, first, others }) =>
      `${tag} is left out of the package: ${first}${others === 0 ? "" : ` (and ${others} more)`}`,
    ({ tag }) =>
      `released versions never change: keep it unused, or release a corrected one; \`cuecard show ${tag}\` tells all`,
  ),
  // ── releases ──────────────────────────────────────────────────────────────────────────────────────────────────────
  "release/unknown-commit": finding(
    "error",
    "What is to be released is named by a commit that is not in this clone; or the repository has no commit yet.",
    ({ commit }) =>
      commit === "HEAD" ? "there is no commit to release" : `there is no commit "${commit}" in this clone`,
    ({ commit, shallow }) => {
      if (commit === "HEAD") return "commit the prompts first";
      return shallow
        ? "the clone is shallow: `git fetch --unshallow` (in GitHub Actions: `fetch-depth: 0`)"
        : "`git fetch` brings what is only on the remote";
    },
  ),
  "release/unknown-prompt": finding(
    "error",
    "The commit that is to be released has no such prompt file.",
    ({ name, commit, renamed }) =>
      renamed === undefined
        ? `there is no prompt "${name}" in ${commit}`
        : `there is no prompt "${name}" in ${commit}: it was renamed to ${renamed}`,
    ({ nearest, renamed }) =>
      renamed === undefined
        ? didYouMean(nearest, "`cuecard list` shows what there is")
        : `release it by its new name: \`cuecard release ${renamed}\``,
  ),
  "release/uncommitted": finding(
    "warning",
    "A prompt's file, or a partial that it reaches, was edited since the commit that is to be released. A version is what was committed: the edits are not part of it.",
    ({ name }) => `${name} has edits that are not committed: a version is what was committed`,
    () => "to release them, too, commit them first",
  ),
  "release/only-uncommitted": finding(
    "error",
    "A prompt was named for release, and only edits that are not committed make it differ from its latest version.",
    ({ name, version }) =>
      version === undefined
        ? `${name} is not committed, and a version is what was committed`
        : `${name} differs from v${version} only by edits that are not committed`,
    () => "commit them, and release again",
  ),
  "release/invalid-notes": finding(
    "error",
    "A tag's message cannot hold these notes: the signature of a signed tag stands at the message's end, and a line like one would cut the notes short.",
    ({ name, problem }) => `the notes of ${name} cannot be kept in a tag: ${problem}`,
    () => "write other notes with `-m` or `--edit`",
  ),
  "release/shallow-notes": finding(
    "error",
    "Notes are taken from the commits since the version before, and the clone lacks some of them (a shallow clone). A version's notes are for good, so they are not made up from the rest.",
    ({ name }) => `what changed ${name} is not known: this clone's history ends before its latest version`,
    ({ shallow }) =>
      shallow
        ? "`git fetch --unshallow` brings the commits (in GitHub Actions: `fetch-depth: 0`); or say what changed with `-m`"
        : "`git fetch --refetch` brings the commits; or say what changed with `-m`",
  ),
  "release/behind": finding(
    "error",
    "A prompt was named for release, and what makes it differ from its latest version is that the commit lacks what others released: it is on another branch, or not pulled yet. Released, the old content would stand before the new.",
    ({ name, version }) => `${name} is v${version} elsewhere, and this commit does not have it`,
    ({ version }) =>
      `merge first (\`git pull\`, \`git merge\`); to go back to the older content, commit it on top of v${version}`,
  ),
  "release/diverged": finding(
    "warning",
    "A prompt was changed in this commit's history, and others released a version from commits that it does not have. As the next version, it would lose what they did; so it is left out.",
    ({ name, version }) => `${name} was changed here, and is v${version} elsewhere: it is left out`,
    ({ name }) =>
      `merge first (\`git pull\`, \`git merge\`), or name it to release it as it is: \`cuecard release ${name}\``,
  ),
  "release/unknown-age": finding(
    "warning",
    "The clone lacks commits (a shallow clone), and the commit has content that an earlier version of the prompt has. Without its history nobody can tell whether it came late or brings the older content back, so the prompt is left out.",
    ({ name, version }) =>
      `${name} has an earlier version's content here, and this clone's history does not tell whether it comes before v${version} or after: it is left out`,
    ({ shallow }) =>
      shallow
        ? "`git fetch --unshallow` tells (in GitHub Actions: `fetch-depth: 0`)"
        : "`git fetch` brings what is only on the remote",
  ),
  "release/unknown-history": finding(
    "warning",
    "The clone lacks commits (a shallow clone), and without them nobody can tell whether the commit has what was released last. The prompt is released, since no version has its content.",
    ({ name, version }) => `this clone's history does not tell whether the commit has ${name}@v${version}`,
    ({ shallow }) =>
      shallow
        ? "`git fetch --unshallow` brings it (in GitHub Actions: `fetch-depth: 0`)"
        : "`git fetch` brings what is only on the remote",
  ),
  "release/tag-differs": finding(
    "error",
    "A version's tag leads to one commit in this clone and to another on the remote: both released under the same number, or somebody moved a tag.",
    ({ tag, remote, here, there }) =>
      `${tag} is ${here.slice(0, 12)} in this clone and ${there.slice(0, 12)} on ${remote}`,
    ({ tag, remote, here, there, locked }) => {
      if (locked === there)
        return `prompts.lock says that ${remote} is right: \`git fetch ${remote} +refs/tags/${tag}:refs/tags/${tag}\``;
      const ours = `if you released it without \`--push\`, and others with it: \`git tag -d ${tag}\`, remove its line from prompts.lock where there is one, and release again`;
      return locked === here
        ? `${ours}; if others have the same line in prompts.lock, the tag was moved on ${remote}: \`git push --force ${remote} refs/tags/${tag}\` puts it back`
        : ours;
    },
  ),
  "release/raced": finding(
    "error",
    "Again and again, others took the version numbers first. Nothing was released.",
    ({ tags }) => `others kept taking ${listNames(tags)} first`,
    () => "run the command again",
  ),
  "release/tags-not-here": finding(
    "warning",
    "The versions are on the remote, and this clone could not make their tags: a hook said no, or another process holds a lock. The message is git's own, or the hook's.",
    ({ tags, remote, problem }) =>
      `${listNames(tags)} ${tags.length === 1 ? "is" : "are"} on ${remote}, but not in this clone: ${problem}`,
    ({ remote }) => `\`git fetch --tags ${remote}\` brings them`,
  ),
  // ── requests ──────────────────────────────────────────────────────────────────────────────────────────────────────
  "request/refused": finding(
    "error",
    "A command that looks was asked for something that does not exist. Only `--json` says it by this code; as text it is `error:` and `hint:`.",
    ({ problem }) => problem,
    ({ instead }) => instead,
  ),
  // ── retiring ──────────────────────────────────────────────────────────────────────────────────────────────────────
  "retire/no-reason": finding(
    "error",
    "A version is to be retired, and nobody says why. The reason is what people read where their code loads the version.",
    () => "a version is retired for a reason, and this one is empty",
    () => "say what is wrong with it, and what to use in its place",
  ),
  "retire/unknown-version": finding(
    "error",
    "What is to be retired is no version that there is.",
    ({ problem }) => problem,
    ({ instead }) => instead ?? "name a version by its number: greet@v2",
  ),
  "retire/pointed-at": finding(
    "error",
    "A version cannot be retired while an alias points at it, with any of its arms.",
    ({ tag, pointer }) => `${pointer} points at ${tag}`,
    () => "point the alias at another version first (`cuecard alias set`, `cuecard rollback`)",
  ),
  "retire/in-use": finding(
    "error",
    "A version cannot be retired while code of this repository loads it.",
    ({ tag, ref }) => `this loads ${tag}${tag.endsWith(`@${ref}`) ? "" : `, as ${ref}`}`,
    () => "load another version here first",
  ),
  "retire/maybe-used": finding(
    "warning",
    "Code of this repository may load a version that is to be retired: which one it loads is known only when it runs.",
    ({ tag }) => `this may load ${tag}: which version it is, is known only when the code runs`,
    () => "a version that is retired can still be loaded",
  ),
  // ── registering ───────────────────────────────────────────────────────────────────────────────────────────────────
  "register/invalid-draft": finding(
    "error",
    "What a program registers cannot be written as a prompt's file.",
    ({ problem }) => `this cannot be registered: ${problem}`,
  ),
  "register/invalid-name": finding(
    "error",
    "What a program registers has a name that cannot be a prompt's: names make file paths and git tags.",
    ({ name, problem }) => `"${name}" cannot be a prompt's name: ${problem}`,
    () =>
      "a name is a path of segments of letters, digits, `_`, `.` and `-`, each of which starts with a letter or digit: finance/forecast",
  ),
  "register/uncommitted": finding(
    "error",
    "A prompt's file has edits that are not committed, and registering would replace them.",
    ({ path, where }) => `${path} has edits ${where} that are not committed`,
    ({ path }) => `commit them, or take them back: git restore --staged --worktree ${path}`,
  ),
  "register/committed-only": finding(
    "error",
    "Registering committed the prompt's file, and then could not make a version of the commit. What was in the way is a finding of its own.",
    ({ name, commit }) => `${name} is committed (${commit.slice(0, 12)}), and has no version yet`,
    () => "register it again, or run `cuecard release`: the commit stays",
  ),
  "register/busy": finding(
    "error",
    "Another process registers a prompt in this working tree, and did not end in time.",
    () => "another process is registering a prompt here",
    () => "try again when it is done",
  ),
  // ── scores ────────────────────────────────────────────────────────────────────────────────────────────────────────
  "scores/invalid-line": finding(
    "error",
    'A line of a scores file is not a JSON object `{ "version": "v1", "metric": "accuracy", "value": 0.92 }`.',
    ({ problem }) => `this line is no score: ${problem}`,
    () => "remove the line, or write it with `cuecard score`",
  ),
  "scores/conflict-markers": finding(
    "error",
    "A scores file holds an unresolved merge conflict.",
    () => "this file holds merge conflict markers",
    () => "keep the lines of both sides; `*.scores.jsonl merge=union` in .gitattributes lets git do it",
  ),
  "scores/unknown-version": finding(
    "warning",
    "A scores file has a score of a version that there is not.",
    ({ tag }) => `there is no ${tag}`,
    () => "`git fetch --tags` brings versions that this clone lacks; otherwise correct or remove the line",
  ),
  "scores/unknown-reference": finding(
    "error",
    "A score is to be recorded for a prompt, version or alias that does not exist.",
    ({ problem }) => problem,
    ({ instead }) => instead,
  ),
  "scores/not-recorded": finding(
    "error",
    "A score cannot be recorded: the reference is the working file, or the results say nothing of it.",
    ({ problem }) => problem,
    ({ instead }) => instead,
  ),
  // ── front matter ──────────────────────────────────────────────────────────────────────────────────────────────────
  "front-matter/language": finding(
    "error",
    "Front matter opens with a line that is not exactly `---`. Other languages (`---js`, `---json`) are not read, and never executed.",
    ({ language }) => `front matter in "${language}" is not read; only YAML is`,
    () => "open it with a line of three hyphens alone",
  ),
  "front-matter/unclosed": finding(
    "error",
    "Front matter opens with `---` and no later line closes it.",
    () => "the front matter is not closed",
    () => "end it with a line of three hyphens alone; text that starts with a rule can use `***`",
  ),
  "front-matter/too-large": finding(
    "error",
    "Front matter is larger than Cuecard reads.",
    ({ bytes, limit }) => `the front matter has ${bytes} bytes; at most ${limit} are read`,
    () => "long text belongs into the body or into a partial",
  ),
  "front-matter/syntax": finding(
    "error",
    "The front matter is not valid YAML 1.2, has a key twice, or uses YAML aliases (`*name`).",
    ({ problem }) => `the front matter is not valid YAML: ${problem}`,
  ),
  "front-matter/invalid": finding(
    "error",
    "A front-matter value is of the wrong kind.",
    ({ path, problem }) => `${path === "" ? "the front matter" : `"${path}"`} ${problem}`,
    ({ nearest }) => didYouMean(nearest, "docs/file-formats.md lists every key"),
  ),
  "front-matter/unknown-key": finding(
    "warning",
    "The front matter has a key that neither Cuecard nor dotprompt knows. Your own data goes under `metadata`, or under a key with a dot in it.",
    ({ key }) => `unknown key "${key}"`,
    ({ nearest }) => didYouMean(nearest, "put your own data under `metadata`"),
  ),
  // ── schemas ───────────────────────────────────────────────────────────────────────────────────────────────────────
  "schema/invalid": finding(
    "error",
    "An input or output schema is neither valid Picoschema nor valid JSON Schema (draft 2020-12).",
    ({ path, problem }) => `"${path}" is not a valid schema: ${problem}`,
  ),
  "schema/remote-ref": finding(
    "error",
    "A schema refers to another document. Nothing is ever fetched: a version must be complete in itself.",
    ({ path, ref }) => `"${path}" refers to "${ref}", which is outside this file`,
    () => "copy the definition into `$defs` and refer to `#/$defs/…`",
  ),
  "schema/unsafe-pattern": finding(
    "error",
    "A schema's `pattern` can take exponential or polynomial time on some inputs, and would let one input stall a service.",
    ({ path, pattern, problem }) => `the pattern /${pattern}/ in "${path}" ${problem}`,
    () => "write a regular expression without nested or adjacent repetitions of the same characters",
  ),
  // ── templates ─────────────────────────────────────────────────────────────────────────────────────────────────────
  "template/syntax": finding(
    "error",
    "The template is not valid Handlebars.",
    ({ problem }) => problem,
    ({ instead }) => instead,
  ),
  "template/too-large": finding(
    "error",
    "A template is larger, or nested deeper, than Cuecard compiles.",
    ({ what, limit }) => `the template has more than ${limit} ${what}`,
    () => "split it, or move repeated material into data and `{{#each}}`",
  ),
  "template/unsupported": finding(
    "error",
    "The template uses a part of Handlebars or dotprompt that is not compiled. Nothing is guessed.",
    ({ what }) => `${what} is not supported`,
    ({ instead }) => instead,
  ),
  "template/unknown-helper": finding(
    "error",
    "The template calls a helper that does not exist; `{{name argument}}` is always a helper call.",
    ({ helper }) => `there is no helper "${helper}"`,
    ({ nearest, instead }) => instead ?? didYouMean(nearest, "a variable stands alone: {{name}}"),
  ),
  "template/wrong-arguments": finding(
    "error",
    "A helper is called with arguments that it does not take.",
    ({ helper, problem }) => `"${helper}" ${problem}`,
    ({ instead }) => instead,
  ),
  "template/unknown-role": finding(
    "error",
    "A chat role is not one of system, user, assistant (also written model), tool, or is not written out as text. Roles are part of the prompt, never of its input.",
    ({ role }) => `${role} is no role`,
    () => 'write {{role "system"}}, "user", "assistant" or "tool"',
  ),
  "template/unknown-partial": finding(
    "error",
    "The template uses a partial whose file does not exist in the prompt's folder or above it.",
    ({ partial }) => `there is no partial "${partial}"`,
    ({ nearest, looked }) =>
      didYouMean(
        nearest,
        looked.length === 0
          ? "a partial is named without its underscore, and without `..`: {{> guidelines}}"
          : `looked for ${listNames(looked)}: the name of a partial's file begins with _`,
      ),
  ),
  "template/unknown-partial-block": finding(
    "warning",
    "A partial block names a partial that does not exist; its own text stands in for it, as in Handlebars.",
    ({ partial }) => `there is no partial "${partial}": the block's own text takes its place`,
    ({ nearest, looked }) => didYouMean(nearest, looked.length === 0 ? undefined : `looked for ${listNames(looked)}`),
  ),
  "template/no-partial-block": finding(
    "error",
    "A partial includes `@partial-block` where it is used without a block.",
    () => "there is no @partial-block here: the partial is used without a block",
    () => "use it as {{#> partial}}…{{/partial}}, or ask first: {{#if @partial-block}}",
  ),
  "template/log": finding(
    "warning",
    "A template logs something. A prompt has nowhere to log to: the tag is left out.",
    () => "{{log}} does nothing here",
    () => "remove it",
  ),
  "template/partial-cycle": finding(
    "error",
    "Partials include each other without end. A partial may include itself, where the data comes to an end: for each child, say.",
    ({ chain }) => `these partials include each other without end: ${chain.join(" → ")}`,
  ),
  "template/dynamic-partial": finding(
    "error",
    "A partial's name is computed from the input. Which text a version holds must be known when it is tagged.",
    () => "a partial's name must be written out",
    ({ choices }) =>
      choices.length === 0
        ? "use {{#if}} to choose between partials"
        : `choose with {{#if}} between ${listNames(choices)}`,
  ),
  "template/undeclared-variable": finding(
    "error",
    "The template uses a variable that `input.schema` does not declare.",
    ({ variable }) => `"${variable}" is not declared in input.schema`,
    ({ nearest, instead }) => instead ?? didYouMean(nearest, "declare it there"),
  ),
  "template/unused-variable": finding(
    "warning",
    "`input.schema` declares a variable that the template never uses; callers must pass it for nothing.",
    ({ variable }) => `"${variable}" is declared, but the template does not use it`,
    () => "use it or remove it",
  ),
  "template/unknown-member": finding(
    "error",
    "The template names a member that the schema does not give the object, or that the type of a helper's result does not have.",
    ({ value, member }) => `${value} has no member "${member}"`,
    ({ nearest, variable, helper, instead }) => {
      if (instead !== undefined) return instead;
      if (nearest === undefined && variable !== undefined) return `the input's own is {{@root.${variable}}}`;
      return didYouMean(
        nearest,
        helper === undefined ? "declare it in input.schema" : `add it to what "${helper}" returns`,
      );
    },
  ),
  "template/no-members": finding(
    "error",
    "The template looks for a member in a value that has none: in a string, a number, a boolean, or in a list, whose items are what has members.",
    ({ value, kind, member }) => `${value} is ${kind}: it has no member "${member}"`,
    ({ member, list, variable, helper, instead }) => {
      if (instead !== undefined) return instead;
      if (variable !== undefined) return `the input's own is {{@root.${variable}}}`;
      const better = helper === undefined ? "make it an object in input.schema" : `let "${helper}" return an object`;
      return list === undefined ? `use it as it is, or ${better}` : `walk it: {{#each ${list}}}{{${member}}}{{/each}}`;
    },
  ),
  "template/list-as-text": finding(
    "error",
    "A list is inserted as text. Its items would stand there with commas between them.",
    ({ value }) => `${value} is a list, and is inserted as text`,
    ({ written }) =>
      written === undefined
        ? "walk it with {{#each}}, or write it as JSON with {{json}}"
        : `write {{#each ${written}}}…{{/each}}, or {{json ${written}}}`,
  ),
  "template/object-as-text": finding(
    "error",
    "An object is inserted as text, which would not show what is in it.",
    ({ value }) => `${value} is an object, and is inserted as text`,
    ({ written, member }) => {
      if (written === undefined) return "write it as JSON with {{json}}";
      const context = written === "this" || written === ".";
      const json = `{{json ${written === "." ? "this" : written}}}`;
      const named = context ? member : `${written}.${member}`;
      return member === undefined ? `write ${json}` : `write ${json}, or a member: {{${named}}}`;
    },
  ),
  "template/not-a-list": finding(
    "error",
    "`{{#each}}` walks something that is neither a list nor an object. Nothing would be written.",
    ({ value, kind }) => `${value} is ${kind}: {{#each}} finds nothing in it`,
    () => "use {{#if}} to ask for it, or make it a list in input.schema",
  ),
  "template/optional-value": finding(
    "warning",
    "The template uses a value that may be missing, by the schema or by the type of a helper's result, where no test of it stands around. Nothing would be written in its place.",
    ({ value }) => `${value} may be missing here`,
    ({ written, helper }) =>
      helper !== undefined
        ? `${written === undefined ? `use it in {{#with (${helper} …)}}` : `ask first: {{#if ${written}}}…{{/if}}`}; or let "${helper}" return it in any case`
        : `${written === undefined ? "ask first with {{#if}}" : `ask first: {{#if ${written}}}…{{/if}}`}; or require it, or give it a default`,
  ),
  "template/media-not-text": finding(
    "error",
    "`{{media}}` gets a URL that is no text.",
    ({ value, kind }) => `${value} is ${kind}: {{media}} takes a URL, as text`,
  ),
  "template/media-in-system": finding(
    "warning",
    "Media stands in a system message. `format` gives the system message apart, as text, and throws for one with media; `messages` keeps it in its place.",
    () => "media in a system message: format() throws for it, and only messages() works",
    () => 'put it behind {{role "user"}}, or use messages()',
  ),
  "template/never-equal": finding(
    "warning",
    "`{{#ifEquals}}` or `{{#unlessEquals}}` compares values that can never be equal: their kinds differ, or one is not among the other's values.",
    ({ left, right, problem }) => `${left} is never equal to ${right}: ${problem}`,
    ({ nearest, instead }) => didYouMean(nearest, instead),
  ),
  "template/wrong-argument-type": finding(
    "error",
    "A helper of the project gets an argument that its type does not allow.",
    ({ helper, parameter, wanted, found }) => `"${helper}" takes ${wanted} for "${parameter}", not ${found}`,
    ({ nearest }) => didYouMean(nearest),
  ),
  "template/unknown-argument": finding(
    "error",
    "A helper of the project gets a named argument that it does not know.",
    ({ helper, argument }) => `"${helper}" takes no "${argument}"`,
    ({ nearest }) => didYouMean(nearest),
  ),
  "template/outside-loop": finding(
    "warning",
    "The template names `@index`, `@key`, `@first` or `@last` where no loop stands around it. There, the name is read from `context`, as any other `@name`.",
    ({ variable, partial }) =>
      `${variable} is of no loop here${partial ? ", where the partial is used outside of one" : ""}`,
    ({ partial }) =>
      partial
        ? "use the partial in {{#each}}, or pass the value to it"
        : "put it into {{#each}}; a value of `context` has another name better",
  ),
  "template/misspelt-loop-variable": finding(
    "warning",
    "Within a loop, the template names an `@` variable that is nearly one of the loop's, and that it names nowhere else. It is read from `context`.",
    ({ variable, nearest }) => `${variable} is no variable of the loop: did you mean ${nearest}?`,
    ({ variable }) => `a value of \`context\` is not mistaken for one if it is named unlike ${variable}`,
  ),
  "template/repeated-history": finding(
    "warning",
    "The template inserts the history more than once: it has a second `{{history}}`, or one that stands in `{{#each}}`. The model would read the same messages again.",
    ({ inLoop }) =>
      inLoop
        ? "{{history}} stands in a loop, which inserts it again for each item"
        : "{{history}} stands here a second time: the same messages are inserted again",
    ({ inLoop }) => (inLoop ? "move it out of the loop" : "keep one of them"),
  ),
  "template/single-braces": finding(
    "warning",
    "The text names a variable in single braces, as Python's format strings do. It stays as it is written.",
    ({ variable }) => `{${variable}} is plain text: a variable stands in double braces`,
    ({ variable }) => `write {{${variable}}}`,
  ),
  "template/other-language": finding(
    "warning",
    "The text holds a tag of another template language (Jinja, Svelte, EJS, JavaScript), which is plain text here.",
    ({ written }) => `${written} is plain text: it is no tag of Handlebars`,
    ({ instead }) => instead,
  ),
  "template/foreign-name": finding(
    "warning",
    "The template names a variable as other template languages name something else: `endif`, `loop.index`, `user?.name`. Nothing declares what variables there are, and it is read as one.",
    ({ name }) => `"${name}" is the name of a variable here`,
    ({ instead }) => instead,
  ),
  // ── inputs ────────────────────────────────────────────────────────────────────────────────────────────────────────
  "input/unsafe-name": finding(
    "error",
    "A variable is called `__proto__`, which JavaScript objects cannot hold safely.",
    ({ name }) => `"${name}" cannot be a variable's name`,
    () => "rename it",
  ),
  "input/invalid-default": finding(
    "error",
    "A value of `input.default` does not fit the input schema.",
    ({ path, problem }) => `the default of "${path}" ${problem}`,
  ),
  "input/invalid-example": finding(
    "error",
    "An example's input does not fit the input schema.",
    ({ example, path, problem }) => `in the example "${example}", "${path}" ${problem}`,
  ),
  "input/breaking-change": finding(
    "error",
    "Moving an alias would break the code that loads it: an input that is right today may be refused afterwards, by the type checker or at run time.",
    ({ name, alias, change, problem }) => `callers of ${name}@${alias} would break (${change}): ${problem}`,
    () => "change the callers first, or go on with --allow-breaking",
  ),
};

/** Lists names for a message, shortened after ten. */
export function listNames(names: readonly string[]): string {
  return names.length <= 10 ? list(names) : `${list(names.slice(0, 10))} and ${names.length - 10} more`;
}
