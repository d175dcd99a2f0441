// `cuecard dev`

import { UsageError } from "@cuecard/model";
import { type DeclareCommand, examples } from "../support/command.js";
import type { CommandContext } from "../support/command-context.js";
import { readPort } from "../support/read-port.js";

export const dev: DeclareCommand = (program, action) =>
  program
    .command("dev")
    .summary("show the catalog of the working tree in the browser, up to date as you edit")
    .description(
      "Serve the catalog of the working tree at an address of this machine. When you save a prompt, move an alias or release a version, the pages in your browser load again.",
    )
    .option("--port <port>", "the port; 0 for any that is free", readPort, 4848)
    .option("--title <text>", "the project's name on the pages (default: the name of its folder)")
    .option("--helpers", "render examples that call the project's helpers, which runs them")
    .addHelpText("after", examples("cuecard dev", "cuecard dev --port 0"))
    .action(action(run));

interface DevCommandOptions {
  readonly port: number;
  readonly title?: string;
  readonly helpers?: boolean;
}

async function run(context: CommandContext, { port, title, helpers = false }: DevCommandOptions): Promise<number> {
  if (title?.trim() === "") throw new UsageError("--title requires a text");
  const { dev: serve } = await import("../dev/dev.js");
  return serve(context, { port, title, runsHelpers: helpers });
}
