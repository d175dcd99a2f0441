// The files that people work on in a repository: tracked ones, and those that are neither tracked nor ignored.

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { GitChoice } from "./open-git.js";
import { inspectRepository } from "./preflight.js";
import { GitUnavailable, runGit } from "./run.js";

export interface RepositoryFiles {
  /** The top of the working tree, absolute; the folder itself where there is no repository. */
  readonly root: string;
  /** Relative to the root, with `/`; sorted. A file that git tracks may be gone. */
  readonly files: readonly string[];
}

/** Folders that hold no sources, for want of git to ask. */
const SKIPPED = new Set(["node_modules", "dist"]);

/**
 * Lists the files of the repository that a folder belongs to. With the git program, what .gitignore names is left out;
 * without, folders named `node_modules` or `dist` and those that begin with a dot.
 */
export async function listRepositoryFiles(dir: string, choice: GitChoice): Promise<RepositoryFiles> {
  const facts = inspectRepository(dir);
  if (facts?.bare === true) return { root: facts.top, files: [] };
  const root = facts?.top ?? dir;
  if (facts !== undefined && choice !== "isomorphic") {
    try {
      const { text } = await runGit(facts, ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
      return { root, files: [...new Set(text.split("\0").filter((file) => file !== ""))].sort() };
    } catch (error) {
      if (!(error instanceof GitUnavailable)) throw error;
    }
  }
  return { root, files: (await walk(root, "")).sort() };
}

async function walk(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    entries.map((entry) => {
      const path = `${folder}${entry.name}`;
      if (entry.isFile()) return [path];
      const skipped = !entry.isDirectory() || entry.name.startsWith(".") || SKIPPED.has(entry.name);
      return skipped ? [] : walk(root, `${path}/`);
    }),
  );
  return found.flat();
}
