// Finds all projects of a repository. They share its git tags, so each needs a tag prefix of its own.

import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { ALIASES_FILE, classifyPath, compareText, LOCK_FILE } from "@cuecard/model";
import { type GitChoice, listRepositoryFiles, mapLimited } from "@cuecard/registry";
import { CONFIG_FILE, type Config } from "./config.js";
import { hasSettings } from "./find-project.js";
import { createIgnore } from "./ignore.js";
import { readConfig } from "./read-config.js";

export interface FoundProject {
  /** Relative to the top of the repository, with `/`; empty at the top. */
  readonly folder: string;
  /** Absolute, without symbolic links. */
  readonly dir: string;
  /** Whether it is the project in the folder that was asked about. */
  readonly own: boolean;
  readonly config: Config;
  /** The names of its prompts. */
  readonly listPrompts: () => readonly string[];
}

const MANIFEST = "package.json";

/** How many files are read at once. */
const AT_ONCE = 16;

/** All projects of the repository that a folder belongs to, tracked or not, sorted by folder. */
export async function findProjects(dir: string, git: GitChoice): Promise<readonly FoundProject[]> {
  const { root: listed, files } = await listRepositoryFiles(dir, git);
  const root = realpathSync(listed);
  const projectDir = realpathSync(dir);
  const marks: readonly string[] = [CONFIG_FILE, ALIASES_FILE, LOCK_FILE, MANIFEST];
  const byFolder = new Map<string, Set<string>>();
  for (const file of files) {
    const name = path.posix.basename(file);
    if (!marks.includes(name)) continue;
    const folder = path.posix.dirname(file).replace(/^\.$/, "");
    byFolder.set(folder, (byFolder.get(folder) ?? new Set()).add(name));
  }
  const found = await mapLimited([...byFolder], AT_ONCE, async ([folder, names]) => {
    const absolute = path.join(root, folder);
    const isMarked =
      [CONFIG_FILE, LOCK_FILE, ALIASES_FILE].some((name) => names.has(name)) ||
      (names.has(MANIFEST) && (await hasSettings(absolute)));
    if (!isMarked) return undefined;
    const { config } = await readConfig(absolute);
    let prompts: readonly string[] | undefined;
    const own = () => {
      prompts ??= listPrompts(root, files, folder === "" ? "" : `${folder}/`, config);
      return prompts;
    };
    // Other tools also have files called aliases.json.
    const isProject = [...names].some((name) => name !== ALIASES_FILE && name !== MANIFEST) || own().length > 0;
    return isProject || (await hasSettings(absolute))
      ? { folder, dir: absolute, own: absolute === projectDir, config, listPrompts: own }
      : undefined;
  });
  return found.filter((project) => project !== undefined).sort((a, b) => compareText(a.folder, b.folder));
}

function listPrompts(root: string, files: readonly string[], prefix: string, { prompts, ignore }: Config): string[] {
  const isIgnored = createIgnore(ignore);
  const start = `${prefix}${prompts}/`;
  return files.flatMap((file) => {
    const own = file.startsWith(start) ? file.slice(start.length) : undefined;
    if (own === undefined || isIgnored(own)) return [];
    const kind = classifyPath(own);
    return kind.kind === "prompt" && existsSync(path.join(root, file)) ? [kind.name] : [];
  });
}
