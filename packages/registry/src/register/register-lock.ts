// One process registers in a working tree at a time: it writes a file that it then commits. A lock that a killed process left
// behind is taken over.

import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const WAIT_MS = 30_000;
/** A process of a machine that shares the folder cannot be asked whether it is alive. */
const STALE_MS = 10 * 60_000;

/** Runs work while nobody else does; `undefined` when somebody else did not end in time. */
export async function whileAlone<T>(gitDir: string, work: () => Promise<T>): Promise<T | undefined> {
  const file = join(gitDir, "cuecard-register.lock");
  const own = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  const end = Date.now() + WAIT_MS;
  writeFileSync(own, String(process.pid));
  try {
    while (!take(own, file)) {
      if (isStale(file)) rmSync(file, { force: true });
      else if (Date.now() > end) return undefined;
      else await new Promise((resume) => setTimeout(resume, 20 + Math.random() * 60));
    }
    try {
      return await work();
    } finally {
      rmSync(file, { force: true });
    }
  } finally {
    rmSync(own, { force: true });
  }
}

function take(own: string, file: string): boolean {
  try {
    linkSync(own, file);
    return true;
  } catch {
    return false;
  }
}

function isStale(file: string): boolean {
  try {
    if (Date.now() - statSync(file).mtimeMs > STALE_MS) return true;
    const pid = Number(readFileSync(file, "utf8"));
    if (pid === process.pid) return false;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
