// Watches what a package is made of: prompts, the project's files, helpers, and versions.

import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { ALIASES_FILE, CONFIG_FILE, findGitDir, LOCK_FILE, type Registry } from "@cuecard/project";

/**
 * How long events must have settled before work begins that reads the files. For 50 ms after a change, the watcher leaves out further
 * changes of the same file. Work that began within this time could read a file just before such a change, and would not be repeated.
 */
export const SETTLE_MS = 60;

export interface Watcher {
  close(): Promise<void>;
}

/**
 * Watches the prompts, the project's files, its helpers, and where git keeps tags (loose, packed, or in a reftable). Also
 * watches the folders that contain them, one level deep, so that files that disappear and return (on another branch) are
 * noticed.
 */
export async function startWatcher(
  registry: Pick<Registry, "dir" | "config">,
  helperFiles: readonly string[],
  changed: () => void,
): Promise<Watcher> {
  const { watch: watchFiles } = await import("chokidar");
  const { dir, config } = registry;
  const git = findGitDir(dir);
  const gitPaths =
    git === undefined ? [] : ["packed-refs", "refs/tags", "reftable"].map((name) => path.join(git.commonDir, name));
  const files = [config.prompts, ALIASES_FILE, LOCK_FILE, CONFIG_FILE, "package.json"];
  const projectPaths = files.map((file) => path.join(dir, file));
  const watched = [...projectPaths, ...helperFiles, ...gitPaths];
  const matters = (file: string) => watched.some((own) => isWithin(file, own) || isWithin(own, file));
  // Only folders that exist: with a path that does not, the library says that it is ready before it is, and misses changes.
  const isOutside = git !== undefined && !isWithin(git.commonDir, dir);
  const watcher = watchFiles(isOutside ? [dir, git.commonDir] : [dir], {
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
 * What decides whether a watcher has to start anew: the prompts folder and helpers, and every folder in it.
 *
 * @param helperFiles The files of the project's helpers.
 */
export function watchedFiles(
  { dir, config }: Pick<Registry, "dir" | "config">,
  helperFiles: readonly string[],
): string {
  const { prompts, helpers } = config;
  return JSON.stringify([prompts, helpers, helperFiles, listFolders(path.join(dir, prompts))]);
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

/** The text of the settings, to notice that they have changed. */
export function settingsText(dir: string): string {
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
