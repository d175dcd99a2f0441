// A progress bar for long work on a terminal; nothing when the output is not a terminal, and nothing for the first half second.

import type { OutputStream } from "../terminal/terminal.js";

const PATIENCE_MS = 500;
const REDRAW_MS = 80;
const BAR = 24;

export interface Progress {
  /** When everything is done, the bar disappears, and the next report starts a new one. */
  report(done: number, total: number): void;
  /** Removes the bar. */
  end(): void;
}

export function startProgress(
  stream: OutputStream,
  label: string,
  now: () => number = () => performance.now(),
): Progress {
  if (!stream.interactive) return { report: () => {}, end: () => {} };
  let next: number | undefined;
  let visible = false;
  const end = () => {
    if (visible) stream.write("\r\x1b[K");
    visible = false;
    next = undefined;
  };
  return {
    report(done, total) {
      if (done >= total) return end();
      const time = now();
      next ??= time + PATIENCE_MS;
      if (time < next) return;
      next = time + REDRAW_MS;
      visible = true;
      const filled = Math.round((done / total) * BAR);
      stream.write(`\r${label} ${"█".repeat(filled)}${"░".repeat(BAR - filled)} ${done}/${total}\x1b[K`);
    },
    end,
  };
}
