// Keeps the repository of a plan for a moment: applying the plan at once need not open it, list its tags and start a
// process for objects again. A plan that is not applied must not keep a process for as long as the registry is open.

import type { Repository } from "@cuecard/registry";

/** In milliseconds. A plan that is applied later opens the repository again. */
const PATIENCE = 1000;

interface KeptRepository {
  /** Keeps a repository in place of the one that was kept before. */
  keep(repository: Repository): void;
  /** The repository, which its taker closes; `undefined` if none is kept any more. */
  take(): Repository | undefined;
  close(): void;
}

export function keepPlanned(): KeptRepository {
  let kept: Repository | undefined;
  let timer: NodeJS.Timeout | undefined;

  function take(): Repository | undefined {
    const taken = kept;
    kept = undefined;
    clearTimeout(timer);
    return taken;
  }

  /** Does not wait: the process ends by itself, and closing never rejects. */
  function close(): void {
    void take()?.close();
  }

  return {
    keep(repository) {
      close();
      kept = repository;
      timer = setTimeout(close, PATIENCE).unref();
    },
    take,
    close,
  };
}
