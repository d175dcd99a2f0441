// `cuecard release`

import { UsageError } from "@cuecard/model";
import type { PlannedVersion, ReleasePlan, ReleaseReason, ReleaseResult } from "@cuecard/registry";
import { plural } from "../report/count.js";
import { formatNextSteps, lockStep } from "../report/next-steps.js";
import { displayWidth, pad, truncate } from "../terminal/display-width.js";
import { printableLine } from "../terminal/printable.js";
import { wrap } from "../terminal/wrap.js";
import { carryOut, type Look, type PlanOptions } from "./carry-out.js";
import type { CommandContext } from "./command-context.js";
import { editNotes } from "./edit-notes.js";
import { readIdentity } from "./read-identity.js";
import { withRegistry } from "./with-registry.js";

export interface ReleaseCommandOptions extends PlanOptions {
  readonly message?: readonly string[];
  readonly edit?: boolean;
  readonly commit?: string;
  readonly push?: boolean;
  readonly remote?: string;
  readonly sign?: boolean;
  readonly identity?: string;
}

export async function release(
  context: CommandContext,
  options: ReleaseCommandOptions,
  names: readonly string[],
): Promise<number> {
  if (options.remote !== undefined && options.push !== true) throw new UsageError("--remote goes with --push");
  const { isEmptyRelease } = await import("@cuecard/registry");
  const identity = await readIdentity(options.identity);
  const push = options.push === true ? (options.remote ?? "origin") : undefined;
  return withRegistry(context, {}, (registry) =>
    carryOut<ReleasePlan, ReleaseResult>(context, registry, options, {
      async plan() {
        const planned = await registry.planRelease({
          names: names.length === 0 ? undefined : names,
          commit: options.commit,
          notes: options.message?.join("\n\n"),
          push,
        });
        if (planned.plan === undefined || options.edit !== true || options.dryRun === true) return planned;
        return { ...planned, plan: await editNotes(context, planned.plan) };
      },
      isEmpty: isEmptyRelease,
      describe: (plan, look) => describe(plan, names, look),
      question: (plan) => question(plan),
      apply: (plan) => registry.applyRelease(plan, { sign: options.sign, identity }),
      report: (result, look) => report(result, look),
    }),
  );
}

/** Tags that others may have fetched cannot be taken back; those of this clone can. */
function question({ push, releases, unpushed }: ReleasePlan): string | undefined {
  const count = releases.length + unpushed.length;
  if (push === undefined || count === 0) return undefined;
  return `Push ${plural(count, "tag")} to ${push}? Others may have them at once.`;
}

function describe(plan: ReleasePlan, names: readonly string[], look: Look): string {
  const { paint } = look;
  const lines: string[] = [];
  if (plan.releases.length > 0) {
    lines.push(`To release at ${plan.commit.slice(0, 12)}:`);
    const widest = Math.max(...plan.releases.map(({ tag }) => displayWidth(tag)));
    for (const version of plan.releases) lines.push(...describeVersion(version, widest, look));
  }
  const { unchanged } = plan;
  const listed = names.length > 0 || plan.releases.length + unchanged.length <= FEW ? unchanged : [];
  for (const { name, version } of listed) lines.push(paint.dim(`${name} is already released as v${version}`));
  if (listed.length < unchanged.length)
    lines.push(
      paint.dim(`${plural(unchanged.length, "other prompt")} ${unchanged.length === 1 ? "is" : "are"} unchanged`),
    );
  for (const { name, version, changed, unknown } of plan.behind)
    if (!changed && unknown !== true)
      lines.push(`${name} is v${version} elsewhere; this commit does not have it: merge first`);
  if (plan.unpushed.length > 0) lines.push(`To push, too: ${nameTags(plan.unpushed)}`);
  if (plan.absent.length > 0) lines.push(`To make here, too, as on ${plan.push}: ${nameTags(plan.absent)}`);
  if (plan.unlocked.length > 0) lines.push(`To add to prompts.lock: ${nameTags(plan.unlocked)}`);
  if (plan.releases.length + unchanged.length + plan.behind.length === 0)
    lines.push(`There are no prompts at ${plan.commit.slice(0, 12)}.`);
  return printLines(lines, look);
}

/** Long lines go on below, deeper than they began. */
function printLines(lines: readonly string[], { width }: Look): string {
  const folded = lines.map((line) => {
    const indent = /^ */.exec(line)?.[0] ?? "";
    return indent + wrap(line.slice(indent.length), width - indent.length - 2, `${indent}  `);
  });
  return `${folded.join("\n")}\n`;
}

/** Up to so many are told one by one. */
const FEW = 8;

function nameTags(tags: readonly string[]): string {
  const named = tags.slice(0, FEW).join(", ");
  return tags.length > FEW ? `${named} and ${tags.length - FEW} more` : named;
}

function describeVersion({ tag, reason, notes }: PlannedVersion, widest: number, { paint, width }: Look): string[] {
  const [first = "", ...more] = notes.split("\n").filter((line) => line.trim() !== "");
  const text = printableLine(first) + (more.length === 0 ? "" : " …");
  const head = `  ${paint.bold(pad(tag, widest))}  ${describeReason(reason)}`;
  return [head, ...(first === "" ? [] : [`    ${paint.dim(truncate(text, Math.max(20, width - 8)))}`])];
}

function describeReason(reason: ReleaseReason): string {
  if (reason.kind === "first") return "first version";
  if (reason.kind === "differs") return "content changed";
  const { prompt, partials } = reason;
  const shared =
    partials.length === 0 ? [] : [`partial${partials.length === 1 ? "" : "s"} ${partials.join(", ")} changed`];
  return [...(prompt ? ["prompt changed"] : []), ...shared].join(", ") || "content changed";
}

function report(result: ReleaseResult, look: Look): string {
  const { paint } = look;
  const { released, pushed } = result;
  const done = paint.green("✓");
  const tags = released.map(({ tag }) => tag);
  const lines: string[] = [];
  for (const { name, version, planned } of released)
    if (planned !== undefined) lines.push(`${name}: v${planned} was taken meanwhile, so this is v${version}`);
  for (const { name, version, planned } of result.behind)
    if (planned !== undefined)
      lines.push(`${name}: others released v${version} meanwhile, so it is left out: merge first`);
  if (released.length > 0)
    lines.push(`${done} Released ${nameTags(tags)}${pushed === undefined ? "" : `, pushed to ${pushed}`}`);
  else if (pushed === undefined) lines.push(`${done} Nothing to release`);
  else if (result.pushedToo.length === 0 && result.lacking.length === 0)
    lines.push(`${done} ${pushed} and this clone have the same versions`);
  if (result.pushedToo.length > 0) lines.push(`${done} Pushed to ${pushed}, too: ${nameTags(result.pushedToo)}`);
  const steps = [
    ...(result.locked ? [lockStep(tags, look.folder)] : []),
    ...(pushed === undefined && released.length > 0
      ? [{ what: "push the tags", command: "cuecard release --push" }]
      : []),
  ];
  return `${printLines(lines, look)}${formatNextSteps(steps)}`;
}
