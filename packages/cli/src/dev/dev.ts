// `cuecard dev`: the catalog of the working tree, built again whenever something changes, until the user stops it.

import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { hasErrors } from "@cuecard/model";
import { ALIASES_FILE, type CatalogOutcome, type Registry } from "@cuecard/project";
import { exitCode } from "../exit.js";
import type { ModelRunner } from "../models/models.js";
import { KEY_NAMES } from "../models/providers.js";
import { openRegistry } from "../open-registry.js";
import { countFindings, describeCounts } from "../report/count.js";
import type { CommandContext } from "../support/command-context.js";
import { TooMany, takeTurns } from "../support/in-turn.js";
import { printDiagnostics } from "../support/print-diagnostics.js";
import { refuseTop } from "../support/with-project.js";
import { watchProject } from "../watch/watched-project.js";
import { type SiteServer, serveSite } from "./serve-site.js";

export interface DevOptions {
  readonly port: number;
  readonly title: string | undefined;
  readonly runsHelpers: boolean;
  /** Whether pages may run prompts on models. */
  readonly callsModels: boolean;
  /** A server with OpenAI's API, in place of `OPENAI_BASE_URL`. */
  readonly baseUrl: string | undefined;
}

/** How many requests may wait for others. */
const MOST_WAITING = 256;

export async function dev(context: CommandContext, options: DevOptions): Promise<number> {
  const { port, title, runsHelpers } = options;
  const { stdout } = context.terminal;
  const { paint, dir, offline } = context;
  const models = await openModels(context, options);
  await refuseTop(context);
  const folder = mkdtempSync(path.join(os.tmpdir(), `cuecard-dev-${process.pid}-`));
  const site = path.join(folder, "site");
  const turns = takeTurns(MOST_WAITING);
  const report = createReport(context);
  let server: SiteServer | undefined;
  let fail: (bug: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });

  async function buildAgain(): Promise<void> {
    await project.reopen();
    const { registry } = project;
    const started = performance.now();
    const wanted = { out: site, title: title ?? path.basename(dir), runsHelpers, isLive: true };
    const outcome = await registry.catalog(wanted);
    const isNew = await report(registry, outcome, performance.now() - started);
    server?.announce(isNew ? "change" : "read");
  }

  async function rebuild(): Promise<void> {
    try {
      await turns.run(buildAgain);
    } catch (error) {
      // The requests that wait read the repository themselves, and the next change triggers this again.
      if (!(error instanceof TooMany)) throw error;
    }
    const { prompts, helpers } = project.registry.config;
    const helperFiles = helpers === undefined ? [] : [path.join(dir, helpers)];
    const isNew = await project.watch(helperFiles);
    if (!isNew || server !== undefined) return;
    const use = <T>(work: (registry: Registry) => Promise<T>) => turns.run(() => work(project.registry));
    server = await serveSite({ site, port, project: { dir, runsHelpers, use }, models, onBug: fail });
    stdout.write(`\n  ${paint.bold(server.url)}\n\n`);
    if (models !== undefined) stdout.write(`${describeModels(models, context)}\n`);
    stdout.write(`${paint.dim(`Watching ${prompts}/, ${ALIASES_FILE} and versions. Press Ctrl-C to stop.`)}\n`);
  }

  const project = await watchProject(dir, () => openRegistry({ dir, offline }), rebuild);
  project.loop.trigger();
  try {
    await Promise.race([context.terminal.interrupted, project.loop.failed, failed]);
  } finally {
    await project.stop();
    await server?.close();
    await turns.settled();
    project.registry.close();
    rmSync(folder, { recursive: true, force: true });
  }
  stdout.write("\n");
  return exitCode.clean;
}

/** @returns `undefined` if no prompt may be sent to a model. */
async function openModels(
  { terminal: { env } }: CommandContext,
  { callsModels, baseUrl }: DevOptions,
): Promise<ModelRunner | undefined> {
  if (!callsModels) return undefined;
  const { ModelRunner } = await import("../models/models.js");
  return new ModelRunner({ env, baseUrl });
}

function describeModels({ providers }: ModelRunner, { paint }: CommandContext): string {
  if (providers.length === 0)
    return `${paint.yellow("!")} No prompt can run on a model: set ${KEY_NAMES.slice(0, -1).join(", ")} or ${KEY_NAMES.at(-1)}, or pass --base-url`;
  const shown = providers.map(({ name, baseUrl, key, keyName }) => {
    const { protocol, hostname } = new URL(baseUrl);
    const isOpen = key !== undefined && protocol === "http:" && !isLoopback(hostname);
    return `${name}${key === undefined ? "" : ` (with ${keyName}${isOpen ? ", which is sent without encryption" : ""})`}`;
  });
  return `Prompts can run on models of ${shown.join(", ")}`;
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
}

/** @returns A function that prints what has changed since it was called last, and returns whether anything has. */
function createReport(context: CommandContext) {
  const { stdout, stderr } = context.terminal;
  let last: string | undefined;
  return async (registry: Registry, outcome: CatalogOutcome, milliseconds: number): Promise<boolean> => {
    const now = JSON.stringify([outcome.site?.digest, outcome.diagnostics]);
    if (now === last) return false;
    last = now;
    await printDiagnostics(registry, outcome.diagnostics, { stream: stderr, paint: context.errorPaint });
    stdout.write(`${describe(outcome, milliseconds, context)}\n`);
    return true;
  };
}

function describe({ site, diagnostics }: CatalogOutcome, milliseconds: number, { paint }: CommandContext): string {
  const counts = describeCounts(countFindings(diagnostics));
  const time = paint.dim(`in ${Math.round(milliseconds)} ms`);
  if (site === undefined) return `${paint.red("✗")} ${counts}; the pages stay as they are. Waiting for changes.`;
  if (hasErrors(diagnostics)) return `${paint.red("✗")} ${counts}; the pages show the rest ${time}`;
  return `${paint.green("✓")} The pages are up to date ${time}`;
}
