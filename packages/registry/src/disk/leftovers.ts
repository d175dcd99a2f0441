// Temporary files and folders carry the id of the process that made them, so that a later run can find and remove those
// that a killed process left behind.

import { randomBytes } from "node:crypto";
import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { isProcessAlive } from "./process-alive.js";

const SUFFIX = /^(\d+)-[0-9a-f]{12}$/;

/** The names that this process has made: its id alone does not identify it (see `isLeftover`). */
const ownNames = new Set<string>();

/** A new name for a temporary file or folder of this process: `<prefix><process id>-<random>`. */
export function temporaryName(prefix: string): string {
  const name = `${prefix}${process.pid}-${randomBytes(6).toString("hex")}`;
  ownNames.add(name);
  return name;
}

/** Names in a folder that `temporaryName` made with this prefix, in a process that no longer runs. Never throws. */
export function findLeftovers(folder: string, prefix: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names.filter((name) => {
    const pid = name.startsWith(prefix) ? SUFFIX.exec(name.slice(prefix.length))?.[1] : undefined;
    return pid !== undefined && isLeftover(folder, name, Number(pid));
  });
}

/** Removes what `findLeftovers` finds. What cannot be removed stays; never throws. */
export function sweepLeftovers(folder: string, prefix: string): void {
  for (const name of findLeftovers(folder, prefix)) {
    try {
      rmSync(join(folder, name), { recursive: true, force: true });
    } catch {
      // The next run tries again.
    }
  }
}

/**
 * In a container, every run may get the same process id. So a name with our own id is a leftover if it is older than
 * this process, and not ours (a renamed folder keeps its old time).
 */
function isLeftover(folder: string, name: string, pid: number): boolean {
  if (pid !== process.pid) return !isProcessAlive(pid);
  if (ownNames.has(name)) return false;
  const started = Date.now() - process.uptime() * 1000;
  const found = statSync(join(folder, name), { throwIfNoEntry: false });
  return found !== undefined && found.mtimeMs < started;
}
