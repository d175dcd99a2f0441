// What versions scored: one measured value each, as `prompts/<name>.scores.jsonl` holds them.

import { compareText, type VersionId } from "./names.js";

export interface Score extends VersionId {
  /** What was measured: `accuracy`. */
  readonly metric: string;
  readonly value: number;
  /** What it was measured on. */
  readonly dataset: string | undefined;
  /** When: ISO 8601, UTC. */
  readonly date: string | undefined;
  /** Who recorded the score: `Ada <ada@example.com>`. */
  readonly by: string | undefined;
}

/**
 * The newest score of each version for each metric and data set, sorted by them; of versions that have scores.
 *
 * @param scores Of one prompt, in the order of its file.
 */
export function latestScoresByVersion(scores: readonly Score[]): ReadonlyMap<number, Score[]> {
  const versions = new Map<number, Score[]>();
  for (const score of scores) {
    const known = versions.get(score.version);
    if (known === undefined) versions.set(score.version, [score]);
    else known.push(score);
  }
  return new Map([...versions].map(([version, own]) => [version, pickLatest(own)]));
}

function pickLatest(scores: readonly Score[]): Score[] {
  const latest = new Map<string, Score>();
  for (const score of scores) {
    const key = JSON.stringify([score.metric, score.dataset]);
    const known = latest.get(key);
    // After a union merge, lines can be in any order: compare the dates if both have one; otherwise the later line wins.
    const isOlder = known?.date !== undefined && score.date !== undefined && score.date < known.date;
    if (!isOlder) latest.set(key, score);
  }
  return [...latest.values()].sort(
    (a, b) => compareText(a.metric, b.metric) || compareText(a.dataset ?? "", b.dataset ?? ""),
  );
}

/** Why a text is not a valid metric name, or `undefined` if it is one. */
export function metricNameProblem(name: string): string | undefined {
  if (name.trim() === "") return "it is empty";
  if (name.length > 100) return "it is longer than 100 characters";
  return /[\p{Cc}\u2028\u2029]/u.test(name) ? "it contains control characters" : undefined;
}
