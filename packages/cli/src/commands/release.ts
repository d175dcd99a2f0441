// `cuecard release`

import { UsageError } from "@cuecard/model";
import type { PlannedVersion, ReleasePlan, ReleaseReason, ReleaseResult } from "@cuecard/project";
import { plural } from "../report/count.js";
import { cuecardIn, formatNextSteps, lockStep } from "../report/next-steps.js";
import { collect, type DeclareCommand, examples, withPlanOptions } from "../support/command.js";
import type { CommandContext } from "../support/command-context.js";
import { editNotes } from "../support/edit-notes.js";
import { readIdentity } from "../support/read-input.js";
import { type OutputStyle, type PlanOptions, runPlan } from "../support/run-plan.js";
import { withProject } from "../support/with-project.js";
import { displayWidth, pad, printableLine, truncate, wrap } from "../terminal/text.js";

export const release: DeclareCommand = (program, action) =>
  withPlanOptions(
    program
      .command("release")
      .summary("create the next version of every changed prompt")
      .description(
        "Create the next version, an annotated git tag, of every prompt whose content, partials or named schemas differ from its latest version.",
      )
      .argument("[names...]", "prompts to release (default: all that changed)")
      .option("-m, --message <notes>", "notes (default: the commit messages); repeat it for more paragraphs", collect)
      .option("--edit", "write the notes of each version in your editor")
      .option("--commit <commit>", "release the content of this commit (default: HEAD)")
      .option("--push", "push the tags, all or none")
      .option("--remote <remote>", "remote to push to (default: origin)")
      .option("--sign", "sign the tags with git's signing settings")
      .option("--identity <person>", 'author of the tags, as "Name <mail>", if git has no identity'),
    true,
  )
    .addHelpText("after", examples("cuecard release", "cuecard release greet -m 'Ask one question' --push"))
    .action(action(run));

interface ReleaseCommandOptions extends PlanOptions {
  readonly message?: readonly string[];
  readonly edit?: boolean;
  readonly commit?: string;
  readonly push?: boolean;
  readonly remote?: string;
  readonly sign?: boolean;
  readonly identity?: string;
}

async function run(context: CommandContext, options: ReleaseCommandOptions, names: readonly string[]): Promise<number> {
  if (options.remote !== undefined && options.push !== true) throw new UsageError("--remote requires --push");
  const { isEmptyRelease } = await import("@cuecard/project");
  const identity = await readIdentity(options.identity);
  if (options.push === true && context.offline) throw new UsageError("--push and --offline cannot be combined");
  const push = options.push === true ? (options.remote ?? "origin") : undefined;
  return withProject(context, {}, (registry) =>
    runPlan<ReleasePlan, ReleaseResult>(context, registry, options, {
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
      describe: (plan, style) => describe(plan, names, style),
      question: (plan) => question(plan),
      apply: (plan) => registry.applyRelease(plan, { sign: options.sign, identity }),
      report: (result, style) => report(result, style),
    }),
  );
}

/** Local tags can be deleted, but pushed tags may already have been fetched. */
function question({ push, releases, unpushed }: ReleasePlan): string | undefined {
  const count = releases.length + unpushed.length;
  if (push === undefined || count === 0) return undefined;
  return `Push ${plural(count, "tag")} to ${push}? You cannot recall pushed tags.`;
}

function describe(plan: ReleasePlan, names: readonly string[], style: OutputStyle): string {
  const { paint } = style;
  const lines: string[] = [];
  if (plan.releases.length > 0) {
    lines.push(`To release at ${plan.commit.slice(0, 12)}:`);
    const widest = Math.max(...plan.releases.map(({ tag }) => displayWidth(tag)));
    for (const version of plan.releases) lines.push(...describeVersion(version, widest, style));
  }
  const { unchanged } = plan;
  const listed = names.length > 0 || plan.releases.length + unchanged.length <= FEW ? unchanged : [];
  for (const { name, version } of listed) lines.push(paint.dim(`${name} is already released as v${version}`));
  if (listed.length < unchanged.length)
    lines.push(
      paint.dim(`${plural(unchanged.length, "other prompt")} ${unchanged.length === 1 ? "is" : "are"} unchanged`),
    );
  for (const { name, version } of plan.layoutOnly)
    lines.push(`skipped ${name}: only layout differs from v${version}; to release it anyway, name it`);
  for (const { name, version, changed, unknown } of plan.behind)
    if (!changed && unknown !== true)
      lines.push(
        `skipped ${name}: v${version} was released from a commit that this one does not contain; merge it first`,
      );
  if (plan.unpushed.length > 0) lines.push(`To push as well: ${nameTags(plan.unpushed)}`);
  if (plan.absent.length > 0) lines.push(`To create here, as on ${plan.push}: ${nameTags(plan.absent)}`);
  if (plan.unlocked.length > 0) lines.push(`To add to prompts.lock: ${nameTags(plan.unlocked)}`);
  if ([plan.releases, unchanged, plan.layoutOnly, plan.behind].every((list) => list.length === 0))
    lines.push(`There are no prompts at ${plan.commit.slice(0, 12)}.`);
  return printLines(lines, style);
}

/** Wraps long lines and indents what follows. */
function printLines(lines: readonly string[], { width }: OutputStyle): string {
  const folded = lines.map((line) => {
    const indent = /^ */.exec(line)?.[0] ?? "";
    return indent + wrap(line.slice(indent.length), width - indent.length - 2, `${indent}  `);
  });
  return `${folded.join("\n")}\n`;
}

/** Up to this many are listed by name. */
const FEW = 8;

function nameTags(tags: readonly string[]): string {
  const named = tags.slice(0, FEW).join(", ");
  return tags.length > FEW ? `${named} and ${tags.length - FEW} more` : named;
}

function describeVersion(
  { tag, reason, notes }: PlannedVersion,
  widest: number,
  { paint, width }: OutputStyle,
): string[] {
  const [first = "", ...more] = notes.split("\n").filter((line) => line.trim() !== "");
  const text = printableLine(first) + (more.length === 0 ? "" : " …");
  const head = `  ${paint.bold(pad(tag, widest))}  ${describeReason(reason)}`;
  return [head, ...(first === "" ? [] : [`    ${paint.dim(truncate(text, Math.max(20, width - 8)))}`])];
}

function describeReason(reason: ReleaseReason): string {
  if (reason.kind === "first") return "first version";
  if (reason.kind === "differs") return "content changed";
  const { prompt, partials, schemas = [], trimMessages } = reason;
  const shared = [...describeShared("partial", partials), ...describeShared("schema", schemas)];
  const trimmed = trimMessages === undefined ? [] : [`trimMessages is ${trimMessages ? "on" : "off"}`];
  return [...(prompt ? ["prompt changed"] : []), ...shared, ...trimmed].join(", ") || "content changed";
}

function describeShared(kind: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`${kind}${names.length === 1 ? "" : "s"} ${names.join(", ")} changed`];
}

function report(result: ReleaseResult, style: OutputStyle): string {
  const { paint } = style;
  const { released, pushed } = result;
  const done = paint.green("✓");
  const tags = released.map(({ tag }) => tag);
  const lines: string[] = [];
  for (const { name, version, planned } of released)
    if (planned !== undefined)
      lines.push(`${name}: v${planned} was released while this command was running, so this is v${version}`);
  for (const { name, version, planned } of result.behind)
    if (planned !== undefined)
      lines.push(`skipped ${name}: v${version} was released while this command was running; merge it first`);
  if (released.length > 0)
    lines.push(`${done} Released ${nameTags(tags)}${pushed === undefined ? "" : `, pushed to ${pushed}`}`);
  else if (pushed === undefined) lines.push(`${done} Nothing to release`);
  else if (result.pushedToo.length === 0 && result.lacking.length === 0)
    lines.push(`${done} ${pushed} and this clone have the same versions`);
  if (result.pushedToo.length > 0) lines.push(`${done} Also pushed to ${pushed}: ${nameTags(result.pushedToo)}`);
  const steps = [
    ...(result.locked ? [lockStep(tags, style.folder)] : []),
    ...(pushed === undefined && released.length > 0
      ? [{ what: "push the tags", command: `${cuecardIn(style.folder)} release --push` }]
      : []),
  ];
  return `${printLines(lines, style)}${formatNextSteps(steps)}`;
}
