// Clears up after a build that was killed: half-written folders go, and a folder caught between two renames comes back.

import { existsSync } from "node:fs";
import { readdir, rename } from "node:fs/promises";
import path from "node:path";
import { isOtherRunning } from "../cache/process-running.js";
import { removeFolder } from "./remove-folder.js";

const TEMPORARY = /^dist\.(?<kind>new|old)-(?<pid>\d+)-[a-z0-9]+$/;

/** The folders that this process is working on: its number alone could be that of a killed one (in a container, often 1). */
const own = new Set<string>();

export function temporaryName(kind: "new" | "old"): string {
  const name = `dist.${kind}-${process.pid}-${Math.random().toString(36).slice(2, 10)}`;
  own.add(name);
  return name;
}

export async function recoverOutput(packageDir: string): Promise<void> {
  const names = await readdir(packageDir).catch((): string[] => []);
  for (const name of names) {
    const groups = TEMPORARY.exec(name)?.groups;
    if (groups === undefined || own.has(name) || isOtherRunning(Number(groups["pid"]))) continue;
    const folder = path.join(packageDir, name);
    const dist = path.join(packageDir, "dist");
    if (groups["kind"] === "old" && !existsSync(dist)) await rename(folder, dist);
    else await removeFolder(folder);
  }
}
