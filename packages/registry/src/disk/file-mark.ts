// Finds out from a file's times and size, without reading it, whether it has changed.

import { lstatSync, type Stats } from "node:fs";

/** Two changes within this time may get the same times: some file systems store them in steps of two seconds. */
const SETTLED_MILLISECONDS = 3000;

export interface FileMark {
  /** `undefined` if there is nothing at the path. */
  readonly stats: Stats | undefined;
  /** As long as this text is the same, the file has not changed, if its times are settled. */
  readonly text: string;
  /** Whether its times are so old that a later change gives it other times. */
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
