// A folder in memory for the repositories that tests make: git writes, renames and deletes many small files, and a disk that
// is busy with that is what tests would wait for.

import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Linux keeps the files of this folder in memory. */
const MEMORY = "/dev/shm";
/** What `statfs` reports for a file system in memory: see TMPFS_MAGIC in https://man7.org/linux/man-pages/man2/statfs.2.html. */
const TMPFS = 0x01021994;
/** The tests use up to 0.1 GB at a time. Containers often have only 64 MB there. */
const NEEDED = 2 ** 30;
const PREFIX = "cuecard-tests-";

/**
 * Runs a function with an empty folder in memory, which is removed after it.
 *
 * @param use Gets `undefined` where the system has no such folder, or too little room, or does not run programs there.
 */
export async function withMemoryFolder<Result>(use: (dir: string | undefined) => Promise<Result>): Promise<Result> {
  const dir = createMemoryFolder();
  try {
    return await use(dir);
  } finally {
    if (dir !== undefined) rmSync(dir, { recursive: true, force: true });
  }
}

function createMemoryFolder(): string | undefined {
  const dir = path.join(MEMORY, `${PREFIX}${process.pid}`);
  try {
    removeLeftovers();
    const { type, bavail, bsize } = statfsSync(MEMORY);
    if (type !== TMPFS || bavail * bsize < NEEDED || process.availableMemory() < 4 * NEEDED) return undefined;
    mkdirSync(dir, { mode: 0o700 });
    const program = path.join(dir, "program");
    writeFileSync(program, "#!/bin/sh\n");
    chmodSync(program, 0o700);
    if (spawnSync(program).status === 0) return dir;
  } catch {
    // No such folder, or not ours to write.
  }
  rmSync(dir, { recursive: true, force: true });
  return undefined;
}

/** Removes what runs that were killed left behind: it would take memory until the next start of the machine. */
function removeLeftovers(): void {
  for (const name of readdirSync(MEMORY)) {
    if (!name.startsWith(PREFIX)) continue;
    try {
      process.kill(Number(name.slice(PREFIX.length)), 0);
    } catch {
      rmSync(path.join(MEMORY, name), { recursive: true, force: true });
    }
  }
}
