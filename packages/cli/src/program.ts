// The command line: what all commands share. The commands themselves are declared in declare/.

import { Command } from "commander";
import { commandContext, type GlobalOptions } from "./commands/command-context.js";
import type { ActionMaker, Work } from "./declare/action.js";
import { declareInit } from "./declare/init.js";
import { declareReading } from "./declare/reading.js";
import { packageVersion } from "./project/package-version.js";
import type { Terminal } from "./terminal/terminal.js";

const declarations = [declareInit, declareReading];

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
  return program;
}
