// Appends scores to a prompt's file. All lines are written in one call, so that concurrent writers do not mix or lose
// lines. If the disk is full, what was written of them is removed again.

import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import type { Score } from "@cuecard/model";
import { syncFile } from "../disk/sync-file.js";
import { printScore } from "./scores-file.js";

/**
 * @param file Absolute path; the file is created if it does not exist.
 * @throws what the file system throws.
 */
export async function appendScores(file: string, scores: readonly Score[]): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const handle = await open(file, "a+");
  try {
    const { size } = await handle.stat();
    const last = Buffer.alloc(1);
    if (size > 0) await handle.read(last, 0, 1, size - 1);
    const start = size === 0 || last.toString() === "\n" ? "" : "\n";
    const bytes = Buffer.from(`${start}${scores.map((score) => `${printScore(score)}\n`).join("")}`);
    let written = 0;
    try {
      while (written < bytes.length) written += (await handle.write(bytes, written)).bytesWritten;
    } catch (error) {
      // Unless another process has added its lines since.
      if ((await handle.stat()).size === size + written) await handle.truncate(size);
      throw error;
    }
    await syncFile(handle);
  } finally {
    await handle.close();
  }
}
