// A progress bar for long work on a terminal; nothing when nobody looks, and nothing for the first half second.

import type { OutputStream } from "../terminal/terminal.js";

const PATIENCE_MS = 500;
const REDRAW_MS = 80;
const BAR = 24;

export interface Progress {
  report(done: number, total: number): void;
  /** Removes the bar. */
  end(): void;
}

export function startProgress(
  stream: OutputStream,
  label: string,
  now: () => number = performance.now.bind(performance),
): Progress {
  if (!stream.interactive) return { report: () => {}, end: () => {} };
  const started = now();
  let drawn = started + PATIENCE_MS - REDRAW_MS;
  let visible = false;
  return {
    report(done, total) {
      const time = now();
      if (total === 0 || time - drawn < REDRAW_MS) return;
      drawn = time;
      visible = true;
      const filled = Math.round((Math.min(done, total) / total) * BAR);
      stream.write(`\r${label} ${"█".repeat(filled)}${"░".repeat(BAR - filled)} ${done}/${total}\x1b[K`);
    },
    end() {
      if (visible) stream.write("\r\x1b[K");
      visible = false;
    },
  };
}
