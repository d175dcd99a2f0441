// Temporary folders. `setup.ts` removes those of a test file after its last test.

import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const made: string[] = [];
const listeners: (() => void)[] = [];

/** Removes all folders that were made. */
export function removeFolders(): void {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  for (const listener of listeners) listener();
}

/** Calls a function each time the folders have been removed: a worker that runs several test files keeps its modules. */
export function onRemoval(listener: () => void): void {
  listeners.push(listener);
}

/** An empty folder with this name. */
export function createFolder(name = "folder"): string {
  const parent = realpathSync(mkdtempSync(path.join(os.tmpdir(), "cuecard-")));
  made.push(parent);
  const dir = path.join(parent, name);
  mkdirSync(dir, { recursive: true });
  return dir;
}

/** A folder that holds only an empty `node_modules`, where Cuecard keeps its cache: tests do not share one. */
export function createProjectFolder(): string {
  const dir = createFolder("project");
  mkdirSync(path.join(dir, "node_modules"));
  return dir;
}
