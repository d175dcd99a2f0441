// Records the scores of versions.

import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import {
  type Diagnostic,
  decodeUtf8,
  diagnose,
  metricNameProblem,
  reportNotUtf8,
  type Score,
  type Snapshot,
  writeFailure,
} from "@cuecard/model";
import {
  type Applied,
  appendScores,
  findNonFile,
  findSkippedFile,
  LOCK_FILE,
  type Planned,
  parseRef,
  readDate,
  SCORES_EXTENSION,
  SCORES_LIMIT,
  whoAmI,
} from "@cuecard/registry";
import { explainUnresolved } from "../compile/explain-unresolved.js";
import { NO_TEXTS, type Project } from "../read/project.js";
import { type ResolvedArms, resolveArms } from "../read/resolve-reference.js";
import { chooseResults, refuse } from "./choose-results.js";
import { type Results, readPromptfooResults } from "./promptfoo-results.js";

export interface ScoreOptions {
  /** A version, or an alias: the version it points at now is scored. */
  readonly reference: string;
  readonly metrics?: Readonly<Record<string, number>> | undefined;
  /** A results file of promptfoo, absolute or relative to the project's folder. */
  readonly from?: string | undefined;
  /** Which of the file's prompts: its label, or a part of the label that is unique. */
  readonly prompt?: string | undefined;
  /** Which of the file's providers. */
  readonly provider?: string | undefined;
  /** Which arm of a weighted alias: `v3`. */
  readonly arm?: string | undefined;
  readonly dataset?: string | undefined;
  /** A date, with or without a time. Default: the results' own, else now. */
  readonly date?: string | undefined;
  /** Default: the user in git's settings. */
  readonly by?: string | undefined;
}

export interface ScorePlan {
  /** Relative to the project's folder. */
  readonly file: string;
  readonly scores: readonly Score[];
  /** Scores that the file already has with the same date. */
  readonly unchanged: readonly Score[];
}

export interface ScoreResult {
  readonly file: string;
  readonly scores: readonly Score[];
}

export async function planScore(project: Project, options: ScoreOptions): Promise<Planned<ScorePlan>> {
  const { snapshot, brokenAliases, unlocked, diagnostics } = await project.snapshot({ texts: NO_TEXTS });
  if (snapshot === undefined) return { plan: undefined, diagnostics };
  const { reference } = options;
  const resolved = resolveArms(snapshot, reference);
  if ("problem" in resolved) {
    const outcome = explainUnresolved(reference, resolved, { snapshot, brokenAliases, unlocked, diagnostics });
    if (outcome.kind === "broken") return { plan: undefined, diagnostics: outcome.diagnostics };
    const unknown = refuse(LOCK_FILE, outcome.problem, outcome.hint, "scores/unknown-reference");
    return { plan: undefined, diagnostics: [aboutPrompt(unknown, reference)] };
  }
  const planned = await plan(project, options, snapshot, resolved);
  if ("code" in planned) return { plan: undefined, diagnostics: [aboutPrompt(planned, reference)] };
  const conflicts = diagnostics.filter(({ code, file }) => code === "scores/conflict-markers" && file === planned.file);
  return { plan: conflicts.length > 0 ? undefined : planned, diagnostics: conflicts };
}

function aboutPrompt(diagnostic: Diagnostic, reference: string): Diagnostic {
  const name = parseRef(reference)?.name;
  return name === undefined ? diagnostic : { ...diagnostic, subject: { name } };
}

export async function applyScore(project: Project, { file, scores }: ScorePlan): Promise<Applied<ScoreResult>> {
  try {
    await appendScores(path.join(project.dir, file), scores);
    return { result: { file, scores }, diagnostics: [] };
  } catch (error) {
    return { result: undefined, diagnostics: [writeFailure(error, file, file)] };
  }
}

async function plan(
  project: Project,
  options: ScoreOptions,
  snapshot: Snapshot,
  resolved: ResolvedArms,
): Promise<ScorePlan | Diagnostic> {
  const file = `${project.config.prompts}/${resolved.name}${SCORES_EXTENSION}`;
  const results = options.from === undefined ? undefined : await readResults(project, options.from);
  if (results !== undefined && "code" in results) return results;
  if (results === undefined && (options.prompt ?? options.provider) !== undefined)
    return refuse(
      file,
      "a prompt or provider was named, but no results to choose it from",
      "name the results file as well, with --from or `from`",
    );
  const date =
    readDate(options.date ?? results?.date) ?? (options.date === undefined ? new Date().toISOString() : undefined);
  if (date === undefined)
    return refuse(file, `"${options.date}" is not a valid date`, "write 2026-11-27 or 2026-11-27T09:30:00Z");
  const { name } = resolved;
  const { dataset } = options;
  const by = options.by ?? (await whoAmI(project.dir));
  const given = Object.entries(options.metrics ?? {}).map(([metric, value]) => ({ metric, value }));
  const chosen = chooseResults(resolved, results, options);
  if ("code" in chosen) return chosen;
  const scores = chosen.flatMap(({ version, measured }) =>
    [...measured.filter(({ metric }) => !Object.hasOwn(options.metrics ?? {}, metric)), ...given].map(
      ({ metric, value }): Score => ({ name, version, metric, value, dataset, date, by }),
    ),
  );
  for (const { metric, value } of scores) {
    const problem = metricNameProblem(metric) ?? (Number.isFinite(value) ? undefined : `${value} is not a number`);
    if (problem !== undefined) return refuse(file, `the metric "${metric}" cannot be recorded: ${problem}`);
  }
  if (scores.length === 0)
    return refuse(file, "no metrics to record", "use --metric name=number or --from results.json");
  const nonFile = findNonFile(project.dir, file);
  if (nonFile !== undefined) return diagnose("project/not-a-file", { what: nonFile.what }, { file: nonFile.path });
  const { size } = await stat(path.join(project.dir, file)).catch(() => ({ size: undefined }));
  const skipped = size === undefined ? findSkippedFile(project.dir, file) : undefined;
  if (skipped !== undefined) return skipped;
  if ((size ?? 0) > SCORES_LIMIT - scores.length * 1000)
    return refuse(file, `${file} is full`, "move older scores to another file with a different name");
  const keyOf = ({ version, metric, value, dataset, date: day }: Score) =>
    JSON.stringify([version, metric, value, dataset ?? null, day ?? null]);
  const known = new Set(snapshot.scores.filter((score) => score.name === name).map(keyOf));
  const isKnown = (score: Score) => known.has(keyOf(score));
  return { file, scores: scores.filter((score) => !isKnown(score)), unchanged: scores.filter(isKnown) };
}

async function readResults({ dir }: Project, from: string): Promise<Results | Diagnostic> {
  let data: Buffer;
  try {
    data = await readFile(path.resolve(dir, from));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    return refuse(from, missing ? `file not found: ${from}` : `cannot read ${from}: ${(error as Error).message}`);
  }
  const { text, failure } = decodeUtf8(data);
  if (failure !== undefined) return reportNotUtf8(failure, { file: from });
  const results = readPromptfooResults(text);
  if (typeof results === "string") return refuse(from, `${from} has no results: ${results}`);
  if (results.columns.length === 0) return refuse(from, `${from} has no results: no prompt has metrics`);
  return results;
}
