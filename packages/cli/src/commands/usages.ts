// `cuecard usages [name]`

import { hasCode } from "@cuecard/model";
import type { ResolvedUsage } from "@cuecard/project";
import { exitCode } from "../exit.js";
import { plural } from "../report/count.js";
import { undefinedToNull, writeJson } from "../report/json.js";
import { formatRows } from "../report/table.js";
import { type DeclareCommand, examples } from "../support/command.js";
import type { CommandContext } from "../support/command-context.js";
import { printDiagnostics, unwrapOutcome } from "../support/print-diagnostics.js";
import { withProject } from "../support/with-project.js";

export const usages: DeclareCommand = (program, action) =>
  program
    .command("usages")
    .summary("show where your code loads prompts")
    .description("Show where the TypeScript and JavaScript code of this repository loads prompts, and which versions.")
    .argument("[name]", "a prompt, or one of its versions (name@v3)")
    .option("--json", "print JSON")
    .addHelpText("after", examples("cuecard usages", "cuecard usages greet@v3"))
    .action(action(run));

interface UsagesOptions {
  readonly json?: boolean;
}

async function run(context: CommandContext, options: UsagesOptions, args: readonly string[]): Promise<number> {
  return withProject(context, {}, async (registry) => {
    const { stdout, stderr } = context.terminal;
    const found = await unwrapOutcome(context, registry, await registry.usages(args[0]), options);
    if (typeof found === "number") return found;
    const shown = found.value;
    const unsearched = found.diagnostics.filter((finding) => hasCode(finding, "git/code-not-checked-out"));
    await printDiagnostics(registry, unsearched, { stream: stderr, paint: context.errorPaint });
    if (options.json === true) writeJson(stdout, undefinedToNull({ usages: shown }));
    else if (shown.length === 0) stderr.write(`No code loads ${args[0] ?? "a prompt"}.\n`);
    else
      stdout.write(
        formatRows(["PLACE", "PROMPT", "LOADS"], shown.map(row), 1, { paint: context.paint, width: stdout.columns }),
      );
    const broken = shown.filter(({ problem }) => problem !== undefined);
    if (broken.length === 0) return exitCode.clean;
    const { red } = context.errorPaint;
    const verb = broken.length === 1 ? "refers" : "refer";
    stderr.write(`${red(`${plural(broken.length, "usage")} ${verb} to prompts or versions that do not exist`)}\n`);
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
        ? `${ref ?? "?"} (known only at run time)`
        : targets === ref
          ? targets
          : `${ref} → ${targets}`;
  return [`${file}:${line}:${column}`, name ?? "?", loads];
}
