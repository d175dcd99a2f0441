// A folder for one test file, gone when the file is done.

import { mkdtemp, realpath, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll } from "vitest";

export async function temporaryFolder(): Promise<string> {
  const dir = await realpath(await mkdtemp(path.join(os.tmpdir(), "cuecard-e2e-")));
  afterAll(() => rm(dir, { recursive: true, force: true, maxRetries: 3 }));
  return dir;
}
