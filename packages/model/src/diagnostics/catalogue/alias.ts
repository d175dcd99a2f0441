// Findings about aliases.json.

import type { Finding } from "../finding.js";
import { didYouMean } from "../words.js";

export const alias = {
  "alias/invalid-name": {
    severity: "error",
    stage: "read",
    about: "An alias name is malformed or reserved (`latest`, `working`, `v<digits>`, digits alone).",
    message: ({ alias, problem }) => `"${alias}" cannot be an alias: ${problem}`,
    hint: 'name it after where it is used: "production", "staging"; versions, `latest` and `working` need no alias',
  } as Finding<{ alias: string; problem: string }>,
  "alias/invalid-target": {
    severity: "error",
    stage: "read",
    about:
      'An alias points at something that is no version: allowed are "v3", "working", and weights such as { "v3": 90, "v4": 10 }.',
    message: ({ alias, problem }) => `the alias "${alias}" points at no version: ${problem}`,
    hint: 'write "v3", "working", or weights: { "v3": 90, "v4": 10 }',
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
    about: "aliases.json holds an unresolved merge conflict.",
    message: "aliases.json holds merge conflict markers",
    hint: "decide where each alias of the conflict shall point, and remove the lines that begin with <<<, === and >>>",
  } as Finding,
  "alias/unknown-prompt": {
    severity: "error",
    stage: "read",
    about: "aliases.json names a prompt that is neither in the working tree nor among the versions.",
    message: ({ name }) => `there is no prompt "${name}"`,
    hint: ({ nearest, isWritten }) =>
      didYouMean(
        nearest,
        isWritten ? "remove the entry, or add the prompt's file" : "`cuecard list` shows what there is",
      ),
  } as Finding<{ name: string; nearest: string | undefined; isWritten: boolean }>,
  "alias/unknown-version": {
    severity: "error",
    stage: "read",
    about: "An alias points at a version that does not exist.",
    message: ({ name, version, known }) =>
      known.length === 0
        ? `${name} has no version v${version}: it has none yet`
        : `${name} has no version v${version}: it has ${known.map((n) => `v${n}`).join(", ")}`,
    hint: ({ name, nearest, tagsMissing }) => {
      const release = `release one: \`cuecard release ${name}\``;
      if (tagsMissing === "shallow")
        return "the clone is shallow, and its tags may be missing: `git fetch --tags --unshallow` (in GitHub Actions: `fetch-depth: 0`)";
      if (tagsMissing === "none")
        return `this clone has no tags: \`git fetch --tags\` first; if none was released anywhere, ${release}`;
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
    about: "An alias points at a version whose tag or lock line has an error of its own, reported beside this one.",
    message: ({ name, version }) => `${name}@v${version} cannot be used: see the error about its tag or lock line`,
  } as Finding<{ name: string; version: number }>,
  "alias/retired-version": {
    severity: "warning",
    stage: "read",
    about:
      "An alias points at a version that was retired since. `retire` refuses that; a merge of two branches can bring it about.",
    message: ({ name, alias, version, reason }) =>
      `${name}@${alias} points at v${version}, which is retired: ${reason}`,
    hint: "point the alias at another version",
  } as Finding<{ name: string; alias: string; version: number; reason: string }>,
  "alias/working-missing": {
    severity: "error",
    stage: "read",
    about: 'An alias points at "working", and the prompt\'s file is not in the working tree.',
    message: ({ name, alias }) => `"${alias}" points at the working file of ${name}, which is not there`,
    hint: ({ path }) => `create ${path}, or point the alias at a version`,
  } as Finding<{ name: string; alias: string; path: string }>,
};
