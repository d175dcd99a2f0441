// What `alias set`, `alias delete`, `promote` and `rollback` share: they show the plan with its effects on callers, write
// aliases.json and the lines of prompts.lock that it needs, and print the next step.

import { describeTarget, LOCK_FILE, type VersionId, versionTag } from "@cuecard/model";
import type { AliasesApplied, AliasPlan, AliasRequest, PlannedEdit } from "@cuecard/project";
import { nameVersions, plural } from "../report/count.js";
import { formatChange } from "../report/format-changes.js";
import { commitCommand, formatNextSteps, lockStep } from "../report/next-steps.js";
import { printableLine } from "../terminal/text.js";
import type { CommandContext } from "./command-context.js";
import { type OutputStyle, type PlanOptions, runPlan } from "./run-plan.js";
import { withProject } from "./with-project.js";

export interface MoveOptions extends PlanOptions {
  readonly allowBreaking?: boolean;
}

export async function moveAliases(
  context: CommandContext,
  options: MoveOptions,
  request: AliasRequest,
): Promise<number> {
  // In CI as well, the lines of the versions go into prompts.lock: they are part of the change.
  return withProject(context, { frozen: false }, (registry) =>
    runPlan<AliasPlan, AliasesApplied>(context, registry, options, {
      plan: () => registry.planAliases(request, { allowBreaking: options.allowBreaking === true }),
      isEmpty: ({ edits, locks }) => edits.length === 0 && locks.length === 0,
      describe: describePlan,
      question,
      apply: (plan) => registry.applyAliases(plan),
      report: (result, style) => report(result, request, style),
    }),
  );
}

/** Git can restore the file, but a change that breaks callers or deletes an alias still needs confirmation. */
function question({ edits, breaking }: AliasPlan): string | undefined {
  const deleted = edits.filter(({ to }) => to === undefined);
  if (deleted.length > 0) return `Delete ${deleted.map(({ name, alias }) => `${name}@${alias}`).join(", ")}?`;
  return breaking ? "This breaks existing callers. Continue?" : undefined;
}

function describePlan({ edits, unchanged, leftOut, locks }: AliasPlan, style: OutputStyle): string {
  const { paint } = style;
  const lines = edits.map((edit) => describeEdit(edit, style));
  for (const { name, alias, target } of unchanged)
    lines.push(`${paint.dim(`${name}@${alias} already points at ${describeTarget(target)}`)}\n`);
  for (const { message } of leftOut) lines.push(`${paint.dim(`left out: ${printableLine(message)}`)}\n`);
  if (locks.length > 0) lines.push(`${paint.dim(`prompts.lock gets the ${linesOf(locks)}`)}\n`);
  return lines.join("");
}

function linesOf(versions: readonly VersionId[]): string {
  return `${versions.length === 1 ? "line" : "lines"} of ${nameVersions(versions)}`;
}

function describeEdit(edit: PlannedEdit, style: OutputStyle): string {
  const { name, alias, from, to, comparisons, key, restores } = edit;
  const { paint } = style;
  const [was, is] = [from, to].map((target) => (target === undefined ? undefined : describeTarget(target)));
  const move =
    is === undefined
      ? `${was ?? "invalid target"} → ${paint.red("deleted")}`
      : was === undefined
        ? `set to ${paint.green(is)}`
        : `${was} → ${paint.green(is)}`;
  const lines = [`${paint.bold(`${name}@${alias}`)}  ${move}\n`];
  if (restores !== undefined) {
    const { commit, date, author } = restores;
    const by = printableLine(author.name);
    lines.push(paint.dim(`  as in ${commit.slice(0, 10)} (${date.slice(0, 10)}, by ${by})`), "\n");
  }
  const line = { paint, width: style.width, indent: "  " };
  for (const { before, after, changes, sameText } of comparisons) {
    const versions = comparisons.length > 1 ? `${before} → ${after}: ` : "";
    const sorted = [...changes].sort((a, b) => Number(b.breaksCallers) - Number(a.breaksCallers));
    for (const { message, breaksCallers } of sorted) lines.push(formatChange(versions + message, breaksCallers, line));
    if (!sameText)
      lines.push(formatChange(`${versions}the text changed: cuecard diff ${name}@${before}..${after}`, false, line));
    if (changes.length === 0 && sameText) lines.push(formatChange(`${versions}no change for callers`, false, line));
  }
  if (key === "needed") lines.push(formatChange("callers must pass { key }, which selects the version", true, line));
  if (key === "ignored")
    lines.push(
      formatChange(
        `callers no longer need { key }; code that imports the alias from ${name} must drop .choose()`,
        false,
        line,
      ),
    );
  if (to === undefined) lines.push(formatChange("code that loads it will no longer compile", true, line));
  return lines.join("");
}

function report(result: AliasesApplied, request: AliasRequest, { paint, folder }: OutputStyle): string {
  const { file, edits, locked, files } = result;
  const done = paint.green("✓");
  const lines = [
    ...(edits.length > 0 ? [`${done} ${file}: updated ${plural(edits.length, "alias", "aliases")}\n`] : []),
    ...(locked.length > 0 ? [`${done} ${LOCK_FILE}: added ${nameVersions(locked)}\n`] : []),
  ];
  const what = `commit ${files.length > 1 ? "both" : "it"} for review`;
  const next =
    edits.length === 0
      ? lockStep(locked.map(versionTag), folder)
      : { what, command: commitCommand(commitMessage(edits, request), files, folder) };
  return lines.join("") + formatNextSteps([next]);
}

function commitMessage(edits: AliasesApplied["edits"], request: AliasRequest): string {
  const [only] = edits;
  const what = only !== undefined && edits.length === 1 ? `${only.name}@${only.alias}` : `${edits.length} prompts`;
  const target = only?.to === undefined ? "" : describeTarget(only.to);
  switch (request.kind) {
    case "set":
      return `Point ${what} at ${target}`;
    case "delete":
      return `Delete ${what}`;
    case "promote":
      return edits.length === 1
        ? `Promote ${only?.name} to ${request.to}: ${target}`
        : `Promote ${what} from ${request.from} to ${request.to}`;
    case "rollback":
      return `Roll ${what} back to ${target}`;
  }
}
