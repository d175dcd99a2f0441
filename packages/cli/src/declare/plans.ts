// The options of every command that plans a change first, and then makes it.

import type { Command } from "commander";

/** @param quiet Why nothing is asked anyway; left out where something may be. */
export function plans(command: Command, quiet?: string): Command {
  return command
    .option("--dry-run", "print what would be done, and do nothing")
    .option("-y, --yes", quiet === undefined ? "do not ask" : `do not ask (nothing is asked anyway: ${quiet})`)
    .option("--json", "print the plan and what became of it as JSON");
}
