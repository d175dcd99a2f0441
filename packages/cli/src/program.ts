// The command line: what all commands share. The commands themselves are declared in declare/.

import { Command, Help, type Option } from "commander";
import { commandContext, type GlobalOptions } from "./commands/command-context.js";
import type { ActionMaker, Declare, Work } from "./declare/action.js";
import { declareAliases } from "./declare/aliases.js";
import { declareInit } from "./declare/init.js";
import { declareLooking } from "./declare/looking.js";
import { declareReading } from "./declare/reading.js";
import { declareRegister } from "./declare/register.js";
import { declareRelease } from "./declare/release.js";
import { declareRetire } from "./declare/retire.js";
import { declareScore } from "./declare/score.js";
import { packageVersion } from "./package.js";
import type { Terminal } from "./terminal/terminal.js";

const declarations: readonly Declare[] = [
  declareInit,
  declareReading,
  declareAliases,
  declareLooking,
  declareRegister,
  declareRelease,
  declareRetire,
  declareScore,
];

/** The headings of help, with the commands under each. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  "Build:": ["init", "check", "build", "lock"],
  "Look:": ["list", "show", "render", "history", "diff", "search", "blame", "usages", "scores"],
  "Change:": ["release", "register", "alias", "promote", "rollback", "retire", "score"],
};

/** @param done Told the exit code of the command that ran. */
export function createProgram(terminal: Terminal, done: (exitCode: number) => void): Command {
  const program = new Command("cuecard")
    .description("Prompts as code: versioned by git, compiled to a typed package")
    .version(packageVersion(), "-V, --version", "print the version")
    .option("--cwd <dir>", "work in this folder")
    .option("--no-color", "print without colours (also NO_COLOR=1)")
    .helpOption("-h, --help", "print help")
    .helpCommand("help [command]", "print help for a command")
    .showHelpAfterError("(add --help for what there is)")
    .exitOverride()
    .configureHelp({ optionDescription: describeOption })
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      getOutHelpWidth: () => terminal.stdout.columns ?? 80,
      getErrHelpWidth: () => terminal.stderr.columns ?? 80,
    });

  const action: ActionMaker =
    <O>(work: Work<O>, finds = true) =>
    async (...given) => {
      const command = given.at(-1) as Command;
      const context = await commandContext(terminal, command.optsWithGlobals<GlobalOptions>(), finds);
      const args = given
        .slice(0, -2)
        .flat()
        .filter((value): value is string => typeof value === "string");
      done(await work(context, command.opts() as O, args)); // as declared, option by option
    };

  for (const declare of declarations) declare(program, action);
  for (const [heading, names] of Object.entries(GROUPS))
    for (const command of program.commands) if (names.includes(command.name())) command.helpGroup(heading);
  return program;
}

/** Options that may be repeated begin as an empty list, which is nothing to tell. */
function describeOption(option: Option): string {
  const isList = Array.isArray(option.defaultValue);
  return isList ? option.description : Help.prototype.optionDescription(option);
}
