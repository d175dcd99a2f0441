// `cuecard scores <ref>`

import type { Scoreboard } from "@cuecard/project";
import { exitCode } from "../exit.js";
import { formatBoard, scoreJson } from "../report/format-board.js";
import { undefinedToNull, writeJson } from "../report/json.js";
import { type DeclareCommand, examples } from "../support/command.js";
import type { CommandContext } from "../support/command-context.js";
import { unwrapOutcome } from "../support/print-diagnostics.js";
import { withProject } from "../support/with-project.js";

export const scores: DeclareCommand = (program, action) =>
  program
    .command("scores")
    .summary("compare the evaluation scores of versions")
    .description("Compare the scores of a prompt's versions, or of the versions that a weighted alias points at.")
    .argument("<ref>", "name or name@alias")
    .option("--json", "print JSON")
    .addHelpText("after", examples("cuecard scores greet"))
    .action(action(run));

interface ScoresOptions {
  readonly json?: boolean;
}

async function run(context: CommandContext, options: ScoresOptions, args: readonly string[]): Promise<number> {
  return withProject(context, { frozen: false }, async (registry) => {
    const { stdout, stderr } = context.terminal;
    const found = await unwrapOutcome(context, registry, await registry.scores(args[0] ?? ""), options);
    if (typeof found === "number") return found;
    const board = found.value;
    if (options.json === true) writeJson(stdout, asJson(board));
    else if (board.columns.every((column) => column.scores.length === 0))
      stderr.write(`${args[0]} has no scores yet; record them with \`cuecard score\`\n`);
    else stdout.write(formatBoard(board, { paint: context.paint, width: stdout.columns }));
    return exitCode.clean;
  });
}

/** What `--json` prints. */
function asJson({ name, alias, columns }: Scoreboard): unknown {
  const versions = columns.map(({ version, share, scores: own }) => ({ version, share, scores: own.map(scoreJson) }));
  return undefinedToNull({ name, alias, versions });
}
