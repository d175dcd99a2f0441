// Runs pieces of work one after the other: the requests of all clients read one repository, in one process.

export interface Turns {
  /**
   * Runs the work after all that came before.
   *
   * @param signal If it is aborted before its turn, the work is not started.
   * @throws TooMany if too much is waiting: a client that floods the server must not fill its memory.
   */
  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Waits for the work that has been started. */
  settled(): Promise<void>;
}

export class TooMany extends Error {}

/** @param most How many pieces of work may wait. */
export function takeTurns(most: number): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    async run<T>(work: () => Promise<T>, signal?: AbortSignal) {
      if (waiting >= most)
        throw new TooMany("too many requests are waiting: send the next ones after some were answered");
      waiting++;
      const turn = last.then(() => {
        signal?.throwIfAborted();
        return work();
      });
      last = turn.catch(() => {});
      try {
        return await turn;
      } finally {
        waiting--;
      }
    },
    async settled() {
      await last;
    },
  };
}
