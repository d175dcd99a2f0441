// `cuecard dev`: the catalog of the working tree, with pages that edit it, read again whenever something changes, until the user stops
// it.

import path from "node:path";
import { either, hasErrors } from "@cuecard/model";
import { ALIASES_FILE, type LiveUpdate, type Registry } from "@cuecard/project";
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
import type { ServedProject } from "./api/api.js";
import { type SiteServer, serveSite } from "./serve-site.js";
import { ServedCatalog } from "./served-catalog.js";

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
/** How long nothing must have changed before code is searched. */
const QUIET_MS = 2000;

export async function dev(context: CommandContext, options: DevOptions): Promise<number> {
  const { port, title, runsHelpers } = options;
  const { stdout } = context.terminal;
  const { paint, dir, offline } = context;
  const models = await openModels(context, options);
  await refuseTop(context);
  const turns = takeTurns(MOST_WAITING);
  const report = createReport(context);
  const catalog = new ServedCatalog({ title: title ?? path.basename(dir), runsHelpers });
  let server: SiteServer | undefined;
  let isAnnounced = false;
  let search: ReturnType<typeof setTimeout> | undefined;
  let fail: (bug: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });

  async function readAgain(): Promise<void> {
    await project.reopen();
    const { registry } = project;
    const started = performance.now();
    const update = await catalog.update(registry);
    const milliseconds = performance.now() - started;
    server?.announce(update.isChanged ? "change" : "read");
    if (await report(registry, update, milliseconds)) searchLater();
  }

  /** Code is searched when nothing else has to be done: that takes longer than all the rest. */
  function searchLater(): void {
    clearTimeout(search);
    search = setTimeout(() => {
      catalog.searchesCode = true;
      project.loop.trigger();
    }, QUIET_MS);
  }

  async function rebuild(): Promise<void> {
    try {
      await turns.run(readAgain);
    } catch (error) {
      // The requests that wait read the repository themselves, and the next change triggers this again.
      if (!(error instanceof TooMany)) throw error;
    }
    const { prompts, helpers } = project.registry.config;
    const helperFiles = helpers === undefined ? [] : [path.join(dir, helpers)];
    const isNew = await project.watch(helperFiles);
    if (!isNew || isAnnounced || server === undefined) return;
    isAnnounced = true;
    stdout.write(`\n  ${paint.bold(server.url)}\n\n`);
    stdout.write("Open this address to edit, try and propose prompts.\n");
    if (models !== undefined) stdout.write(`${describeModels(models, context)}\n`);
    stdout.write(`${paint.dim(`Watching ${prompts}/, ${ALIASES_FILE} and versions. Press Ctrl-C to stop.`)}\n`);
  }

  const project = await watchProject(dir, () => openRegistry({ dir, offline }), rebuild);
  const served: ServedProject = {
    runsHelpers,
    unpushed: new Map(),
    use: (work) => turns.run(() => work(project.registry)),
  };
  try {
    // A port that is taken is reported before anything is read, which can take long.
    server = await serveSite({ site: catalog, port, project: served, models, onBug: fail });
    project.loop.trigger();
    await Promise.race([context.terminal.interrupted, project.loop.failed, failed]);
  } finally {
    clearTimeout(search);
    await project.stop();
    await server?.close();
    await turns.settled();
    await catalog.close();
    await project.registry.save();
    project.registry.close();
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
    return `${paint.yellow("!")} No prompt can run on a model: set ${either(Object.values(KEY_NAMES))}, or pass --base-url`;
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
  return async (registry: Registry, update: LiveUpdate, milliseconds: number): Promise<boolean> => {
    const now = JSON.stringify([update.isReadable, update.diagnostics]);
    if (now === last && !update.isChanged) return false;
    last = now;
    await printDiagnostics(registry, update.diagnostics, { stream: stderr, paint: context.errorPaint });
    stdout.write(`${describe(update, milliseconds, context)}\n`);
    return true;
  };
}

function describe({ isReadable, diagnostics }: LiveUpdate, milliseconds: number, { paint }: CommandContext): string {
  const counts = describeCounts(countFindings(diagnostics));
  const time = paint.dim(`in ${Math.round(milliseconds)} ms`);
  if (!isReadable) return `${paint.red("✗")} ${counts}; the pages stay as they are. Waiting for changes.`;
  if (hasErrors(diagnostics)) return `${paint.red("✗")} ${counts}; the pages show the rest ${time}`;
  return `${paint.green("✓")} The pages are up to date ${time}`;
}
