// What versions of a prompt scored, side by side.

import { hasErrors, latestScoresByVersion, type Score, sortDiagnostics } from "@cuecard/model";
import { SCORES_EXTENSION } from "@cuecard/registry";
import { explainUnresolved } from "../compile/explain-unresolved.js";
import type { Outcome } from "../read/outcome.js";
import { NO_TEXTS, type Project } from "../read/project.js";
import { resolveArms } from "../read/resolve-reference.js";

/** Scores of a prompt's versions, side by side. */
export interface Scoreboard {
  readonly name: string;
  /** The alias that was asked for; `undefined` for all versions with scores. */
  readonly alias: string | undefined;
  readonly columns: readonly ScoreColumn[];
}

export interface ScoreColumn {
  readonly version: number;
  /** The share of callers, of a weighted alias; otherwise `undefined`. */
  readonly share: number | undefined;
  readonly scores: readonly Score[];
}

/** @param reference A prompt's name, for all versions that have scores; a version; or an alias, for each of its arms. */
export async function scoreboardOf(project: Project, reference: string): Promise<Outcome<Scoreboard>> {
  const { snapshot, brokenAliases, unlocked, ...read } = await project.snapshot({ texts: NO_TEXTS });
  const diagnostics = sortDiagnostics(read.diagnostics);
  if (snapshot === undefined) return { kind: "broken", diagnostics };
  const resolved = resolveArms(snapshot, reference);
  if ("problem" in resolved)
    return explainUnresolved(reference, resolved, { snapshot, brokenAliases, unlocked, diagnostics });
  const { name, arms } = resolved;
  const own = snapshot.scores.filter((score) => score.name === name);
  const broken = diagnostics.filter(({ file }) => file === `${project.config.prompts}/${name}${SCORES_EXTENSION}`);
  if (hasErrors(broken)) return { kind: "broken", diagnostics: broken };
  const isWhole = !reference.includes("@") && !reference.startsWith("prompts:");
  const total = arms.reduce((sum, { weight }) => sum + weight, 0);
  const scores = latestScoresByVersion(own);
  const columns = isWhole
    ? snapshot.versions
        .filter((version) => version.name === name && scores.has(version.version))
        .map(({ version }) => ({ version, share: undefined }))
    : arms.flatMap(({ version, weight }) =>
        version === "working" ? [] : [{ version, share: arms.length === 1 ? undefined : weight / total }],
      );
  return {
    kind: "found",
    value: {
      name,
      alias: isWhole ? undefined : resolved.ref,
      columns: columns.map((column) => ({ ...column, scores: scores.get(column.version) ?? [] })),
    },
    diagnostics,
  };
}
