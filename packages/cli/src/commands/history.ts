// `cuecard history <name>`

import { nearest } from "@cuecard/runtime";
import { formatHistory, historyJson, onlyAlias } from "../report/format-history.js";
import { writeJson } from "../report/json.js";
import { type DeclareCommand, examples } from "../support/command.js";
import type { CommandContext } from "../support/command-context.js";
import { reportHiddenErrors, unwrapOutcome } from "../support/print-diagnostics.js";
import { withProject } from "../support/with-project.js";

export const history: DeclareCommand = (program, action) =>
  program
    .command("history")
    .summary("show a prompt's versions and how its aliases moved")
    .description("Show who released each version of a prompt and when, its scores, and how the prompt's aliases moved.")
    .argument("<name>", "the prompt, even if its file was deleted")
    .option("--alias <alias>", "show only the moves of this alias")
    .option("--json", "print JSON")
    .addHelpText("after", examples("cuecard history greet", "cuecard history greet --alias production"))
    .action(action(run));

interface HistoryOptions {
  readonly alias?: string;
  readonly json?: boolean;
}

async function run(context: CommandContext, options: HistoryOptions, args: readonly string[]): Promise<number> {
  return withProject(context, {}, async (registry) => {
    const { stdout, stderr } = context.terminal;
    const found = await unwrapOutcome(context, registry, await registry.history(args[0] ?? ""), options);
    if (typeof found === "number") return found;
    const shown = onlyAlias(found.value, options.alias);
    if (options.alias !== undefined && shown.moves.length === 0) {
      const near = nearest(options.alias, new Set(found.value.moves.map(({ alias }) => alias)));
      const hint = near === undefined ? "" : `; did you mean "${near}"?`;
      stderr.write(`${context.errorPaint.yellow("note:")} no commit ever set the alias "${options.alias}"${hint}\n`);
    }
    if (options.json === true) writeJson(stdout, historyJson(shown));
    else stdout.write(formatHistory(shown, context.paint, stdout));
    return reportHiddenErrors(context, found.diagnostics);
  });
}
