// `cuecard list`

import { hasErrors } from "@cuecard/model";
import type { ListedPrompt } from "@cuecard/project";
import { exitCode } from "../exit.js";
import { formatTable } from "../report/table.js";
import type { CommandContext } from "./command-context.js";
import { showFindings } from "./show-findings.js";
import { tellErrors } from "./tell-errors.js";
import { withRegistry } from "./with-registry.js";

export interface ListOptions {
  readonly json?: boolean;
}

export async function list(context: CommandContext, options: ListOptions): Promise<number> {
  return withRegistry(context, {}, async (registry) => {
    const { stdout, stderr } = context.terminal;
    const { prompts, diagnostics } = await registry.list();
    const failed = hasErrors(diagnostics);
    if (options.json === true) stdout.write(`${JSON.stringify({ prompts }, null, 2)}\n`);
    else if (prompts.length > 0)
      stdout.write(
        formatTable(["NAME", "LATEST", "ALIASES", "KIND", "DESCRIPTION"], prompts.map(row), {
          paint: context.paint,
          width: stdout.columns,
        }),
      );
    else if (!failed) stderr.write("No prompts yet. `cuecard init` makes a first one.\n");
    if (!failed) return exitCode.clean;
    if (prompts.length > 0) return tellErrors(context, diagnostics);
    await showFindings(registry, diagnostics, stderr, context.errorPaint);
    return exitCode.findings;
  });
}

function row({ name, latest, aliases, kind, description, deleted }: ListedPrompt): string[] {
  return [
    name,
    latest === undefined ? "-" : `v${latest}`,
    Object.entries(aliases)
      .map(([alias, target]) => `${alias} → ${target}`)
      .join(", ") || "-",
    `${kind ?? "broken"}${deleted ? " (file deleted)" : ""}`,
    description ?? "",
  ];
}
