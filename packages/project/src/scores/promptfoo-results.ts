// Results of promptfoo, as `promptfoo eval --output results.json` writes them (https://www.promptfoo.dev/docs/configuration/outputs/):
// what each prompt scored with each provider. Its sums are made averages over the test cases, so that runs of different
// sizes compare.

import { metricNameProblem } from "@cuecard/model";

/** One column of the results: a prompt, asked of a provider. */
export interface ResultColumn {
  readonly label: string;
  readonly provider: string;
  readonly metrics: readonly Measured[];
}

export interface Measured {
  readonly metric: string;
  readonly value: number;
}

export interface Results {
  readonly columns: readonly ResultColumn[];
  /** When the tests ran, as written. */
  readonly date: string | undefined;
}

type Json = Readonly<Record<string, unknown>>;

/** Reads the results, or says what is wrong with them. */
export function readPromptfooResults(text: string): Results | string {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    if (isJsonLines(text)) return "they are JSON Lines, without totals: run promptfoo with `--output results.json`";
    return `they are not JSON: ${(error as Error).message}`;
  }
  const results = asObject(asObject(document)?.["results"]);
  // Up to version 2 the prompts are above the table of outputs.
  const prompts = results?.["prompts"] ?? asObject(asObject(results?.["table"])?.["head"])?.["prompts"];
  if (results === undefined || !Array.isArray(prompts))
    return "they are not what `promptfoo eval --output results.json` writes";
  const columns = prompts.map(asObject).flatMap((prompt) => {
    const metrics = asObject(prompt?.["metrics"]);
    if (prompt === undefined || metrics === undefined) return [];
    const { label, raw, provider } = prompt;
    return [{ label: asText(label) ?? asText(raw) ?? "", provider: asText(provider) ?? "", metrics: average(metrics) }];
  });
  return { columns, date: asText(results["timestamp"]) };
}

/** Whether a text is what `promptfoo eval --output results.jsonl` writes: an object in each line. */
function isJsonLines(text: string): boolean {
  const [first = "", second = ""] = text.split("\n");
  try {
    return [first, second].every((line) => asObject(JSON.parse(line)) !== undefined);
  } catch {
    return false;
  }
}

/** `pass_rate`, `score`, `latency_ms` and `cost` of a test case, and each metric that assertions name. */
function average(metrics: Json): Measured[] {
  const count = (key: string) => asNumber(metrics[key]) ?? 0;
  const tests = count("testPassCount") + count("testFailCount") + count("testErrorCount");
  if (tests === 0) return [];
  const measured: Measured[] = [{ metric: "pass_rate", value: count("testPassCount") / tests }];
  const score = asNumber(metrics["score"]);
  if (score !== undefined) measured.push({ metric: "score", value: score / tests });
  // Of cached answers promptfoo knows neither; nothing took no time at all.
  for (const [metric, key] of [
    ["latency_ms", "totalLatencyMs"],
    ["cost", "cost"],
  ] as const)
    if (count(key) > 0) measured.push({ metric, value: count(key) / tests });
  const own = new Set(measured.map(({ metric }) => metric));
  const weights = asObject(metrics["namedScoreWeights"]);
  const counts = asObject(metrics["namedScoresCount"]);
  for (const [metric, sum] of Object.entries(asObject(metrics["namedScores"]) ?? {})) {
    if (typeof sum !== "number" || metricNameProblem(metric) !== undefined || own.has(metric)) continue;
    // A derived metric is a value already: nothing was counted for it.
    const share = asNumber(weights?.[metric]) ?? asNumber(counts?.[metric]) ?? 0;
    measured.push({ metric, value: share > 0 ? sum / share : sum });
  }
  return measured.map(({ metric, value }) => ({ metric, value: Number(value.toPrecision(12)) }));
}

function asObject(value: unknown): Json | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function asNumber(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
