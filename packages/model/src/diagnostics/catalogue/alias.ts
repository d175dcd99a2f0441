// Findings about aliases.json.

import type { Finding } from "./finding.js";
import { didYouMean, nameSome } from "./words.js";

export const alias = {
  "alias/invalid-name": {
    severity: "error",
    stage: "read",
    about: "An alias name is malformed or reserved (`latest`, `working`, `v<digits>`, or digits alone).",
    message: ({ alias, problem }) => `"${alias}" is not a valid alias name: ${problem}`,
    hint: 'name it after an environment, such as "production" or "staging"; versions, `latest` and `working` need no alias',
  } as Finding<{ alias: string; problem: string }>,
  "alias/invalid-target": {
    severity: "error",
    stage: "read",
    about:
      'An alias points at something that is not a version. Use "v3", "latest", "working", or weights such as { "v3": 90, "v4": 10 }.',
    message: ({ alias, problem }) => `the alias "${alias}" does not point at a valid version: ${problem}`,
    hint: 'write "v3", "latest", "working", or weights: { "v3": 90, "v4": 10 }',
  } as Finding<{ alias: string; problem: string }>,
  "alias/invalid-entry": {
    severity: "error",
    stage: "read",
    about: "aliases.json has something other than an object where an object is expected.",
    message: ({ problem }) => problem,
    hint: 'write { "<prompt>": { "production": "v1" } }',
  } as Finding<{ problem: string }>,
  "alias/conflict-markers": {
    severity: "error",
    stage: "read",
    about: "aliases.json has an unresolved merge conflict.",
    message: "aliases.json has merge conflict markers, so no alias can be read",
    hint: "choose the version of each conflicting alias, and remove the lines that begin with <<<, === and >>>",
  } as Finding,
  "alias/unknown-prompt": {
    severity: "error",
    stage: "read",
    about: "aliases.json names a prompt that has neither a file nor a version.",
    message: ({ name }) => `the prompt "${name}" does not exist`,
    hint: ({ nearest, isWritten }) =>
      didYouMean(
        nearest,
        isWritten ? "remove the entry, or add the prompt's file" : "run `cuecard list` to see all prompts",
      ),
  } as Finding<{ name: string; nearest: string | undefined; isWritten: boolean }>,
  "alias/unknown-version": {
    severity: "error",
    stage: "read",
    about: "An alias points at a version that does not exist.",
    message: ({ name, version, known }) =>
      known.length === 0
        ? `${name} has no version v${version}: nothing has been released yet`
        : `${name} has no version v${version}; its versions are ${known.map((n) => `v${n}`).join(", ")}`,
    hint: ({ name, nearest, tagsMissing }) => {
      const release = `release it with \`cuecard release ${name}\``;
      if (tagsMissing === "shallow")
        return "this clone is shallow and may lack tags: run `git fetch --tags --unshallow` (in GitHub Actions: `fetch-depth: 0`)";
      if (tagsMissing === "none")
        return `${release}; if it was released elsewhere, run \`git fetch --tags\`, because this clone has no tags`;
      return didYouMean(nearest, release);
    },
  } as Finding<{
    name: string;
    version: number;
    known: readonly number[];
    nearest: string | undefined;
    tagsMissing: "shallow" | "none" | undefined;
  }>,
  "alias/unusable-version": {
    severity: "error",
    stage: "read",
    about: "An alias points at a version whose tag or lock line has an error, which is reported separately.",
    message: ({ name, version, tags }) =>
      tags === undefined
        ? `${name}@v${version} cannot be used because its tag or lock line has an error`
        : `${tags.length} versions that aliases point at cannot be used because their tags or lock lines have errors: ${nameSome(tags)}`,
    hint: ({ tags }) =>
      `fix the error that is reported for ${tags === undefined ? "its tag or lock line" : "their tags or lock lines"}`,
  } as Finding<{ name: string; version: number; tags?: readonly string[] }>,
  "alias/nothing-released": {
    severity: "warning",
    stage: "read",
    about:
      'An alias follows releases ("latest"), but its prompt has no version yet. The package contains the alias after the first release.',
    message: ({ name, alias }) => `${name}@${alias} follows releases, but ${name} has no version yet`,
    hint: ({ name, tagsMissing }) => {
      const release = `release it with \`cuecard release ${name}\``;
      if (tagsMissing === undefined) return `${release}, for example after the merge`;
      const fetch = tagsMissing === "shallow" ? "git fetch --tags --unshallow" : "git fetch --tags";
      return `${release}; if it was released elsewhere, run \`${fetch}\``;
    },
  } as Finding<{ name: string; alias: string; tagsMissing: "shallow" | "none" | undefined }>,
  "alias/nothing-to-follow": {
    severity: "error",
    stage: "read",
    about:
      'An alias follows releases ("latest"), but no version of its prompt can be its target: each of them is retired, was never merged, or has an error, which is reported separately. Or a command would let it follow releases before the first one.',
    message: ({ name, alias }) => `${name}@${alias} follows releases, but ${name} has no version that it can point at`,
    hint: ({ name, isReleased }) =>
      isReleased
        ? `release ${name} again, or point the alias at a version`
        : `release it with \`cuecard release ${name}\`, and run the command again`,
  } as Finding<{ name: string; alias: string; isReleased: boolean }>,
  "alias/following-breaks": {
    severity: "warning",
    stage: "compile",
    about:
      'The file of a prompt breaks callers of an alias that follows releases ("latest"): the alias moves when the file is released, without a pull request of its own.',
    message: ({ name, aliases, version, problem }) =>
      `the next release of ${name} moves ${aliases.map((alias) => `"${alias}"`).join(" and ")}, and breaks callers of v${version}: ${problem}`,
    hint: ({ aliases, version }) =>
      `keep callers of v${version} working, or point ${aliases.length === 1 ? "the alias" : "the aliases"} at "v${version}" in the same pull request`,
  } as Finding<{ name: string; aliases: readonly string[]; version: number; problem: string }>,
  "alias/working-frozen": {
    severity: "error",
    stage: "read",
    about:
      'An alias points at "working", and the lock is frozen (`--frozen`, the default when CI is set): the build would ship text that was never released. Aliases for development, which the setting `workingAliases` lists, may do so.',
    message: ({ name, alias }) => `${name}@${alias} points at the working file, which is not released`,
    hint: ({ name, alias }) =>
      `release it with \`cuecard release ${name}\` and point the alias at the version, or add "${alias}" to the setting "workingAliases"`,
  } as Finding<{ name: string; alias: string }>,
  "alias/working-locally": {
    severity: "warning",
    stage: "read",
    about:
      'An alias points at "working" and is not listed in the setting `workingAliases`. It works here, but a frozen check or build, as in CI, reports an error.',
    message: ({ name, alias }) => `${name}@${alias} points at the working file, which CI does not accept`,
    hint: ({ name, alias }) =>
      `before you commit, release it with \`cuecard release ${name}\` and point the alias at the version, or add "${alias}" to the setting "workingAliases"`,
  } as Finding<{ name: string; alias: string }>,
  "alias/working-unsigned": {
    severity: "error",
    stage: "read",
    about:
      '`cuecard check --require-signed` found an alias that points at "working" and is not listed in the setting `workingAliases`: a working file has no signature.',
    message: ({ name, alias }) => `${name}@${alias} points at the working file, which has no signature`,
    hint: ({ name, alias }) =>
      `release it with \`cuecard release ${name} --sign\` and point the alias at the version, or add "${alias}" to the setting "workingAliases"`,
  } as Finding<{ name: string; alias: string }>,
  "alias/nothing-to-replace": {
    severity: "error",
    stage: "read",
    about: "`cuecard build --as` names an alias that no prompt has.",
    message: ({ alias }) => `--as cannot replace the alias "${alias}": no prompt has it`,
    hint: ({ alias, known, isPrompt }) => {
      if (isPrompt) return `${alias} is a prompt: name its alias too: \`--as ${alias}@production=working\``;
      return known.length === 0
        ? `name the prompt that should have it: \`--as <prompt>@${alias}=working\``
        : `name one of ${known.join(", ")}; or the prompt that should have it: \`--as <prompt>@${alias}=working\``;
    },
  } as Finding<{ alias: string; known: readonly string[]; isPrompt: boolean }>,
  "alias/replaced-frozen": {
    severity: "error",
    stage: "read",
    about:
      "`cuecard build --as` was used while the lock is frozen (`--frozen`, the default when CI is set). A frozen build must match what was committed, and `--as` changes it.",
    message: ({ pointers }) =>
      `--as would change ${nameSome(pointers)}, but a frozen build must match what was committed`,
    hint: "build without --as; in a job that only evaluates prompts, add --no-frozen",
  } as Finding<{ pointers: readonly string[] }>,
  "alias/retired-version": {
    severity: "warning",
    stage: "read",
    about:
      "An alias points at a version that has since been retired. `retire` refuses this, but a merge of two branches can cause it.",
    message: ({ name, alias, version, reason }) =>
      `${name}@${alias} points at v${version}, which is retired: ${reason}`,
    hint: "point the alias at another version",
  } as Finding<{ name: string; alias: string; version: number; reason: string }>,
  "alias/working-missing": {
    severity: "error",
    stage: "read",
    about: 'An alias points at "working", but the prompt has no file in the working tree.',
    message: ({ name, alias, path, isIgnored }) =>
      isIgnored
        ? `"${alias}" points at the working file of ${name}, but ${path} is not a prompt: the setting "ignore" matches it`
        : `"${alias}" points at the working file of ${name}, which does not exist`,
    hint: ({ path, isIgnored }) =>
      isIgnored
        ? 'set "ignore" to a list without it, or point the alias at a version'
        : `create ${path}, or point the alias at a version`,
  } as Finding<{ name: string; alias: string; path: string; isIgnored: boolean }>,
};
