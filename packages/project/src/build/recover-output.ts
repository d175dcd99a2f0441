// Cleans up after a killed build: half-written folders are removed, and a folder caught between two renames is restored.

import { existsSync } from "node:fs";
import { rename } from "node:fs/promises";
import path from "node:path";
import { findLeftovers } from "@cuecard/registry";
import { removeFolder } from "./remove-folder.js";

/** The prefix of a folder that is being written. */
export const NEW = "dist.new-";
/** The prefix of a folder that was replaced. */
export const OLD = "dist.old-";

export async function recoverOutput(packageDir: string): Promise<void> {
  const dist = path.join(packageDir, "dist");
  for (const name of findLeftovers(packageDir, OLD)) {
    const folder = path.join(packageDir, name);
    if (existsSync(dist)) await removeFolder(folder);
    else await rename(folder, dist);
  }
  for (const name of findLeftovers(packageDir, NEW)) await removeFolder(path.join(packageDir, name));
}
