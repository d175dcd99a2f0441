// `cuecard build --watch`: rebuilds whenever an input of the package changes, until the user stops it.

import {
  ALIASES_FILE,
  type BuildOutcome,
  type Registry,
  type RegistryOptions,
  type Replacement,
} from "@cuecard/project";
import { exitCode } from "../exit.js";
import { openRegistry } from "../open-registry.js";
import { countFindings, describeCounts } from "../report/count.js";
import { describeBuild, describeLocked } from "../report/describe-build.js";
import { startProgress } from "../report/progress.js";
import type { CommandContext } from "../support/command-context.js";
import { printDiagnostics } from "../support/print-diagnostics.js";
import { refuseTop } from "../support/with-project.js";
import { wrap } from "../terminal/text.js";
import { watchProject } from "./watched-project.js";

export interface WatchOptions extends Omit<RegistryOptions, "dir"> {
  /** Pointers that count instead of those of aliases.json. */
  readonly as?: readonly Replacement[] | undefined;
}

/** @param openProject Opens the registry, and opens it again when the settings have changed. */
export async function watch(
  context: CommandContext,
  { as, ...options }: WatchOptions,
  openProject: typeof openRegistry = openRegistry,
): Promise<number> {
  const { stdout } = context.terminal;
  const { paint, dir, offline } = context;
  await refuseTop(context);
  const progress = startProgress(context.terminal.stderr, "Reading versions");
  const open = () => openProject({ dir, offline, ...options, onProgress: progress.report });
  let announced = "";
  let last: Reported | undefined;
  let isRepeated = false;

  const rebuild = async () => {
    await project.reopen();
    const { registry } = project;
    const started = performance.now();
    // The first build is saved to the cache at once, later ones when watching ends.
    const outcome = await registry.build({ keepsCache: last === undefined, overwrites: true, as });
    const milliseconds = performance.now() - started;
    last = await report(context, registry, { outcome, milliseconds, last, isRepeated });
    progress.end();
    isRepeated = await project.watch(outcome.helperFiles);
    if (!isRepeated) return;
    const { prompts, helpers } = registry.config;
    const names = [`${prompts}/`, ...(helpers === undefined ? [] : [helpers]), ALIASES_FILE];
    const line = `Watching ${names.join(", ")} and versions. Press Ctrl-C to stop.`;
    if (line !== announced) stdout.write(`${paint.dim(line)}\n`);
    announced = line;
  };
  const project = await watchProject(dir, open, rebuild);
  project.loop.trigger();
  try {
    await Promise.race([context.terminal.interrupted, project.loop.failed]);
  } finally {
    // After a bug as well: an open watcher keeps the process alive.
    await project.stop();
    await project.registry.save();
    project.registry.close();
  }
  stdout.write("\n");
  return exitCode.clean;
}

/** What was printed about a build. */
interface Reported {
  readonly isGood: boolean;
  /** Its diagnostics, to compare. */
  readonly findings: string;
}

interface Built {
  readonly outcome: BuildOutcome;
  readonly milliseconds: number;
  /** The build before. */
  readonly last: Reported | undefined;
  /** Whether nothing but the start of the watcher is a reason for this build. */
  readonly isRepeated: boolean;
}

/**
 * Prints the diagnostics of a build between a first and a last line, which editors look for. Prints nothing if
 * nothing is new.
 */
async function report(
  context: CommandContext,
  registry: Registry,
  { outcome, milliseconds, last, isRepeated }: Built,
): Promise<Reported> {
  const { stdout, stderr } = context.terminal;
  const { diagnostics, package: written } = outcome;
  const now: Reported = { isGood: written !== undefined, findings: JSON.stringify(diagnostics) };
  const isSame = last?.isGood === now.isGood && last.findings === now.findings;
  const hasWritten = written?.isNew === true || outcome.locked.length > 0;
  if (isSame && !hasWritten && (isRepeated || (now.isGood && diagnostics.length === 0))) return now;
  const time = new Date().toTimeString().slice(0, 8);
  const indent = " ".repeat(time.length + 3);
  const width = (stdout.columns ?? Number.POSITIVE_INFINITY) - indent.length;
  const say = (mark: string, text: string) =>
    stdout.write(`${context.paint.dim(time)} ${mark} ${wrap(text, width, indent)}\n`);
  say("…", "Building");
  await printDiagnostics(registry, diagnostics, { stream: stderr, paint: context.errorPaint });
  if (!now.isGood) {
    const counts = describeCounts(countFindings(diagnostics));
    say(context.paint.red("✗"), `${counts}; keeping the last good build. Waiting for changes.`);
    return now;
  }
  say(context.paint.green("✓"), describeBuild(outcome, registry.config, milliseconds));
  const locked = describeLocked(outcome);
  if (locked !== undefined) say(" ", locked);
  return now;
}
