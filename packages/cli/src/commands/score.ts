// `cuecard score <ref>`

import path from "node:path";
import type { ScorePlan, ScoreResult } from "@cuecard/project";
import { InvalidArgumentError } from "commander";
import { plural } from "../report/count.js";
import { formatScore } from "../report/format-board.js";
import { commitCommand, formatNextSteps } from "../report/next-steps.js";
import { formatTable } from "../report/table.js";
import { type DeclareCommand, examples, PROMPT_REFERENCE, withPlanOptions } from "../support/command.js";
import type { CommandContext } from "../support/command-context.js";
import { type OutputStyle, type PlanOptions, runPlan } from "../support/run-plan.js";
import { withProject } from "../support/with-project.js";

export const score: DeclareCommand = (program, action) =>
  withPlanOptions(
    program
      .command("score")
      .summary("record how a version scored in an evaluation")
      .description(
        "Record how a version scored in an evaluation. The scores go into a file next to the prompt, which you commit.",
      )
      .argument("<ref>", PROMPT_REFERENCE)
      .option("--metric <name=number>", "record this value (repeatable)", collectMetrics, [])
      .option("--from <file>", "read the metrics from promptfoo results (JSON)")
      .option("--prompt <label>", "prompt to take from the results: its label or a unique part of it")
      .option("--provider <id>", "provider to take from the results")
      .option("--arm <version>", "for a weighted alias: the version that was evaluated")
      .option("--dataset <name>", "data set that was used")
      .option("--date <date>", "date of the evaluation (default: the date in the results, or now)"),
    false,
  )
    .addHelpText(
      "after",
      examples("cuecard score greet@v2 --metric accuracy=0.92", "cuecard score greet@staging --from results.json"),
    )
    .action(action(run));

function collectMetrics(
  text: string,
  earlier: readonly (readonly [string, number])[],
): readonly (readonly [string, number])[] {
  const [, metric, value] = /^(.+)=\s*(\S+)\s*$/.exec(text) ?? [];
  const number = Number(value);
  if (metric === undefined || value === undefined || !Number.isFinite(number))
    throw new InvalidArgumentError("Write name=number.");
  return [...earlier, [metric, number]];
}

interface ScoreCommandOptions extends PlanOptions {
  readonly metric: readonly (readonly [metric: string, value: number])[];
  readonly from?: string;
  readonly prompt?: string;
  readonly provider?: string;
  readonly arm?: string;
  readonly dataset?: string;
  readonly date?: string;
}

async function run(context: CommandContext, options: ScoreCommandOptions, args: readonly string[]): Promise<number> {
  const { metric, from, prompt, provider, arm, dataset, date } = options;
  // A CI job scores versions that it has just released, which prompts.lock does not contain yet.
  return withProject(context, { frozen: false }, (registry) =>
    runPlan<ScorePlan, ScoreResult>(context, registry, options, {
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

function report({ file, scores }: ScoreResult, { paint, folder }: OutputStyle): string {
  const versions = [...new Set(scores.map(({ name, version }) => `${name}@v${version}`))].join(", ");
  const command = commitCommand(`Score ${versions}`, file, folder);
  const done = `${paint.green("✓")} Recorded ${plural(scores.length, "score")} in ${file}\n`;
  return `${done}${formatNextSteps([{ what: "commit them", command }])}`;
}

function describe({ file, scores, unchanged }: ScorePlan, { paint, width }: OutputStyle): string {
  const same =
    unchanged.length === 0
      ? ""
      : `${paint.dim(`${plural(unchanged.length, "score")} of this date ${unchanged.length === 1 ? "is" : "are"} already in ${file}`)}\n`;
  if (scores.length === 0) return same;
  const rows = scores.map(({ name, version, metric, value, dataset }) => [
    `${name}@v${version}`,
    metric,
    formatScore(value),
    dataset ?? "",
  ]);
  return formatTable(["VERSION", "METRIC", "VALUE", "DATA SET"], rows, { paint, width }) + same;
}
