// The command that tells people to use a version no more.

import type { Command } from "commander";
import type { RetireCommandOptions } from "../commands/retire.js";
import type { ActionMaker } from "./action.js";
import { plans } from "./plans.js";

export function declareRetire(program: Command, action: ActionMaker): void {
  plans(
    program
      .command("retire")
      .summary("mark versions that nobody should use any more")
      .description(
        "Mark versions in prompts.lock that nobody should use any more. They stay in git; loading one is a deprecation with the reason.",
      )
      .argument("<refs...>", "versions: name@v3")
      .option("--reason <text>", "why: shown where code loads the version")
      .option("--undo", "take the mark away"),
    "it can be undone",
  ).action(
    action<RetireCommandOptions>(async (context, options, args) =>
      (await import("../commands/retire.js")).retire(context, options, args),
    ),
  );
}
