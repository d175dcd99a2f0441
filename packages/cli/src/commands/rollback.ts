// `cuecard rollback <name> <alias>`

import { ALLOW_BREAKING_HELP, type DeclareCommand, examples, withPlanOptions } from "../support/command.js";
import type { CommandContext } from "../support/command-context.js";
import { type MoveOptions, moveAliases } from "../support/move-aliases.js";

export const rollback: DeclareCommand = (program, action) =>
  withPlanOptions(
    program
      .command("rollback")
      .summary("point an alias back at its earlier target")
      .description(
        "Point an alias back at its earlier target, which is read from git history, or at a version that you name.",
      )
      .argument("<name>", "the prompt")
      .argument("<alias>", "the alias, such as production")
      .option("--to <version>", "version to go back to (default: the earlier target)")
      .option("--allow-breaking", ALLOW_BREAKING_HELP),
    true,
  )
    .addHelpText("after", examples("cuecard rollback greet production"))
    .action(action(run));

interface RollbackOptions extends MoveOptions {
  readonly to?: string;
}

async function run(
  context: CommandContext,
  options: RollbackOptions,
  [name = "", alias = ""]: readonly string[],
): Promise<number> {
  const { to } = options;
  return moveAliases(context, options, { kind: "rollback", name, alias, ...(to === undefined ? {} : { to }) });
}
