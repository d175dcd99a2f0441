// The commands that move aliases and compare versions: alias, promote, rollback, diff.

import { type Command, InvalidArgumentError } from "commander";
import type { AliasListOptions, AliasSetOptions } from "../commands/alias.js";
import type { DiffOptions } from "../commands/diff.js";
import type { MoveOptions } from "../commands/move-aliases.js";
import type { PromoteOptions, RollbackOptions } from "../commands/promote.js";
import type { ActionMaker } from "./action.js";
import { plans } from "./plans.js";
import { REFERENCE } from "./reference.js";

export function declareAliases(program: Command, action: ActionMaker): void {
  const alias = program
    .command("alias")
    .summary("point an alias at a version, delete one, list them")
    .description("Point an alias at a version, delete one, list them. All of it is in aliases.json.");

  plans(
    alias
      .command("set")
      .summary("point an alias at a version")
      .description("Point an alias at a version, or at several by weight.")
      .argument("<name>", "the prompt")
      .argument("<alias>", "production, staging, …")
      .argument("[version]", "v3, or working")
      .option("--split <weights>", "several versions by weight: v3=90,v4=10", readWeights)
      .option("--allow-breaking", BREAKING),
  ).action(
    action<AliasSetOptions>(async (context, options, args) =>
      (await import("../commands/alias.js")).aliasSet(context, options, args),
    ),
  );

  plans(
    alias
      .command("delete")
      .summary("delete an alias")
      .description("Delete an alias. Code that loads it does not compile any more.")
      .argument("<name>", "the prompt")
      .argument("<alias>", "the alias"),
  ).action(
    action<MoveOptions>(async (context, options, args) =>
      (await import("../commands/alias.js")).aliasDelete(context, options, args),
    ),
  );

  alias
    .command("list")
    .summary("list aliases, with who moved them last")
    .description("List aliases: where they point, and who moved them there when.")
    .argument("[name]", "one prompt; all of them when left out")
    .option("--json", "print JSON")
    .action(
      action<AliasListOptions>(async (context, options, args) =>
        (await import("../commands/alias.js")).aliasList(context, options, args),
      ),
    );

  plans(
    program
      .command("promote")
      .summary("point an alias where another one points")
      .description("Point an alias where another one points, for many prompts in one edit of aliases.json.")
      .argument("[names...]", "the prompts")
      .option("--all", "every prompt that has the alias")
      .requiredOption("--from <alias>", "the alias that says which version: staging")
      .requiredOption("--to <alias>", "the alias that moves: production")
      .option("--share <percent>", "for this many in a hundred callers; the others stay", readShare)
      .option("--allow-breaking", BREAKING)
      .addHelpText("after", "\nExample:\n  cuecard promote greet --from staging --to production"),
  ).action(
    action<PromoteOptions>(async (context, options, args) =>
      (await import("../commands/promote.js")).promote(context, options, args),
    ),
  );

  plans(
    program
      .command("rollback")
      .summary("point an alias back at where it pointed before")
      .description("Point an alias back at where it pointed before, as git knows, or at a version that you name.")
      .argument("<name>", "the prompt")
      .argument("<alias>", "the alias")
      .option("--to <version>", "this version")
      .option("--allow-breaking", BREAKING),
  ).action(
    action<RollbackOptions>(async (context, options, args) =>
      (await import("../commands/promote.js")).rollback(context, options, args),
    ),
  );

  program
    .command("diff")
    .summary("compare two versions: inputs, model, schemas, then the text by words")
    .description("Compare two versions of a prompt: what breaks callers, what else differs, then the text by words.")
    .argument("<ref>", `${REFERENCE}; name@v1..v2 for both`)
    .argument("[ref]", "the other side; the working file when left out")
    .option("--rendered", "render the examples of either side by both, and compare what comes out")
    .option("--key <key>", "whom a weighted alias is asked for")
    .option("--exit-code", "end with 1 where something differs")
    .option("--json", "print JSON")
    .action(
      action<DiffOptions>(async (context, options, args) =>
        (await import("../commands/diff.js")).diff(context, options, args),
      ),
    );
}

const BREAKING = "go on although calls that are right today may be wrong afterwards";

function readWeights(text: string): Readonly<Record<string, number>> {
  const pairs = text.split(",").map((pair) => /^\s*(v[1-9]\d*)\s*=\s*(\d+)%?\s*$/.exec(pair));
  if (pairs.some((pair) => pair === null)) throw new InvalidArgumentError("Write v3=90,v4=10.");
  const weights = pairs.map((pair) => [pair?.[1] ?? "", Number(pair?.[2])] as const);
  if (new Set(weights.map(([version]) => version)).size < weights.length)
    throw new InvalidArgumentError("A version stands there twice.");
  return Object.fromEntries(weights);
}

function readShare(text: string): number {
  const share = Number(/^(\d+)%?$/.exec(text)?.[1]);
  if (!(share >= 1 && share <= 100)) throw new InvalidArgumentError("Write a percentage from 1 to 100.");
  return share;
}
