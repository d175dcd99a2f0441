// Waits until the content of an open file has reached the disk.

import { fsync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { promisify } from "node:util";

const fsyncDescriptor = promisify(fsync);

/** Under Yarn's Plug'n'Play, `FileHandle` has no `sync` method; `fsync` on the descriptor works everywhere. */
export async function syncFile(file: FileHandle): Promise<void> {
  await fsyncDescriptor(file.fd);
}
