// `cuecard usages [name]`

import { parseRef } from "@cuecard/registry";
import { nearest } from "@cuecard/runtime";
import { exitCode, RequestError } from "../exit.js";
import type { FoundUsages } from "../project/usages-project.js";
import { plural } from "../report/count.js";
import { formatRows } from "../report/rows.js";
import type { ResolvedUsage } from "../usages/usage.js";
import type { CommandContext } from "./command-context.js";
import { showFindings } from "./show-findings.js";
import { withRegistry } from "./with-registry.js";

export interface UsagesOptions {
  readonly json?: boolean;
}

export async function usages(
  context: CommandContext,
  options: UsagesOptions,
  args: readonly string[],
): Promise<number> {
  return withRegistry(context, {}, async (registry) => {
    const { stdout, stderr } = context.terminal;
    const outcome = await registry.usages();
    if (outcome.kind === "broken") {
      await showFindings(registry, outcome.diagnostics, stderr, context.errorPaint);
      return exitCode.findings;
    }
    const shown = select(outcome, args[0]);
    if (options.json === true) stdout.write(`${JSON.stringify({ usages: shown.map(asJson) }, null, 2)}\n`);
    else if (shown.length === 0) stderr.write(`No code loads ${args[0] ?? "a prompt"}.\n`);
    else
      stdout.write(
        formatRows(["PLACE", "PROMPT", "LOADS"], shown.map(row), 1, { paint: context.paint, width: stdout.columns }),
      );
    const broken = shown.filter(({ problem }) => problem !== undefined);
    if (broken.length === 0) return exitCode.clean;
    const { red } = context.errorPaint;
    stderr.write(`${red(`${plural(broken.length, "usage")} of what is not there`)}\n`);
    return exitCode.findings;
  });
}

/** Those of a prompt or of one of its versions, and those that may be. */
function select({ usages: all, prompts }: FoundUsages, asked: string | undefined): readonly ResolvedUsage[] {
  if (asked === undefined) return all;
  const { name, ref } = parseRef(asked) ?? { name: asked, ref: undefined };
  const names = new Set([...prompts, ...all.map((usage) => usage.name ?? "")]);
  if (!names.has(name)) {
    const near = nearest(name, names);
    const hint = near === undefined ? "`cuecard list` shows what there is" : `did you mean "${near}"?`;
    throw new RequestError(`there is no prompt "${name}", and no code loads one of this name`, hint);
  }
  const isNamed = (usage: ResolvedUsage) => usage.name === undefined || usage.name === name;
  const isAsked = (usage: ResolvedUsage) =>
    ref === undefined || usage.dynamic || usage.ref === ref || usage.versions.some((version) => `v${version}` === ref);
  return all.filter((usage) => isNamed(usage) && isAsked(usage));
}

function row(usage: ResolvedUsage): string[] {
  const { file, line, column, name, ref, versions, dynamic, problem } = usage;
  const targets = versions.map((version) => (version === "working" ? version : `v${version}`)).join(", ");
  const loads =
    problem !== undefined
      ? `${ref ?? "?"}: ${problem}`
      : dynamic
        ? `${ref ?? "?"} (known when it runs)`
        : targets === ref
          ? targets
          : `${ref} → ${targets}`;
  return [`${file}:${line}:${column}`, name ?? "?", loads];
}

/** JSON has no `undefined`: what is not known is null. */
function asJson({ name, ref, problem, ...usage }: ResolvedUsage): object {
  return { name: name ?? null, ref: ref ?? null, ...usage, problem: problem ?? null };
}
