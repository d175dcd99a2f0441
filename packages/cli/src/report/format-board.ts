// Scores: one as words or JSON, and what versions scored, side by side, as a table.

import { compareText, formatShare, type Score } from "@cuecard/model";
import type { Scoreboard } from "@cuecard/project";
import { formatTable, type TableOptions } from "./table.js";

/** One row per metric and data set, one column per version; for two versions, also how the newer one differs. */
export function formatBoard({ columns }: Scoreboard, options: TableOptions): string {
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
      metric,
      ...values.map((value) => (value === undefined ? "-" : formatScore(value))),
      ...(compares ? [difference] : []),
      dataset ?? "",
    ];
  });
  const headings = columns.map(({ version, share }) =>
    share === undefined ? `v${version}` : `v${version} (${formatShare(share)})`,
  );
  const comparison = compares ? [`v${second.version} − v${first.version}`] : [];
  return formatTable(["METRIC", ...headings, ...comparison, "DATA SET"], rows, options);
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

export function formatScore(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** `accuracy 0.92 on billing-v3` */
export function describeScore({ metric, value, dataset }: Pick<Score, "metric" | "value" | "dataset">): string {
  return `${metric} ${formatScore(value)}${dataset === undefined ? "" : ` on ${dataset}`}`;
}

/** A version's score, as JSON. */
export function scoreJson({ metric, value, dataset, date, by }: Omit<Score, "name" | "version">): object {
  return { metric, value, dataset: dataset ?? null, date: date ?? null, by: by ?? null };
}
