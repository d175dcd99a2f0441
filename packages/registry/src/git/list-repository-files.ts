// Lists the files that users work on in a repository: tracked files, and those that are neither tracked nor ignored.

import { readdir } from "node:fs/promises";
import { join, posix } from "node:path";
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
 *
 * @param names The names of the files that are listed, whatever folders they are in. Default: all.
 */
export async function listRepositoryFiles(
  dir: string,
  choice: GitChoice,
  names?: ReadonlySet<string>,
): Promise<RepositoryFiles> {
  const facts = inspectReadable(dir);
  if (facts?.bare === true) return { root: facts.top, files: [] };
  const root = facts?.top ?? dir;
  const asked = facts === undefined || choice === "isomorphic" ? undefined : await askGit(facts, names);
  const files = asked ?? (await walk(root, ""));
  const wanted = names === undefined ? files : files.filter((file) => names.has(posix.basename(file)));
  return { root, files: wanted.sort() };
}

/** `undefined` if the git program cannot be asked. The files may include others with names that only end like those wanted. */
async function askGit(facts: RepositoryFacts, names: ReadonlySet<string> | undefined): Promise<string[] | undefined> {
  const patterns = names === undefined ? [] : ["--", ...[...names].map((name) => `*${name}`)];
  try {
    const asked = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", ...patterns];
    const { text } = await runGit(facts, asked);
    // A file with a conflict is listed once for each side.
    return [...new Set(text.split("\0").filter((file) => file !== ""))];
  } catch (error) {
    if (error instanceof GitUnavailable || error instanceof RepositoryUnreadable) return undefined;
    throw error;
  }
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
