// A command whose suggestions for misspelled names come from the same place as all others: commander's own rule also names
// words that are far away (`cuecard test`: "Did you mean list?").

import { nearest } from "@cuecard/runtime";
import { Command } from "commander";
import { unknownCommand, unknownOption } from "./command.js";

/** Overrides two methods that commander has and does not declare; a test runs both. */
export class SuggestingCommand extends Command {
  override createCommand(name?: string): Command {
    return new SuggestingCommand(name);
  }

  unknownOption(flag: string): void {
    const near = flag.startsWith("--") ? nearest(flag, this.#longOptions()) : undefined;
    this.error(unknownOption(flag, near), { code: "commander.unknownOption" });
  }

  unknownCommand(): void {
    const [name = ""] = this.args;
    this.error(unknownCommand(name, nearest(name, visibleNames(this))), { code: "commander.unknownCommand" });
  }

  /** The options of the command, and those that all commands share. */
  #longOptions(): string[] {
    const help = this.createHelp();
    return [this, ...parentsOf(this)].flatMap((command) =>
      help.visibleOptions(command).flatMap(({ long }) => long ?? []),
    );
  }
}

function parentsOf({ parent }: Command): Command[] {
  return parent === null ? [] : [parent, ...parentsOf(parent)];
}

/** The names of a command's subcommands. */
export function visibleNames(command: Command): string[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .map((child) => child.name());
}
