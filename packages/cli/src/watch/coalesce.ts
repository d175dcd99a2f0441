// Runs a function after a burst of triggers has settled: never twice at once, and once more if a trigger arrives while it runs.

export interface Loop {
  trigger(): void;
  /** Rejects when the function throws, which is a bug and ends the loop. */
  readonly failed: Promise<never>;
  /** Ignores further triggers, and waits for a run in progress. */
  stop(): Promise<void>;
}

export function coalesce(work: () => Promise<void>, settleMs: number): Loop {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let since = 0;
  let again = false;
  let stopped = false;
  let fail: (error: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => {}); // A rejection without a listener would end the process.

  const start = () => {
    timer = undefined;
    if (stopped) return;
    if (running !== undefined) {
      again = true;
      return;
    }
    running = work()
      .catch(fail)
      .finally(() => {
        running = undefined;
        if (!again) return;
        again = false;
        trigger();
      });
  };
  const trigger = () => {
    if (stopped) return;
    const now = performance.now();
    if (timer === undefined) since = now;
    clearTimeout(timer);
    // A stream of triggers without a pause must not delay the run forever. What a run in the middle of it misses, the next one sees.
    const isLate = now - since > settleMs * 10;
    if (isLate) again = true;
    timer = setTimeout(start, isLate ? 0 : settleMs);
  };
  return {
    trigger,
    failed,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
