// `cuecard help [command…]`

import { nearest } from "@cuecard/runtime";
import type { Command } from "commander";
import { type DeclareCommand, unknownCommand } from "../support/command.js";
import { visibleNames } from "../support/suggesting-command.js";

export const help: DeclareCommand = (program) =>
  program
    .command("help")
    .summary("print help for a command")
    .description("Print help for a command, such as `cuecard help alias set`.")
    .argument("[command...]", "the command")
    .action((names: readonly string[]) => find(program, names).help());

/** The command of these names. If there is none, ends with an error that suggests a similar name. */
function find(program: Command, names: readonly string[]): Command {
  let found = program;
  for (const name of names) {
    const next = found.commands.find((command) => command.name() === name);
    if (next === undefined) return found.error(unknownCommand(name, nearest(name, visibleNames(found))));
    found = next;
  }
  return found;
}
