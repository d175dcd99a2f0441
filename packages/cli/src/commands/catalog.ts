// `cuecard catalog --out site`

import { hasErrors, UsageError } from "@cuecard/model";
import { exitCode } from "../exit.js";
import { plural } from "../report/count.js";
import { undefinedToNull, writeJson } from "../report/json.js";
import { type DeclareCommand, examples } from "../support/command.js";
import type { CommandContext } from "../support/command-context.js";
import { limitHeap } from "../support/limit-heap.js";
import { printDiagnostics } from "../support/print-diagnostics.js";
import { withProject } from "../support/with-project.js";

export const catalog: DeclareCommand = (program, action) =>
  program
    .command("catalog")
    .summary("write a static site of all prompts, versions and environments")
    .description(
      "Write a static site that shows all prompts, what each environment points at, what each version changed, and how its examples render. Any web server can serve it, below any path.",
    )
    .requiredOption("--out <folder>", "the folder to write, such as site")
    .option("--title <text>", "the project's name on the pages (default: the name of its folder)")
    .option("--helpers", "render examples that call the project's helpers, which runs them")
    .option("--json", "print JSON")
    .addHelpText("after", examples("cuecard catalog --out site", 'cuecard catalog --out site --title "Acme prompts"'))
    .action(action(run));

interface CatalogCommandOptions {
  readonly out: string;
  readonly title?: string;
  readonly helpers?: boolean;
  readonly json?: boolean;
}

async function run(context: CommandContext, options: CatalogCommandOptions): Promise<number> {
  const { out, title, helpers = false, json = false } = options;
  if (out.trim() === "") throw new UsageError("--out requires a folder, such as site");
  limitHeap();
  if (title?.trim() === "") throw new UsageError("--title requires a text");
  return withProject(context, {}, async (registry) => {
    const { stdout, stderr } = context.terminal;
    const { site, diagnostics } = await registry.catalog({ out, title, runsHelpers: helpers });
    if (json) writeJson(stdout, undefinedToNull({ out, site, diagnostics }));
    else await printDiagnostics(registry, diagnostics, { stream: stderr, paint: context.errorPaint });
    if (site === undefined) return exitCode.findings;
    if (!json) stdout.write(`Wrote ${out}: ${plural(site.files, "file")}, ${formatSize(site.bytes)}\n`);
    return hasErrors(diagnostics) ? exitCode.findings : exitCode.clean;
  });
}

function formatSize(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
