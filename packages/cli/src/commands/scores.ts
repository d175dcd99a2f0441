// `cuecard scores <ref>`

import type { Scoreboard } from "@cuecard/project";
import { exitCode } from "../exit.js";
import { formatBoard } from "../report/format-board.js";
import { scoreJson } from "../report/score-json.js";
import type { CommandContext } from "./command-context.js";
import { takeFound } from "./take-found.js";
import { withRegistry } from "./with-registry.js";

export interface ScoresOptions {
  readonly json?: boolean;
}

export async function scores(
  context: CommandContext,
  options: ScoresOptions,
  args: readonly string[],
): Promise<number> {
  return withRegistry(context, { frozen: false }, async (registry) => {
    const { stdout, stderr } = context.terminal;
    const found = await takeFound(context, registry, await registry.scores(args[0] ?? ""));
    if (typeof found === "number") return found;
    const board = found.value;
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
