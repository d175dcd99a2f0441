// `cuecard dev`: the catalog of the working tree, built again whenever something changes, until the user stops it.

import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { hasErrors } from "@cuecard/model";
import { ALIASES_FILE, type CatalogOutcome } from "@cuecard/project";
import { exitCode } from "../exit.js";
import { openRegistry } from "../open-registry.js";
import { countFindings, describeCounts } from "../report/count.js";
import type { CommandContext } from "../support/command-context.js";
import { printDiagnostics } from "../support/print-diagnostics.js";
import { refuseTop } from "../support/with-project.js";
import { watchProject } from "../watch/watched-project.js";
import { serveSite } from "./serve-site.js";

export interface DevOptions {
  readonly port: number;
  readonly title: string | undefined;
  readonly runsHelpers: boolean;
}

export async function dev(context: CommandContext, { port, title, runsHelpers }: DevOptions): Promise<number> {
  const { stdout, stderr } = context.terminal;
  const { paint, dir, offline } = context;
  await refuseTop(context);
  const folder = mkdtempSync(path.join(os.tmpdir(), `cuecard-dev-${process.pid}-`));
  const site = path.join(folder, "site");
  let server: Awaited<ReturnType<typeof serveSite>> | undefined;
  let last: string | undefined;

  const rebuild = async () => {
    await project.reopen();
    const { registry } = project;
    const started = performance.now();
    const outcome = await registry.catalog({ out: site, title: title ?? path.basename(dir), runsHelpers });
    const now = JSON.stringify([outcome.site?.digest, outcome.diagnostics]);
    if (now !== last) {
      await printDiagnostics(registry, outcome.diagnostics, { stream: stderr, paint: context.errorPaint });
      stdout.write(`${describe(outcome, performance.now() - started, context)}\n`);
      server?.reload();
    }
    last = now;
    const { prompts, helpers } = registry.config;
    const helperFiles = helpers === undefined ? [] : [path.join(dir, helpers)];
    const isNew = await project.watch(helperFiles);
    if (isNew && server === undefined) {
      server = await serveSite(site, port);
      stdout.write(`\n  ${paint.bold(server.url)}\n\n`);
      stdout.write(`${paint.dim(`Watching ${prompts}/, ${ALIASES_FILE} and versions. Press Ctrl-C to stop.`)}\n`);
    }
  };
  const project = await watchProject(dir, () => openRegistry({ dir, offline }), rebuild);
  project.loop.trigger();
  try {
    await Promise.race([context.terminal.interrupted, project.loop.failed]);
  } finally {
    await project.stop();
    await server?.close();
    project.registry.close();
    rmSync(folder, { recursive: true, force: true });
  }
  stdout.write("\n");
  return exitCode.clean;
}

function describe({ site, diagnostics }: CatalogOutcome, milliseconds: number, { paint }: CommandContext): string {
  const counts = describeCounts(countFindings(diagnostics));
  const time = paint.dim(`in ${Math.round(milliseconds)} ms`);
  if (site === undefined) return `${paint.red("✗")} ${counts}; the pages stay as they are. Waiting for changes.`;
  if (hasErrors(diagnostics)) return `${paint.red("✗")} ${counts}; the pages show the rest ${time}`;
  return `${paint.green("✓")} The pages are up to date ${time}`;
}
