// `cuecard promote <names…>`

import { UsageError } from "@cuecard/model";
import { InvalidArgumentError } from "commander";
import { ALLOW_BREAKING_HELP, type DeclareCommand, examples, withPlanOptions } from "../support/command.js";
import type { CommandContext } from "../support/command-context.js";
import { type MoveOptions, moveAliases } from "../support/move-aliases.js";

export const promote: DeclareCommand = (program, action) =>
  withPlanOptions(
    program
      .command("promote")
      .summary("point one alias at the same version as another")
      .description(
        "Point one alias at the same version as another, or at the latest version, for many prompts in one edit of aliases.json.",
      )
      .argument("[names...]", "prompts to promote (or use --all)")
      .option(
        "--all",
        "promote every prompt that has the --from alias; with --from latest, every prompt with a newer version",
      )
      .requiredOption("--from <alias>", "alias to copy the version from, such as staging, or latest")
      .requiredOption("--to <alias>", "alias to move, such as production")
      .option(
        "--share <percent>",
        "percentage of callers that get the promoted version (1-100, default: all)",
        readShare,
      )
      .option("--partial", "leave out prompts that cannot be promoted, instead of promoting none")
      .option("--allow-breaking", ALLOW_BREAKING_HELP),
    true,
  )
    .addHelpText(
      "after",
      examples(
        "cuecard promote greet --from staging --to production",
        "cuecard promote --all --from staging --to production --share 10",
        "cuecard promote --all --from latest --to production --partial",
      ),
    )
    .action(action(run));

interface PromoteOptions extends MoveOptions {
  readonly all?: boolean;
  readonly partial?: boolean;
  readonly from: string;
  readonly to: string;
  /** A percentage of callers. */
  readonly share?: number;
}

function readShare(text: string): number {
  const share = Number(/^(\d+)%?$/.exec(text)?.[1]);
  if (!(share >= 1 && share <= 100)) throw new InvalidArgumentError("Write a percentage from 1 to 100.");
  return share;
}

async function run(context: CommandContext, options: PromoteOptions, names: readonly string[]): Promise<number> {
  if ((options.all === true) === names.length > 0) throw new UsageError("name the prompts to promote, or use --all");
  const { from, to, share } = options;
  if (from === to) throw new UsageError(`--from and --to are both ${from}`);
  return moveAliases(context, options, {
    kind: "promote",
    names: options.all === true ? "all" : names,
    from,
    to,
    partial: options.partial === true,
    ...(share === undefined ? {} : { share }),
  });
}
