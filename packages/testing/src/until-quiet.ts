// Waits for what a killed command started and what continues without it, such as git that is writing refs.

import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { vi } from "vitest";

/** Waits until no process works in these folders. */
export async function untilQuiet(folders: readonly string[]): Promise<void> {
  const isQuiet = () => !listProcesses().some((text) => folders.some((folder) => text.includes(folder)));
  await vi.waitUntil(isQuiet, { timeout: 20_000, interval: 10 });
}

/** Folder and command line of every process but this one and its threads. */
function listProcesses(): string[] {
  const ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
  return ids.flatMap((id) => {
    try {
      return [`${readlinkSync(`/proc/${id}/cwd`)} ${readFileSync(`/proc/${id}/cmdline`, "utf8")}`];
    } catch {
      return []; // The process has ended.
    }
  });
}
