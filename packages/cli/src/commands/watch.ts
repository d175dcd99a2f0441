// `cuecard build --watch`: builds whenever something that goes into the package changes, until it is told to end.

import { readFileSync } from "node:fs";
import path from "node:path";
import type { BuildOutcome, Registry, RegistryOptions } from "@cuecard/project";
import { ALIASES_FILE, CONFIG_FILE, findGitDir, LOCK_FILE } from "@cuecard/project";
import { exitCode } from "../exit.js";
import { openRegistry } from "../open-registry.js";
import { countFindings, describeCounts } from "../report/count.js";
import { startProgress } from "../report/progress.js";
import { wrap } from "../terminal/wrap.js";
import { describeBuild, describeLocked } from "./build.js";
import { coalesce } from "./coalesce.js";
import type { CommandContext } from "./command-context.js";
import { showFindings } from "./show-findings.js";

const SETTLE_MS = 40;

export async function watch(context: CommandContext, options: Omit<RegistryOptions, "dir">): Promise<number> {
  const { stdout } = context.terminal;
  const { paint } = context;
  const progress = startProgress(context.terminal.stderr, "Reading versions");
  const open = () => openRegistry({ dir: context.dir, ...options, onProgress: progress.report });
  let registry = await open();
  let settings = settingsText(context.dir);
  let watched = "";
  let said = "";
  let state: BuildState = "none";
  let watcher: { close(): Promise<void> } | undefined;

  const rebuild = async () => {
    const text = settingsText(context.dir);
    if (text !== settings) {
      registry.close();
      registry = await open();
      settings = text;
    }
    const { outcome, state: now } = await buildOnce(context, registry, state);
    state = now;
    progress.end();
    const { prompts, helpers } = registry.config;
    const files = JSON.stringify([prompts, helpers, outcome.helperFiles]);
    if (files === watched) return;
    watched = files;
    await watcher?.close();
    watcher = await startWatcher(registry, outcome.helperFiles, () => loop.trigger());
    const names = [`${prompts}/`, ...(helpers === undefined ? [] : [helpers]), ALIASES_FILE];
    const line = `Watching ${names.join(", ")} and versions. Ctrl-C ends.`;
    if (line !== said) stdout.write(`${paint.dim(line)}\n`);
    said = line;
    // What changed between the build and the watcher's start would be missed.
    loop.trigger();
  };
  const loop = coalesce(rebuild, SETTLE_MS);
  loop.trigger();
  try {
    await Promise.race([context.terminal.interrupted, loop.failed]);
  } finally {
    // Also after a bug: a watcher that is left open keeps the process alive. The loop first: it may be starting one.
    await loop.stop();
    await watcher?.close();
    await registry.save();
    registry.close();
  }
  stdout.write("\n");
  return exitCode.clean;
}

type BuildState = "none" | "good" | "failing";

async function buildOnce(
  context: CommandContext,
  registry: Registry,
  before: BuildState,
): Promise<{ readonly outcome: BuildOutcome; readonly state: BuildState }> {
  const { stdout, stderr } = context.terminal;
  const started = performance.now();
  // The first build goes into the cache at once; the edits after it when the watch ends.
  const outcome = await registry.build({ keepsCache: before === "none" });
  await showFindings(registry, outcome.diagnostics, stderr, context.errorPaint);
  const time = new Date().toTimeString().slice(0, 8);
  const indent = " ".repeat(time.length + 3);
  const width = (stdout.columns ?? 200) - indent.length;
  const say = (mark: string, text: string) =>
    stdout.write(`${context.paint.dim(time)} ${mark} ${wrap(text, width, indent)}\n`);
  if (outcome.package === undefined) {
    const counts = describeCounts(countFindings(outcome.diagnostics));
    say(context.paint.red("✗"), `${counts}; the last good build stays. Waiting for changes.`);
    return { outcome, state: "failing" };
  }
  if (!outcome.package.isNew && outcome.locked.length === 0 && before === "good") return { outcome, state: "good" };
  const line = describeBuild(outcome, registry.config, performance.now() - started);
  say(context.paint.green("✓"), line);
  const locked = describeLocked(outcome);
  if (locked !== undefined) say(" ", locked);
  return { outcome, state: "good" };
}

/**
 * Watches the prompts, the project's files, its helpers, and where git keeps tags (loose, packed, or in a reftable). The folders around
 * them are watched, too, one level deep: what is moved away and comes back (another branch) is seen again.
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
    // And what editors and git write on the way to the file itself.
    ignored: (file) =>
      !matters(path.resolve(file)) || (/(?:\.lock|~|\.sw[px]|\.tmp)$/.test(file) && path.basename(file) !== LOCK_FILE),
  });
  watcher.on("all", changed);
  watcher.on("error", () => changed());
  await new Promise<void>((resolve) => watcher.once("ready", () => resolve()));
  return watcher;
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
