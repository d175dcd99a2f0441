// `cuecard build --watch`: rebuilds whenever an input of the package changes, until the user stops it.

import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import {
  ALIASES_FILE,
  type BuildOutcome,
  CONFIG_FILE,
  findGitDir,
  LOCK_FILE,
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
import { wrap } from "../terminal/text.js";
import { coalesce } from "./coalesce.js";

const SETTLE_MS = 40;

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
  const { paint } = context;
  const progress = startProgress(context.terminal.stderr, "Reading versions");
  const open = () => openProject({ dir: context.dir, ...options, onProgress: progress.report });
  let registry = await open();
  let settings = settingsText(context.dir);
  let watched = "";
  let announced = "";
  let last: Reported | undefined;
  let isRepeated = false;
  let watcher: { close(): Promise<void> } | undefined;

  const rebuild = async () => {
    const text = settingsText(context.dir);
    if (text !== settings) {
      registry.close();
      registry = await open();
      settings = text;
    }
    const started = performance.now();
    // The first build is saved to the cache at once, later ones when watching ends.
    const outcome = await registry.build({ keepsCache: last === undefined, overwrites: true, as });
    const milliseconds = performance.now() - started;
    last = await report(context, registry, { outcome, milliseconds, last, isRepeated });
    isRepeated = false;
    progress.end();
    const { prompts, helpers } = registry.config;
    const files = JSON.stringify([prompts, helpers, outcome.helperFiles, listFolders(path.join(context.dir, prompts))]);
    if (files === watched) return;
    watched = files;
    await watcher?.close();
    watcher = await startWatcher(registry, outcome.helperFiles, () => loop.trigger());
    const names = [`${prompts}/`, ...(helpers === undefined ? [] : [helpers]), ALIASES_FILE];
    const line = `Watching ${names.join(", ")} and versions. Press Ctrl-C to stop.`;
    if (line !== announced) stdout.write(`${paint.dim(line)}\n`);
    announced = line;
    // Build again: a change between the build and the start of the watcher has no event.
    isRepeated = true;
    loop.trigger();
  };
  const loop = coalesce(rebuild, SETTLE_MS);
  loop.trigger();
  try {
    await Promise.race([context.terminal.interrupted, loop.failed]);
  } finally {
    // After a bug as well: an open watcher keeps the process alive. The loop stops first, because it may be starting one.
    await loop.stop();
    await watcher?.close();
    await registry.save();
    registry.close();
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

/**
 * Watches the prompts, the project's files, its helpers, and where git keeps tags (loose, packed, or in a reftable). Also
 * watches the folders that contain them, one level deep, so that files that disappear and return (on another branch) are
 * noticed.
 */
async function startWatcher(
  registry: Registry,
  helperFiles: readonly string[],
  changed: () => void,
): Promise<{ close(): Promise<void> }> {
  const { watch: watchFiles } = await import("chokidar");
  const { dir, config } = registry;
  const git = findGitDir(dir);
  const gitPaths =
    git === undefined ? [] : ["packed-refs", "refs/tags", "reftable"].map((name) => path.join(git.commonDir, name));
  const files = [config.prompts, ALIASES_FILE, LOCK_FILE, CONFIG_FILE, "package.json"];
  const projectPaths = files.map((file) => path.join(dir, file));
  const watched = [...projectPaths, ...helperFiles, ...gitPaths];
  const matters = (file: string) => watched.some((own) => isWithin(file, own) || isWithin(own, file));
  const watcher = watchFiles([dir, ...gitPaths], {
    ignoreInitial: true,
    // Ignores the temporary files that editors and git write before the file itself.
    ignored: (file) =>
      !matters(path.resolve(file)) || (/(?:\.lock|~|\.sw[px]|\.tmp)$/.test(file) && path.basename(file) !== LOCK_FILE),
  });
  watcher.on("all", changed);
  watcher.on("error", () => changed());
  await new Promise<void>((resolve) => watcher.once("ready", () => resolve()));
  return watcher;
}

/**
 * A folder and the folders in it, each with what another folder of this name would not have: the watcher may miss files of a folder
 * that has just been made, so then it starts anew.
 */
function listFolders(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    const inner = entries
      .filter((entry) => entry.isDirectory())
      .map(({ parentPath, name }) => path.join(parentPath, name));
    return [folder, ...inner.sort()].map((dir) => {
      const { ino, birthtimeMs } = statSync(dir);
      return `${dir} ${ino} ${birthtimeMs}`;
    });
  } catch {
    // Removed, or being removed.
    return [];
  }
}

function isWithin(file: string, folder: string): boolean {
  return file === folder || file.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);
}

function settingsText(dir: string): string {
  return [CONFIG_FILE, "package.json"]
    .map((file) => {
      try {
        return readFileSync(path.join(dir, file), "utf8");
      } catch {
        return "";
      }
    })
    .join("\0");
}
