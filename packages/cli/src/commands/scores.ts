// `cuecard scores <ref>`

import { exitCode, RequestError } from "../exit.js";
import type { Scoreboard } from "../project/scoreboard.js";
import { formatBoard } from "../report/format-board.js";
import { scoreJson } from "../report/score-json.js";
import type { CommandContext } from "./command-context.js";
import { showFindings } from "./show-findings.js";
import { withRegistry } from "./with-registry.js";

export interface ScoresOptions {
  readonly json?: boolean;
}

export async function scores(
  context: CommandContext,
  options: ScoresOptions,
  args: readonly string[],
): Promise<number> {
  return withRegistry(context, {}, async (registry) => {
    const { stdout, stderr } = context.terminal;
    const outcome = await registry.scores(args[0] ?? "");
    if (outcome.kind === "unknown") throw new RequestError(outcome.problem, outcome.hint);
    if (outcome.kind === "broken") {
      await showFindings(registry, outcome.diagnostics, stderr, context.errorPaint);
      return exitCode.findings;
    }
    const { board } = outcome;
    if (options.json === true) stdout.write(`${JSON.stringify(asJson(board), null, 2)}\n`);
    else if (board.columns.every((column) => column.scores.length === 0))
      stderr.write(`${args[0]} has no scores yet: \`cuecard score\` records them\n`);
    else stdout.write(formatBoard(board, { paint: context.paint, width: stdout.columns ?? 100 }));
    return exitCode.clean;
  });
}

/** JSON has no `undefined`: what is not known is null. */
function asJson({ name, alias, columns }: Scoreboard): object {
  return {
    name,
    alias: alias ?? null,
    versions: columns.map(({ version, share, scores: own }) => ({
      version,
      share: share ?? null,
      scores: own.map(scoreJson),
    })),
  };
}
