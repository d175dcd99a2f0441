// `cuecard retire <refs…>`

import { LOCK_FILE, UsageError } from "@cuecard/model";
import type { RetireOptions, RetirePlan, RetireResult } from "@cuecard/project";
import { commitCommand, formatNextSteps } from "../report/next-steps.js";
import { printableLine } from "../terminal/printable.js";
import { wrap } from "../terminal/wrap.js";
import { carryOut, type Look, type PlanOptions } from "./carry-out.js";
import type { CommandContext } from "./command-context.js";
import { withRegistry } from "./with-registry.js";

export interface RetireCommandOptions extends PlanOptions {
  readonly reason?: string;
  readonly undo?: boolean;
}

export async function retire(
  context: CommandContext,
  options: RetireCommandOptions,
  references: readonly string[],
): Promise<number> {
  const { reason, undo = false } = options;
  if (undo && reason !== undefined) throw new UsageError("--undo takes no --reason");
  if (!undo && reason === undefined)
    throw new UsageError("say why nobody should use the version any more: --reason <text>");
  const request: RetireOptions = reason === undefined ? { references, undo: true } : { references, reason };
  return withRegistry(context, {}, (registry) =>
    carryOut<RetirePlan, RetireResult>(context, registry, options, {
      plan: () => registry.planRetire(request),
      isEmpty: ({ versions }) => versions.length === 0,
      describe,
      apply: (plan) => registry.applyRetire(plan),
      report: (result, look) => report(result, undo, look),
    }),
  );
}

function describe(plan: RetirePlan, { paint, width }: Look): string {
  const { versions, unchanged, latest } = plan;
  const reason = "undo" in plan ? undefined : plan.reason;
  const lines: string[] = [];
  if (versions.length > 0) {
    lines.push(reason === undefined ? "No longer to be retired:" : "To retire:");
    for (const { tag, before } of versions) {
      lines.push(`  ${paint.bold(tag)}`);
      if (before !== undefined) lines.push(`    ${wrap(`was retired: ${printableLine(before)}`, width - 4, "    ")}`);
    }
    if (reason !== undefined) lines.push(`  ${wrap(printableLine(reason), width - 2, "  ")}`);
  }
  for (const { name, version } of unchanged)
    lines.push(
      paint.dim(`${name}@v${version} is ${reason === undefined ? "not retired" : "retired for this reason already"}`),
    );
  for (const { name, to } of latest)
    lines.push(
      to === undefined ? `${name} has no latest version then` : `The latest version of ${name} is v${to} then`,
    );
  return `${lines.join("\n")}\n`;
}

function report({ retired }: RetireResult, undo: boolean, { paint, width, folder }: Look): string {
  const tags = retired.map(({ name, version }) => `${name}@v${version}`).join(", ");
  const done = `${paint.green("✓")} ${undo ? `No longer retired: ${tags}` : `Retired ${tags}`}`;
  const command = commitCommand(`${undo ? "Bring back" : "Retire"} ${tags}`, LOCK_FILE, folder);
  return `${wrap(done, width, "  ")}\n${formatNextSteps([{ what: "commit the lock", command }])}`;
}
