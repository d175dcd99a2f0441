// Appends scores to a prompt's file. All lines are written in one call, so that concurrent writers do not mix or lose
// lines.

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
    await handle.appendFile(`${start}${scores.map((score) => `${printScore(score)}\n`).join("")}`);
    await syncFile(handle);
  } finally {
    await handle.close();
  }
}
