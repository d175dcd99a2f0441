// Lets the signals that end this process end the git programs that it has started as well.

import type { ChildProcess } from "node:child_process";
import { rmSync } from "node:fs";

const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"] as const;

/** The programs that are running, with their folders. */
const running = new Map<ChildProcess, string>();
let handled: readonly NodeJS.Signals[] = [];

/**
 * Starts a program, and ends it and removes its folder when a signal ends this process. A host that handles the signal decides for
 * itself.
 *
 * @param start Called once the signals are handled: one that comes while the program starts ends it as well.
 * @returns The program, and a function to call when it has ended: signals then no longer concern it.
 */
export function endTogether(start: () => ChildProcess, folder: string): [child: ChildProcess, release: () => void] {
  if (running.size === 0) {
    handled = SIGNALS.filter((signal) => process.listenerCount(signal) === 0);
    for (const signal of handled) process.on(signal, end);
  }
  const child = start();
  running.set(child, folder);
  return [
    child,
    () => {
      if (running.delete(child) && running.size === 0) release();
    },
  ];
}

function end(signal: NodeJS.Signals): void {
  for (const [child, folder] of running) {
    child.kill(signal);
    rmSync(folder, { recursive: true, force: true });
  }
  running.clear();
  release();
  process.kill(process.pid, signal);
}

function release(): void {
  for (const signal of handled) process.off(signal, end);
  handled = [];
}
