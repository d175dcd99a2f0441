// Temporary folders. A test file removes its folders after its last test.

import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll } from "vitest";

const made: string[] = [];

// Each test file loads this module on its own, so this hook belongs to the file.
afterAll(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
}, 60_000);

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
