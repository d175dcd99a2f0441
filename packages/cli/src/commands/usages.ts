// `cuecard usages [name]`

import type { ResolvedUsage } from "@cuecard/project";
import { exitCode } from "../exit.js";
import { plural } from "../report/count.js";
import { formatRows } from "../report/rows.js";
import type { CommandContext } from "./command-context.js";
import { takeFound } from "./take-found.js";
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
    const found = await takeFound(context, registry, await registry.usages(args[0]));
    if (typeof found === "number") return found;
    const shown = found.value;
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
