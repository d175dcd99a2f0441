// A repository to measure on, with its generated package: made, built and brought back to its first state on request.

import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeRepository, type RepositorySize } from "./make-repository.js";
import { CHECKOUT, CUECARD } from "./paths.js";
import { type ProcessResult, runProcess } from "./run-process.js";

export type GitAdapter = "native" | "isomorphic";

export class BenchRepository {
  readonly size: RepositorySize;
  readonly #dir: string;
  #isMade = false;
  #isBuilt = false;

  constructor(dir: string, size: RepositorySize) {
    this.#dir = dir;
    this.size = size;
  }

  get dir(): string {
    if (!this.#isMade) {
      makeRepository(this.#dir, this.size);
      // The generated package finds its runtime here, and the caches of builds have their place.
      mkdirSync(join(this.#dir, "node_modules/@cuecard"), { recursive: true });
      symlinkSync(join(CHECKOUT, "packages/runtime"), join(this.#dir, "node_modules/@cuecard/runtime"), "junction");
      this.#isMade = true;
    }
    return this.#dir;
  }

  /** The generated package. */
  get packageDir(): string {
    return join(this.dir, "packages/prompts");
  }

  /** Forgets every build: what comes next is a first one. */
  reset(): void {
    // Moved away, not deleted: a file system goes on deleting in the background, while the next build writes.
    const away = mkdtempSync(`${this.dir}-old-`);
    for (const [index, made] of ["packages/prompts/dist", "prompts.lock", "node_modules/.cache"].entries())
      if (existsSync(join(this.dir, made))) renameSync(join(this.dir, made), join(away, String(index)));
    this.#isBuilt = false;
  }

  /** Runs `cuecard build`. */
  async build(git: GitAdapter = "native"): Promise<ProcessResult> {
    const result = await runProcess([CUECARD, "build", "--cwd", this.dir], { env: { CUECARD_GIT: git } });
    this.#isBuilt = true;
    return result;
  }

  /** Builds unless that has been done. */
  async ensureBuilt(): Promise<void> {
    if (!this.#isBuilt) await this.build();
  }
}

/** Where a system keeps files in memory: a disk takes anything from 0.04 to 1.7 s for the same two thousand files. */
const MEMORY = "/dev/shm";

/** Gives work a folder among the system's temporary files, in memory if there is a place, and removes it afterwards. */
export async function withTemporaryFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), "cuecard-bench-"));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
