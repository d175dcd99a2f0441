// `cuecard retire <refs…>`

import { LOCK_FILE, UsageError } from "@cuecard/model";
import type { RetireOptions, RetirePlan, RetireResult } from "@cuecard/project";
import { commitCommand, formatNextSteps } from "../report/next-steps.js";
import { type DeclareCommand, examples, withPlanOptions } from "../support/command.js";
import type { CommandContext } from "../support/command-context.js";
import { type OutputStyle, type PlanOptions, runPlan } from "../support/run-plan.js";
import { withProject } from "../support/with-project.js";
import { printableLine, wrap } from "../terminal/text.js";

export const retire: DeclareCommand = (program, action) =>
  withPlanOptions(
    program
      .command("retire")
      .summary("mark versions that should no longer be used")
      .description(
        "Mark versions in prompts.lock as retired. They stay in git; code that loads one is marked as deprecated, with your reason.",
      )
      .argument("<refs...>", "versions, such as greet@v3")
      .option("--reason <text>", "why the version is retired; shown where code loads it")
      .option("--undo", "remove the mark"),
    false,
  )
    .addHelpText(
      "after",
      examples("cuecard retire greet@v3 --reason 'Promises refunds'", "cuecard retire greet@v3 --undo"),
    )
    .action(action(run));

interface RetireCommandOptions extends PlanOptions {
  readonly reason?: string;
  readonly undo?: boolean;
}

async function run(
  context: CommandContext,
  options: RetireCommandOptions,
  references: readonly string[],
): Promise<number> {
  const { reason, undo = false } = options;
  if (undo && reason !== undefined) throw new UsageError("--undo and --reason cannot be combined");
  if (!undo && reason === undefined)
    throw new UsageError("--reason <text> is required: say why the version should no longer be used");
  const request: RetireOptions = reason === undefined ? { references, undo: true } : { references, reason };
  return withProject(context, {}, (registry) =>
    runPlan<RetirePlan, RetireResult>(context, registry, options, {
      plan: () => registry.planRetire(request),
      isEmpty: ({ versions }) => versions.length === 0,
      describe,
      apply: (plan) => registry.applyRetire(plan),
      report: (result, style) => report(result, undo, style),
    }),
  );
}

function describe(plan: RetirePlan, { paint, width }: OutputStyle): string {
  const { versions, unchanged, latest } = plan;
  const reason = "undo" in plan ? undefined : plan.reason;
  const lines: string[] = [];
  if (versions.length > 0) {
    lines.push(reason === undefined ? "To bring back:" : "To retire:");
    for (const { tag, before } of versions) {
      lines.push(`  ${paint.bold(tag)}`);
      if (before !== undefined) lines.push(`    ${wrap(`was retired: ${printableLine(before)}`, width - 4, "    ")}`);
    }
    if (reason !== undefined) lines.push(`  ${wrap(printableLine(reason), width - 2, "  ")}`);
  }
  for (const { name, version } of unchanged)
    lines.push(
      paint.dim(`${name}@v${version} is ${reason === undefined ? "not retired" : "already retired for this reason"}`),
    );
  for (const { name, to, followers } of latest)
    lines.push(
      to === undefined
        ? `${name} will have no latest version`
        : `The latest version of ${name} will be v${to}${followers.length === 0 ? "" : `, also for ${followers.join(", ")}`}`,
    );
  return `${lines.join("\n")}\n`;
}

function report({ retired }: RetireResult, undo: boolean, { paint, width, folder }: OutputStyle): string {
  const tags = retired.map(({ name, version }) => `${name}@v${version}`).join(", ");
  const done = `${paint.green("✓")} ${undo ? `Brought back ${tags}` : `Retired ${tags}`}`;
  const command = commitCommand(`${undo ? "Bring back" : "Retire"} ${tags}`, LOCK_FILE, folder);
  return `${wrap(done, width, "  ")}\n${formatNextSteps([{ what: "commit the lock", command }])}`;
}
