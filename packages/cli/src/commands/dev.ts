// `cuecard dev`

import { UsageError } from "@cuecard/model";
import { type DeclareCommand, examples } from "../support/command.js";
import type { CommandContext } from "../support/command-context.js";
import { readPort } from "../support/read-port.js";

export const dev: DeclareCommand = (program, action) =>
  program
    .command("dev")
    .summary("edit, try and propose prompts in the browser")
    .description(
      "Serve the catalog of the working tree at an address of this machine. In its pages, you edit prompts, see what your edits break, run prompts on models if you allow it, and propose your edits or a promotion as a pull request. When you save a prompt anywhere, move an alias or release a version, the pages load again.",
    )
    .option("--port <port>", "the port; 0 for any that is free", readPort, 4848)
    .option("--title <text>", "the project's name on the pages (default: the name of its folder)")
    .option("--helpers", "render examples that call the project's helpers, which runs them")
    .option("--model-calls", "let the pages run prompts on models, with the API keys of your environment")
    .option("--base-url <url>", "the same, on a server with OpenAI's API (default: OPENAI_BASE_URL)")
    .addHelpText(
      "after",
      examples("cuecard dev", "cuecard dev --model-calls", "cuecard dev --base-url http://localhost:11434/v1"),
    )
    .action(action(run));

interface DevCommandOptions {
  readonly port: number;
  readonly title?: string;
  readonly helpers?: boolean;
  readonly modelCalls?: boolean;
  readonly baseUrl?: string;
}

async function run(context: CommandContext, options: DevCommandOptions): Promise<number> {
  const { port, title, helpers = false, modelCalls = false, baseUrl } = options;
  if (title?.trim() === "") throw new UsageError("--title requires a text");
  const { dev: serve } = await import("../dev/dev.js");
  return serve(context, {
    ...{ port, title, runsHelpers: helpers, baseUrl },
    callsModels: modelCalls || baseUrl !== undefined,
  });
}
