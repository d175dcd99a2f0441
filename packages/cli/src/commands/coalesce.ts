// Runs a piece of work after a burst of triggers has settled: never twice at once, and once more if something came meanwhile.

export interface Loop {
  trigger(): void;
  /** Rejects when the work throws: a bug, which ends the loop. */
  readonly failed: Promise<never>;
  /** Takes no more triggers, and waits for the work that is under way. */
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
  failed.catch(() => {}); // Whoever waits for it sees it; nobody waiting is no second error.

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
    // A stream of triggers without a pause does not put the work off for ever.
    timer = setTimeout(start, now - since > settleMs * 10 ? 0 : settleMs);
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
