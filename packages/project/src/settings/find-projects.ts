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
  readonly listPrompts: () => Promise<readonly string[]>;
}

const MANIFEST = "package.json";

/** The files that the folder of a project may have. */
const MARKS: ReadonlySet<string> = new Set([CONFIG_FILE, ALIASES_FILE, LOCK_FILE, MANIFEST]);

/** How many files are read at once. */
const AT_ONCE = 16;

/** All projects of the repository that a folder belongs to, tracked or not, sorted by folder. */
export async function findProjects(dir: string, git: GitChoice): Promise<readonly FoundProject[]> {
  const { root: listed, files: marks } = await listRepositoryFiles(dir, git, MARKS);
  const root = realpathSync(listed);
  const projectDir = realpathSync(dir);
  const byFolder = new Map<string, Set<string>>();
  for (const file of marks) {
    const name = path.posix.basename(file);
    const folder = path.posix.dirname(file).replace(/^\.$/, "");
    byFolder.set(folder, (byFolder.get(folder) ?? new Set()).add(name));
  }
  let all: Promise<readonly string[]> | undefined;
  const listFiles = () => {
    all ??= listRepositoryFiles(dir, git).then(({ files }) => files);
    return all;
  };
  const found = await mapLimited([...byFolder], AT_ONCE, async ([folder, names]) => {
    const absolute = path.join(root, folder);
    const isMarked =
      names.has(CONFIG_FILE) || names.has(LOCK_FILE) || (names.has(MANIFEST) && (await hasSettings(absolute)));
    if (!isMarked && !names.has(ALIASES_FILE)) return undefined;
    const { config } = await readConfig(absolute);
    let prompts: Promise<readonly string[]> | undefined;
    const listOwn = () => {
      prompts ??= listFiles().then((files) => listPrompts(root, files, folder === "" ? "" : `${folder}/`, config));
      return prompts;
    };
    const own = absolute === projectDir;
    // Other tools also have files called aliases.json.
    if (!isMarked && !own && (await listOwn()).length === 0) return undefined;
    return { folder, dir: absolute, own, config, listPrompts: listOwn };
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
