// Scores in JSON, which has no `undefined`: what is not known is null.

import type { Score } from "@cuecard/model";

export interface ScoreJson {
  readonly metric: string;
  readonly value: number;
  readonly dataset: string | null;
  readonly date: string | null;
  readonly by: string | null;
}

export function scoreJson({ metric, value, dataset, date, by }: Omit<Score, "name" | "version">): ScoreJson {
  return { metric, value, dataset: dataset ?? null, date: date ?? null, by: by ?? null };
}
