// `cuecard scores <ref>`

import { compareText } from "@cuecard/model";
import { exitCode, RequestError } from "../exit.js";
import type { Scoreboard } from "../project/scoreboard.js";
import { formatValue } from "../report/format-score.js";
import { formatTable } from "../report/table.js";
import { printableLine } from "../terminal/printable.js";
import type { Look } from "./carry-out.js";
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
      scores: own.map(({ metric, value, dataset, date, by }) => ({
        ...{ metric, value },
        ...{ dataset: dataset ?? null, date: date ?? null, by: by ?? null },
      })),
    })),
  };
}

/** A row a metric and data set, a column a version; of two versions, how the newer one differs. */
export function formatBoard({ columns }: Scoreboard, look: Look): string {
  const all = columns.flatMap((column) => column.scores);
  const keys = [
    ...new Map(all.map(({ metric, dataset }) => [JSON.stringify([metric, dataset]), { metric, dataset }])).values(),
  ];
  keys.sort((a, b) => compareText(a.metric, b.metric) || compareText(a.dataset ?? "", b.dataset ?? ""));
  const [first, second] = columns;
  const compares = first !== undefined && second !== undefined && columns.length === 2;
  const rows = keys.map(({ metric, dataset }) => {
    const values = columns.map(
      (column) => column.scores.find((own) => own.metric === metric && own.dataset === dataset)?.value,
    );
    const [before, after] = values;
    const difference = before === undefined || after === undefined ? "" : formatDifference(before, after);
    return [
      printableLine(metric),
      ...values.map((value) => (value === undefined ? "-" : formatValue(value))),
      ...(compares ? [difference] : []),
      printableLine(dataset ?? ""),
    ];
  });
  const headings = columns.map(({ version, share }) =>
    share === undefined ? `v${version}` : `v${version} (${percent(share)})`,
  );
  const comparison = compares ? [`v${second.version} − v${first.version}`] : [];
  return formatTable(["METRIC", ...headings, ...comparison, "DATA SET"], rows, look);
}

function formatDifference(before: number, after: number): string {
  const difference = Number((after - before).toPrecision(4));
  if (difference === 0) return "=";
  const relative =
    before === 0
      ? ""
      : ` (${difference > 0 ? "+" : ""}${Math.round(((after - before) / Math.abs(before)) * 1000) / 10}%)`;
  return `${difference > 0 ? "+" : ""}${difference}${relative}`;
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10}%`;
}
