// What `alias set`, `alias delete`, `promote` and `rollback` share: the plan is shown with what callers will notice, aliases.json is
// written, and the next step is said.

import { describeTarget } from "@cuecard/model";
import type { AliasPlan, PlannedEdit } from "@cuecard/project";
import type { AliasesApplied, AliasRequest } from "@cuecard/registry";
import { plural } from "../report/count.js";
import { formatChange } from "../report/format-change.js";
import { commitCommand, formatNextSteps } from "../report/next-steps.js";
import { printableLine } from "../terminal/printable.js";
import { carryOut, type Look, type PlanOptions } from "./carry-out.js";
import type { CommandContext } from "./command-context.js";
import { withRegistry } from "./with-registry.js";

export interface MoveOptions extends PlanOptions {
  readonly allowBreaking?: boolean;
}

export async function moveAliases(
  context: CommandContext,
  options: MoveOptions,
  request: AliasRequest,
): Promise<number> {
  return withRegistry(context, {}, (registry) =>
    carryOut<AliasPlan, AliasesApplied>(context, registry, options, {
      plan: () => registry.planAliases(request, { allowBreaking: options.allowBreaking === true }),
      isEmpty: ({ edits }) => edits.length === 0,
      describe: describePlan,
      question,
      apply: (plan) => registry.applyAliases(plan),
      report: (result, look) => report(result, request, look),
    }),
  );
}

/** Git brings the file back; what breaks callers, or takes an alias from them, is asked about all the same. */
function question({ edits, breaking }: AliasPlan): string | undefined {
  const deleted = edits.filter(({ to }) => to === undefined);
  if (deleted.length > 0) return `Delete ${deleted.map(({ name, alias }) => `${name}@${alias}`).join(", ")}?`;
  return breaking ? "This breaks callers. Go on?" : undefined;
}

function describePlan({ edits, unchanged }: AliasPlan, look: Look): string {
  const { paint } = look;
  const lines = edits.map((edit) => describeEdit(edit, look));
  for (const { name, alias, target } of unchanged)
    lines.push(`${paint.dim(`${name}@${alias} is at ${describeTarget(target)} already`)}\n`);
  return lines.join("");
}

function describeEdit(edit: PlannedEdit, look: Look): string {
  const { name, alias, from, to, comparisons, key, restores } = edit;
  const { paint } = look;
  const [was, is] = [from, to].map((target) => (target === undefined ? undefined : describeTarget(target)));
  const move =
    is === undefined
      ? `${was ?? "what is written there"} → ${paint.red("deleted")}`
      : `${was === undefined ? paint.dim("new") : was} → ${paint.green(is)}`;
  const lines = [`${paint.bold(`${name}@${alias}`)}  ${move}\n`];
  if (restores !== undefined) {
    const { commit, date, author } = restores;
    const by = printableLine(author.name);
    lines.push(paint.dim(`  as ${commit.slice(0, 10)} had it (${date.slice(0, 10)}, by ${by})`), "\n");
  }
  const style = { paint, width: look.width, indent: "  " };
  for (const { before, after, changes, sameText } of comparisons) {
    const versions = comparisons.length > 1 ? `${before} → ${after}: ` : "";
    const sorted = [...changes].sort((a, b) => Number(b.breaksCallers) - Number(a.breaksCallers));
    for (const { message, breaksCallers } of sorted) lines.push(formatChange(versions + message, breaksCallers, style));
    if (!sameText)
      lines.push(formatChange(`${versions}the text differs: cuecard diff ${name}@${before}..${after}`, false, style));
    if (changes.length === 0 && sameText)
      lines.push(formatChange(`${versions}nothing that callers notice`, false, style));
  }
  if (key === "needed") lines.push(formatChange("callers have to pass { key }, which says who is asking", true, style));
  if (key === "ignored")
    lines.push(
      formatChange(
        `callers need no { key } any more; whoever imports it from ${name} leaves out .choose()`,
        false,
        style,
      ),
    );
  if (to === undefined) lines.push(formatChange("code that loads it will not compile", true, style));
  return lines.join("");
}

function report({ file, edits }: AliasesApplied, request: AliasRequest, { paint, folder }: Look): string {
  const done = `${paint.green("✓")} ${file}: ${plural(edits.length, "pointer")} ${edits.length === 1 ? "is" : "are"} written\n`;
  const command = commitCommand(commitMessage(edits, request), file, folder);
  return `${done}${formatNextSteps([{ what: "commit it for review", command }])}`;
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
