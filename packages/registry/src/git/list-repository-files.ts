// Lists the files that users work on in a repository: tracked files, and those that are neither tracked nor ignored.

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { GitChoice } from "./open-git.js";
import { inspectRepository, type RepositoryFacts } from "./preflight.js";
import { RepositoryUnreadable } from "./reader.js";
import { GitUnavailable, runGit } from "./run.js";

export interface RepositoryFiles {
  /** The top of the working tree, absolute; without a repository, the folder itself. */
  readonly root: string;
  /** Relative to the root, with `/`; sorted. A tracked file may have been deleted. */
  readonly files: readonly string[];
}

/** Folders that are skipped if git cannot be asked what is ignored. */
const SKIPPED = new Set(["node_modules", "dist"]);

/**
 * Lists the files of the repository that a folder belongs to. With the git program, ignored files are left out; without
 * it, folders named `node_modules` or `dist`, and those that begin with a dot.
 */
export async function listRepositoryFiles(dir: string, choice: GitChoice): Promise<RepositoryFiles> {
  const facts = inspectReadable(dir);
  if (facts?.bare === true) return { root: facts.top, files: [] };
  const root = facts?.top ?? dir;
  if (facts !== undefined && choice !== "isomorphic") {
    try {
      const { text } = await runGit(facts, ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
      return { root, files: [...new Set(text.split("\0").filter((file) => file !== ""))].sort() };
    } catch (error) {
      if (!(error instanceof GitUnavailable || error instanceof RepositoryUnreadable)) throw error;
    }
  }
  return { root, files: (await walk(root, "")).sort() };
}

/** Why a repository cannot be read is reported where it is opened. */
function inspectReadable(dir: string): RepositoryFacts | undefined {
  try {
    return inspectRepository(dir);
  } catch (error) {
    if (error instanceof RepositoryUnreadable) return undefined;
    throw error;
  }
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
