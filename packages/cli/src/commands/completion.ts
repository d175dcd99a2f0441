// `cuecard completion <shell>`

import { Argument } from "commander";
import { SHELLS, type Shell, scripts } from "../completion/scripts.js";
import { exitCode } from "../exit.js";
import { type DeclareCommand, examples } from "../support/command.js";

export const completion: DeclareCommand = (program, action) =>
  program
    .command("completion")
    .summary("print a script that completes commands in your shell")
    .description(
      "Print a script for your shell. It completes commands, options, prompts, versions and aliases when you press Tab.",
    )
    .addArgument(new Argument("<shell>", "your shell").choices(SHELLS))
    .addHelpText(
      "after",
      examples(
        'eval "$(cuecard completion bash)"   # in ~/.bashrc',
        'eval "$(cuecard completion zsh)"    # in ~/.zshrc, after compinit',
        "cuecard completion fish | source    # in ~/.config/fish/config.fish",
      ),
    )
    .action(
      action(async ({ terminal }, _options, [shell]) => {
        terminal.stdout.write(scripts[shell as Shell]); // one of the choices
        return exitCode.clean;
      }, false),
    );
