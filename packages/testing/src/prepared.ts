// Repositories that many tests start from: git makes each once in a test file, and every test gets a copy of its own.

import { cpSync } from "node:fs";
import path from "node:path";
import { createFolder, onRemoval } from "./folders.js";
import { openRepository, type TestRepository } from "./repository.js";
import { runGit } from "./run-git.js";

/**
 * Wraps a function that makes a repository: for the same arguments, which must be JSON, it runs once.
 *
 * @returns A function that gives a new copy at each call.
 */
export function prepared<Args extends readonly unknown[], Made extends TestRepository | Promise<TestRepository>>(
  make: (...args: Args) => Made,
): (...args: Args) => Made;
export function prepared<Args extends readonly unknown[]>(
  make: (...args: Args) => TestRepository | Promise<TestRepository>,
): (...args: Args) => TestRepository | Promise<TestRepository> {
  const known = new Map<string, TestRepository | Promise<TestRepository>>();
  onRemoval(() => known.clear());
  return (...args) => {
    const key = JSON.stringify(args);
    const made = known.get(key) ?? make(...args);
    known.set(key, made);
    return made instanceof Promise ? made.then(copyRepository) : copyRepository(made);
  };
}

function copyRepository({ dir }: TestRepository): TestRepository {
  const copy = createFolder(path.basename(dir));
  cpSync(dir, copy, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  // The index holds the inode of each file: without this, every file would look edited until git has read it.
  runGit(copy, ["update-index", "-q", "--refresh"]);
  return openRepository(copy);
}
