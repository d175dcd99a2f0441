// Chooses which versions are scored, and the column of promptfoo's results for each.

import { type Diagnostic, diagnose, parseVersionNumber, versionTag } from "@cuecard/model";
import type { ResolvedArms } from "../read/resolve-reference.js";
import type { Measured, ResultColumn, Results } from "./promptfoo-results.js";
import type { ScoreOptions } from "./record-scores.js";

/** The finding that no scores can be recorded. */
export function refuse(
  file: string,
  problem: string,
  instead?: string,
  code: "scores/not-recorded" | "scores/unknown-reference" = "scores/not-recorded",
): Diagnostic {
  return diagnose(code, { problem, instead }, { file });
}

interface Chosen {
  readonly version: number;
  readonly measured: readonly Measured[];
}

/** The versions that are scored, each with its metrics in the results. */
export function chooseResults(
  resolved: ResolvedArms,
  results: Results | undefined,
  options: ScoreOptions,
): readonly Chosen[] | Diagnostic {
  const { name, ref, arms } = resolved;
  const versions = arms.flatMap(({ version }) => (version === "working" ? [] : [version]));
  if (versions.length < arms.length)
    return refuse(".", `${name}@${ref} is the working file, which can change`, "release it and score the version");
  const [only] = versions;
  if (options.arm !== undefined) {
    const arm = parseVersionNumber(options.arm);
    if (arm === undefined || !versions.includes(arm))
      return refuse(".", `${name}@${ref} has no arm ${options.arm}`, `it has ${listVersions(versions)}`);
    return chosen(arm, measuredIn(results, options));
  }
  if (versions.length === 1 && only !== undefined) return chosen(only, measuredIn(results, options));
  const columns = versions.map((version) => ({
    version,
    found: (results?.columns ?? []).filter(({ label }) => namesVersion(label, name, version)),
  }));
  if (results === undefined || columns.some(({ found }) => found.length === 0))
    return refuse(
      options.from ?? ".",
      `${name}@${ref} is split between ${listVersions(versions)}`,
      `choose one with --arm${results === undefined ? "" : `, or label the prompts of the results ${versions.map((version) => versionTag({ name, version })).join(" and ")}`}`,
    );
  const all = columns.map(({ version, found }) => chosen(version, oneColumn(found, options)));
  return all.find((one) => "code" in one) ?? all.flatMap((one) => ("code" in one ? [] : one));
}

function chosen(version: number, measured: readonly Measured[] | Diagnostic): readonly Chosen[] | Diagnostic {
  return "code" in measured ? measured : [{ version, measured }];
}

/** Whether a label in the results names a version: `v3`, `greet@v3`, `prompts:/greet/3`. */
function namesVersion(label: string, name: string, version: number): boolean {
  return [`v${version}`, versionTag({ name, version }), `prompts:/${name}/${version}`].includes(label.trim());
}

function measuredIn(results: Results | undefined, options: ScoreOptions): readonly Measured[] | Diagnostic {
  if (results === undefined) return [];
  const { prompt } = options;
  const exact = results.columns.filter(({ label }) => label === prompt);
  const part = results.columns.filter(({ label }) => prompt === undefined || label.includes(prompt));
  return oneColumn(exact.length > 0 ? exact : part, options, results);
}

/** The metrics of the only matching column. If several match, prompt and provider must select one. */
function oneColumn(
  candidates: readonly ResultColumn[],
  { from = ".", provider, prompt }: ScoreOptions,
  results?: Results,
): readonly Measured[] | Diagnostic {
  const found = candidates.filter((column) => provider === undefined || column.provider === provider);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.metrics;
  const shown = (found.length === 0 ? (results?.columns ?? candidates) : found).map(
    (column) => `${JSON.stringify(shorten(column.label))} of ${column.provider}`,
  );
  const asked = [prompt, provider].filter((part) => part !== undefined).map((part) => `"${part}"`);
  return refuse(
    from,
    found.length === 0
      ? `no prompt in the results matches ${asked.join(" with ")}`
      : `the results contain ${found.length} prompts`,
    `choose one with --prompt or --provider: ${shown.slice(0, 6).join(", ")}${shown.length > 6 ? " …" : ""}`,
  );
}

function shorten(label: string): string {
  return label.length <= 40 ? label : `${label.slice(0, 39)}…`;
}

function listVersions(versions: readonly number[]): string {
  return versions.map((version) => `v${version}`).join(" and ");
}
