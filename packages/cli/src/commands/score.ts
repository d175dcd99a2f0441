// `cuecard score <ref>`

import path from "node:path";
import type { ScorePlan, ScoreResult } from "@cuecard/project";
import { plural } from "../report/count.js";
import { formatScore } from "../report/format-score.js";
import { commitCommand, formatNextSteps } from "../report/next-steps.js";
import { formatTable } from "../report/table.js";
import { carryOut, type Look, type PlanOptions } from "./carry-out.js";
import type { CommandContext } from "./command-context.js";
import { withRegistry } from "./with-registry.js";

export interface ScoreCommandOptions extends PlanOptions {
  readonly metric: readonly (readonly [metric: string, value: number])[];
  readonly from?: string;
  readonly prompt?: string;
  readonly provider?: string;
  readonly arm?: string;
  readonly dataset?: string;
  readonly date?: string;
}

export async function score(
  context: CommandContext,
  options: ScoreCommandOptions,
  args: readonly string[],
): Promise<number> {
  const { metric, from, prompt, provider, arm, dataset, date } = options;
  // A job in CI scores what it has just released, which prompts.lock lacks still.
  return withRegistry(context, { frozen: false }, (registry) =>
    carryOut<ScorePlan, ScoreResult>(context, registry, options, {
      plan: () =>
        registry.planScore({
          reference: args[0] ?? "",
          metrics: Object.fromEntries(metric),
          from: from === undefined ? undefined : path.resolve(context.terminal.cwd, from),
          ...{ prompt, provider, arm, dataset, date },
        }),
      isEmpty: ({ scores }) => scores.length === 0,
      describe,
      apply: (plan) => registry.applyScore(plan),
      report,
    }),
  );
}

function report({ file, scores }: ScoreResult, { paint, folder }: Look): string {
  const versions = [...new Set(scores.map(({ name, version }) => `${name}@v${version}`))].join(", ");
  const command = commitCommand(`Score ${versions}`, file, folder);
  const done = `${paint.green("✓")} ${plural(scores.length, "score")} → ${file}\n`;
  return `${done}${formatNextSteps([{ what: "commit them", command }])}`;
}

function describe({ file, scores, unchanged }: ScorePlan, { paint, width }: Look): string {
  const same =
    unchanged.length === 0
      ? ""
      : `${paint.dim(`${plural(unchanged.length, "score")} of this date ${unchanged.length === 1 ? "is" : "are"} in ${file} already`)}\n`;
  if (scores.length === 0) return same;
  const rows = scores.map(({ name, version, metric, value, dataset }) => [
    `${name}@v${version}`,
    metric,
    formatScore(value),
    dataset ?? "",
  ]);
  return formatTable(["VERSION", "METRIC", "VALUE", "DATA SET"], rows, { paint, width }) + same;
}
