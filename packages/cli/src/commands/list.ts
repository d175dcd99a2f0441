// `cuecard list`

import { hasErrors } from "@cuecard/model";
import type { FoundProject } from "@cuecard/project";
import { exitCode } from "../exit.js";
import { formatListing } from "../report/format-listing.js";
import { writeJson } from "../report/json.js";
import { formatTable } from "../report/table.js";
import { type DeclareCommand, examples } from "../support/command.js";
import type { CommandContext } from "../support/command-context.js";
import { findProjectsBelow } from "../support/find-projects-below.js";
import { printDiagnostics, reportHiddenErrors } from "../support/print-diagnostics.js";
import { withProject } from "../support/with-project.js";

export const list: DeclareCommand = (program, action) =>
  program
    .command("list")
    .summary("list prompts with their latest version and aliases")
    .description(
      "List prompts with their latest version and aliases. In a folder above several projects, list the projects instead.",
    )
    .option("--json", "print JSON")
    .addHelpText("after", examples("cuecard list"))
    .action(action(run));

interface ListOptions {
  readonly json?: boolean;
}

async function run(context: CommandContext, options: ListOptions): Promise<number> {
  const projects = await findProjectsBelow(context);
  if (projects.length > 0) return listProjects(context, projects, options);
  return withProject(context, {}, async (registry) => {
    const { stdout, stderr } = context.terminal;
    const { prompts, diagnostics } = await registry.list();
    const failed = hasErrors(diagnostics);
    if (options.json === true) writeJson(stdout, { prompts });
    else if (prompts.length > 0) stdout.write(formatListing(prompts, { paint: context.paint, width: stdout.columns }));
    else if (!failed) stderr.write("No prompts yet. Run `cuecard init` to create one.\n");
    if (!failed) return exitCode.clean;
    if (prompts.length > 0) return reportHiddenErrors(context, diagnostics);
    await printDiagnostics(registry, diagnostics, { stream: stderr, paint: context.errorPaint });
    return exitCode.findings;
  });
}

/** At the top of a repository: the projects in the folders below. */
async function listProjects(
  { terminal, paint }: CommandContext,
  projects: readonly FoundProject[],
  { json }: ListOptions,
): Promise<number> {
  const { stdout, stderr } = terminal;
  const found = await Promise.all(
    projects.map(async ({ folder, listPrompts, config }) => ({
      folder,
      prompts: (await listPrompts()).length,
      tagPrefix: config.tagPrefix,
    })),
  );
  if (json === true) writeJson(stdout, { prompts: [], projects: found });
  else {
    const rows = found.map(({ folder, prompts, tagPrefix }) => [folder, String(prompts), `${tagPrefix}<name>@v1`]);
    stdout.write(formatTable(["PROJECT", "PROMPTS", "TAGS"], rows, { paint, width: stdout.columns }));
    stderr.write("This folder is not a project. Run commands in one of these folders, or with --cwd.\n");
  }
  return exitCode.clean;
}
