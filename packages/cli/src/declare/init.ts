// The command that sets a project up.

import type { Command } from "commander";
import type { InitOptions } from "../commands/init.js";
import type { ActionMaker } from "./action.js";

export function declareInit(program: Command, action: ActionMaker): void {
  program
    .command("init")
    .summary("set up prompts in this folder")
    .description(
      "Set up prompts in this folder: a first prompt, aliases.json, settings, the generated package, a check in CI.",
    )
    .option("-y, --yes", "take the defaults, ask nothing")
    .option("--dry-run", "print what would be done, and do nothing")
    .action(
      action<InitOptions>(
        async (context, options) => (await import("../commands/init.js")).init(context, options),
        false,
      ),
    );
}
