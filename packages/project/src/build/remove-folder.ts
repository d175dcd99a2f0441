// Removes a folder of an earlier build. If that fails, the folder does no harm and the next build tries again.

import { chmod, readdir, rm } from "node:fs/promises";
import path from "node:path";

export async function removeFolder(folder: string): Promise<void> {
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

async function makeWritable(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isDirectory()) await makeWritable(path.join(folder, entry.name));
}
