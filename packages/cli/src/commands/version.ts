// `cuecard version`: what `cuecard --version` prints. It is not listed in help, which lists the option.

import { exitCode } from "../exit.js";
import { packageVersion } from "../package.js";
import type { DeclareCommand } from "../support/command.js";

export const version: DeclareCommand = (program, action) =>
  program
    .command("version", { hidden: true })
    .description("Print the version.")
    .action(
      action(async ({ terminal }) => {
        terminal.stdout.write(`${packageVersion()}\n`);
        return exitCode.clean;
      }, false),
    );
