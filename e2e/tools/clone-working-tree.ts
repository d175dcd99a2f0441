// A clone of this repository as people get it, with the working tree's uncommitted changes on top: what is tested is what is
// being worked on.

import { cp, mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { repository } from "../pack-packages.js";
import { runCommand } from "../run-command.js";

/** Clones without tags, as continuous integration does by default. */
export async function cloneWorkingTree(destination: string): Promise<void> {
  await runCommand("git", ["clone", "--quiet", "--no-tags", repository, destination], { cwd: repository });
  for (const file of await listFiles("--cached", "--others")) {
    await mkdir(path.dirname(path.join(destination, file)), { recursive: true });
    await cp(path.join(repository, file), path.join(destination, file)).catch(ignoreMissing);
  }
  for (const file of await listFiles("--deleted")) await rm(path.join(destination, file), { force: true });
}

async function listFiles(...kinds: string[]): Promise<string[]> {
  const listed = await runCommand("git", ["ls-files", "-z", "--exclude-standard", ...kinds], { cwd: repository });
  return listed.split("\0").filter((file) => file !== "");
}

/** A deleted file is still listed in the index. */
function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}
