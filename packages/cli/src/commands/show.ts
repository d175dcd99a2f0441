// `cuecard show <ref>`

import { exitCode } from "../exit.js";
import { formatPrompt, promptJson } from "../report/format-prompt.js";
import { writeJson } from "../report/json.js";
import { type DeclareCommand, examples, KEY_HELP, VERSION_REFERENCE } from "../support/command.js";
import type { CommandContext } from "../support/command-context.js";
import { unwrapOutcome } from "../support/print-diagnostics.js";
import { withProject } from "../support/with-project.js";
import { proseWidth } from "../terminal/terminal.js";

export const show: DeclareCommand = (program, action) =>
  program
    .command("show")
    .summary("show a prompt's variables, template, aliases and notes")
    .description("Show one version of a prompt: variables, template, aliases and notes.")
    .argument("<ref>", VERSION_REFERENCE)
    .option("--key <key>", KEY_HELP)
    .option("--json", "print JSON")
    .addHelpText("after", examples("cuecard show greet", "cuecard show greet@production"))
    .action(action(run));

interface ShowOptions {
  readonly json?: boolean;
  readonly key?: string;
}

async function run(context: CommandContext, options: ShowOptions, args: readonly string[]): Promise<number> {
  return withProject(context, {}, async (registry) => {
    const outcome = await registry.load(args[0] ?? "", { key: options.key });
    const found = await unwrapOutcome(context, registry, outcome, options);
    if (typeof found === "number") return found;
    const loaded = found.value;
    const { stdout } = context.terminal;
    if (options.json === true) writeJson(stdout, promptJson(loaded));
    else stdout.write(formatPrompt(loaded, context.paint, proseWidth(stdout)));
    return exitCode.clean;
  });
}
