// Finds out from a file's times and size, without reading it, whether it is as it was.

import { lstatSync, type Stats } from "node:fs";

/** The clocks of file systems are not finer than this. */
const SETTLED_MILLISECONDS = 3000;

export interface FileMark {
  /** `undefined` if there is nothing at the path. */
  readonly stats: Stats | undefined;
  /** As long as it is the same, so is the file, if it is settled. */
  readonly text: string;
  /** Whether its times are so old that a later change gives it others. */
  readonly isSettled: boolean;
}

/** @param now The time, in milliseconds. */
export function markFile(path: string, now: () => number = Date.now): FileMark {
  const stats = statFile(path);
  if (stats === undefined) return { stats, text: "", isSettled: false };
  const { dev, ino, size, mtimeMs, ctimeMs } = stats;
  return {
    stats,
    text: `${dev} ${ino} ${size} ${mtimeMs} ${ctimeMs}`,
    isSettled: ctimeMs < now() - SETTLED_MILLISECONDS,
  };
}

function statFile(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}
