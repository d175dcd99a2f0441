// Scores as people read them.

import type { Score } from "@cuecard/model";

export function formatScore(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** `accuracy 0.92 on billing-v3` */
export function describeScore({ metric, value, dataset }: Pick<Score, "metric" | "value" | "dataset">): string {
  return `${metric} ${formatScore(value)}${dataset === undefined ? "" : ` on ${dataset}`}`;
}

/** A score of a version as JSON shows it. */
export function scoreJson({ metric, value, dataset, date, by }: Omit<Score, "name" | "version">): object {
  return { metric, value, dataset: dataset ?? null, date: date ?? null, by: by ?? null };
}
