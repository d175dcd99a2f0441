// Runs pieces of work one after the other: the requests of all clients read one repository, in one process.

export interface Turns {
  /**
   * Runs the work after all that came before.
   *
   * @param signal If it is aborted before its turn, the work is not started.
   */
  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Waits for the work that has been started. */
  settled(): Promise<void>;
}

export function takeTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run<T>(work: () => Promise<T>, signal?: AbortSignal) {
      const turn = last.then(() => {
        signal?.throwIfAborted();
        return work();
      });
      last = turn.catch(() => {});
      return turn;
    },
    async settled() {
      await last;
    },
  };
}
