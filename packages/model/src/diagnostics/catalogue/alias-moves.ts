// Findings about commands that move aliases.

import type { Finding } from "../finding.js";
import { didYouMean, listNames } from "../words.js";

/** `nothing-there` and `working-there` are about the alias that was to get a share. */
export type PromotionProblem = "invalid" | "working" | "weighted" | "nothing-there" | "working-there";

const NOT_PROMOTABLE: Readonly<Record<PromotionProblem, (to: string) => string>> = {
  invalid: () => "what is written there is no version",
  working: () => "it is the working file, and no version",
  weighted: () => "it is weighted itself",
  "nothing-there": (to) => `${to} points at nothing, so there is no version for the other callers`,
  "working-there": (to) => `${to} points at the working file, so there is no version for the other callers`,
};

export const aliasMoves = {
  "alias/unknown-alias": {
    severity: "error",
    stage: "plan",
    about: "A command names an alias that the prompt, or with `--all` no prompt, has.",
    message: ({ name, alias }) =>
      `${name === undefined ? "no prompt" : name} has ${name === undefined ? "an" : "no"} alias "${alias}"`,
    hint: ({ name, nearest, known }) =>
      didYouMean(
        nearest,
        known.length === 0
          ? "`cuecard alias set` makes one"
          : `${name === undefined ? "the prompts have" : "it has"} ${listNames(known)}`,
      ),
  } as Finding<{ name: string | undefined; alias: string; known: readonly string[]; nearest: string | undefined }>,
  "alias/not-promotable": {
    severity: "error",
    stage: "plan",
    about:
      "A promotion would point an alias at something that cannot be promoted: at a working file, say, which changes with every edit.",
    message: ({ name, alias, because, to }) => `${name}@${alias} cannot be promoted: ${NOT_PROMOTABLE[because](to)}`,
    hint: ({ name, alias, because }) => {
      if (because === "invalid") return "`cuecard check` says what is wrong";
      return because === "working"
        ? `release it: \`cuecard release ${name}\`, then \`cuecard alias set ${name} ${alias} <version>\``
        : "promote it as a whole, without --share";
    },
  } as Finding<{ name: string; alias: string; because: PromotionProblem; to: string }>,
  "alias/no-earlier-target": {
    severity: "error",
    stage: "plan",
    about:
      "A rollback found nowhere to go back to: the commits of aliases.json, as far as this clone has them, know no other target.",
    message: ({ name, alias, because }) =>
      because === "uncommitted"
        ? `nothing tells where ${name}@${alias} pointed before: it is not committed yet`
        : because === "shallow"
          ? `nothing tells where ${name}@${alias} pointed before: this clone lacks the older commits`
          : `${name}@${alias} never pointed anywhere else`,
    hint: ({ name, alias, because }) => {
      const say = `say where: \`cuecard rollback ${name} ${alias} --to <version>\``;
      return because === "shallow"
        ? `\`git fetch --unshallow\` (in GitHub Actions: \`fetch-depth: 0\`), or ${say}`
        : say;
    },
  } as Finding<{ name: string; alias: string; because: "uncommitted" | "only" | "shallow" }>,
  "alias/retired-target": {
    severity: "error",
    stage: "plan",
    about: "A command would point an alias at a version that is retired.",
    message: ({ name, alias, version, reason }) =>
      `${name}@${alias} cannot point at v${version}, which is retired: ${reason}`,
    hint: ({ name, version }) =>
      `choose another version, or take the mark away: \`cuecard retire ${name}@v${version} --undo\``,
  } as Finding<{ name: string; alias: string; version: number; reason: string }>,
  "alias/earlier-target-unusable": {
    severity: "error",
    stage: "plan",
    about:
      "A rollback would lead to what the alias pointed at before, and that cannot be used any more; another error says why.",
    message: ({ name, alias, target }) => `${name}@${alias} pointed at ${target} before, which cannot be used now`,
    hint: ({ name, alias }) => `say where to go back to: \`cuecard rollback ${name} ${alias} --to <version>\``,
  } as Finding<{ name: string; alias: string; target: string }>,
  "alias/breaking-change": {
    severity: "error",
    stage: "plan",
    about:
      "Moving an alias would break the code that loads it, by something other than its inputs: what the prompt gives is of another type, or the alias becomes weighted and wants a key.",
    message: ({ name, alias, change, problem }) => `callers of ${name}@${alias} would break (${change}): ${problem}`,
    hint: "change the callers first, or go on with --allow-breaking",
  } as Finding<{ name: string; alias: string; change: string; problem: string }>,
  "alias/changed-meanwhile": {
    severity: "error",
    stage: "write",
    about: "aliases.json changed between the plan and its application. Nothing was written.",
    message: "aliases.json was changed meanwhile, and is as somebody else left it",
    hint: "run the command again",
  } as Finding,
};
