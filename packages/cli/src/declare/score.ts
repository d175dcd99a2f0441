// The commands about what versions scored: score, scores.

import { type Command, InvalidArgumentError } from "commander";
import type { ScoreCommandOptions } from "../commands/score.js";
import type { ScoresOptions } from "../commands/scores.js";
import type { ActionMaker } from "./action.js";
import { plans } from "./plans.js";
import { REFERENCE } from "./reference.js";

export function declareScore(program: Command, action: ActionMaker): void {
  plans(
    program
      .command("score")
      .summary("record what a version scored")
      .description("Record what a version scored, in a file beside the prompt that is committed with it.")
      .argument("<ref>", REFERENCE)
      .option("--metric <name=number>", "what was measured (repeatable)", collectMetrics, [])
      .option("--from <file>", "take the metrics from promptfoo's results (JSON)")
      .option("--prompt <label>", "which prompt of the results")
      .option("--provider <id>", "which provider of the results")
      .option("--arm <version>", "which version of a weighted alias")
      .option("--dataset <name>", "what it was measured on")
      .option("--date <date>", "when; now, or when the results say"),
    "lines can be removed",
  ).action(
    action<ScoreCommandOptions>(async (context, options, args) =>
      (await import("../commands/score.js")).score(context, options, args),
    ),
  );

  program
    .command("scores")
    .summary("compare what versions scored")
    .description("Compare what versions scored: all of a prompt, or the arms of a weighted alias.")
    .argument("<ref>", "name, or name@alias")
    .option("--json", "print JSON")
    .action(
      action<ScoresOptions>(async (context, options, args) =>
        (await import("../commands/scores.js")).scores(context, options, args),
      ),
    );
}

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
