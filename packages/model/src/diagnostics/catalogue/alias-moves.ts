// Findings about commands that move aliases.

import type { Finding } from "./finding.js";
import { didYouMean, listNames } from "./words.js";

/** `nothing-there` and `working-there` are about the alias that would get a share. */
export type PromotionProblem =
  | "invalid"
  | "working"
  | "nothing-released"
  | "weighted"
  | "nothing-there"
  | "working-there";

const NOT_PROMOTABLE: Readonly<Record<PromotionProblem, (to: string) => string>> = {
  invalid: () => "its target is not a valid version",
  working: () => "it points at the working file, which is not a version",
  "nothing-released": () => "it has no version that could be promoted",
  weighted: () => "it is weighted",
  "nothing-there": (to) => `${to} does not exist yet, so the other callers would have no version`,
  "working-there": (to) => `${to} points at the working file, so the other callers would have no version`,
};

export const aliasMoves = {
  "alias/unknown-alias": {
    severity: "error",
    stage: "plan",
    about: "A command names an alias that the prompt does not have or, with `--all`, that no prompt has.",
    message: ({ name, alias }) =>
      name === undefined ? `no prompt has an alias "${alias}"` : `${name} has no alias "${alias}"`,
    hint: ({ name, nearest, known }) =>
      didYouMean(
        nearest,
        known.length === 0
          ? "create one with `cuecard alias set`"
          : `choose one of ${name === undefined ? "the prompts'" : "its"} aliases: ${listNames(known)}`,
      ),
  } as Finding<{ name: string | undefined; alias: string; known: readonly string[]; nearest: string | undefined }>,
  "alias/unusable-key": {
    severity: "error",
    stage: "plan",
    about:
      "The key with which `cuecard pointers` should sign is not an Ed25519 private key in PEM. Nothing is written.",
    message: ({ file, problem }) => `${file} cannot sign pointers: ${problem}`,
    hint: "make a key with `openssl genpkey -algorithm ed25519 -out key.pem`",
  } as Finding<{ file: string; problem: string }>,
  "alias/foreign-file": {
    severity: "error",
    stage: "plan",
    about:
      "The file that `cuecard pointers --out` should replace is not a document that it wrote, so something else would be lost. It is left as it is.",
    message: ({ file, problem }) => `${file} is not replaced: ${problem}`,
    hint: ({ isFolder }) =>
      isFolder ? "name a file in it" : "choose another file, or delete this one if it is not needed",
  } as Finding<{ file: string; problem: string; isFolder: boolean }>,
  "alias/not-promotable": {
    severity: "error",
    stage: "plan",
    about:
      "A promotion would copy something that is not a version, such as a working file, or `--share` cannot split the callers between the two aliases' versions.",
    message: ({ name, alias, because, to }) => `${name}@${alias} cannot be promoted: ${NOT_PROMOTABLE[because](to)}`,
    hint: ({ name, alias, because }) => {
      if (because === "invalid") return "run `cuecard check` to see what is wrong with it";
      if (because === "nothing-released") return `release it with \`cuecard release ${name}\``;
      return because === "working"
        ? `release it with \`cuecard release ${name}\`, then run \`cuecard alias set ${name} ${alias} <version>\``
        : "promote it for all callers, without --share";
    },
  } as Finding<{ name: string; alias: string; because: PromotionProblem; to: string }>,
  "alias/no-earlier-target": {
    severity: "error",
    stage: "plan",
    about:
      "A rollback found no earlier target: in the commits of aliases.json that this clone has, the alias points nowhere else.",
    message: ({ name, alias, because }) => {
      if (because === "uncommitted")
        return `the earlier target of ${name}@${alias} is unknown: the alias is not committed yet`;
      return because === "shallow"
        ? `the earlier target of ${name}@${alias} is unknown: this clone lacks older commits`
        : `${name}@${alias} has no earlier target: it never pointed anywhere else`;
    },
    hint: ({ name, alias, because }) => {
      const choose = `choose the version yourself: \`cuecard rollback ${name} ${alias} --to <version>\``;
      return because === "shallow"
        ? `run \`git fetch --unshallow\` (in GitHub Actions: \`fetch-depth: 0\`), or ${choose}`
        : choose;
    },
  } as Finding<{ name: string; alias: string; because: "uncommitted" | "only" | "shallow" }>,
  "alias/retired-target": {
    severity: "error",
    stage: "plan",
    about: "A command would point an alias at a version that is retired.",
    message: ({ name, alias, version, reason }) =>
      `${name}@${alias} cannot point at v${version}, which is retired: ${reason}`,
    hint: ({ name, version }) =>
      `choose another version, or undo the retirement: \`cuecard retire ${name}@v${version} --undo\``,
  } as Finding<{ name: string; alias: string; version: number; reason: string }>,
  "alias/unmerged-target": {
    severity: "error",
    stage: "plan",
    about:
      "A command would point an alias at a version that was never merged: neither its commit nor its content is in the history of the commit that is checked out, or of a branch in the setting `releaseBranches`. A frozen build would refuse the result.",
    message: ({ name, alias, version }) =>
      `${name}@${alias} cannot point at v${version}, which was never merged: its content is not in the history of this branch`,
    hint: "merge the branch that released it, and run the command again; if it was released from another branch on purpose, add that branch to the setting `releaseBranches`",
  } as Finding<{ name: string; alias: string; version: number }>,
  "alias/earlier-target-unusable": {
    severity: "error",
    stage: "plan",
    about:
      "A rollback would point the alias at its earlier target, which can no longer be used. Another diagnostic gives the reason.",
    message: ({ name, alias, target }) => `the earlier target of ${name}@${alias}, ${target}, can no longer be used`,
    hint: ({ name, alias }) => `choose another version: \`cuecard rollback ${name} ${alias} --to <version>\``,
  } as Finding<{ name: string; alias: string; target: string }>,
  "alias/breaking-change": {
    severity: "error",
    stage: "plan",
    about:
      "Moving an alias would break code that loads it, though not because of its inputs: the prompt would return another type, or the alias would become weighted and need a key.",
    message: ({ name, alias, change, problem }) => `callers of ${name}@${alias} would break (${change}): ${problem}`,
    hint: "change the callers in the same pull request: pass --allow-breaking, run `cuecard build`, and fix what the type checker reports",
  } as Finding<{ name: string; alias: string; change: string; problem: string }>,
  "alias/changed-meanwhile": {
    severity: "error",
    stage: "write",
    about:
      "One of the aliases moved in aliases.json after the command planned to move it, so nothing was written. Changes of other aliases are kept.",
    message: "an alias that this command moves changed while it was running, so aliases.json was not written",
    hint: "run the command again",
  } as Finding,
  "alias/busy": {
    severity: "error",
    stage: "write",
    about: "Another process was changing aliases.json and did not finish in time.",
    message: "another process is changing aliases.json",
    hint: "when that process has finished, run the command again",
  } as Finding,
};
