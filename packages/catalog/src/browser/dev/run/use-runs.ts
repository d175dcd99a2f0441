// The runs that a page shows: one, or two side by side.

import { useEffect, useRef, useState } from "preact/hooks";
import type { RunRequest } from "../../../dev/model-runs.js";
import { announce } from "../../themes.js";
import { isRunning, type RunState, startRun } from "./run.js";

export interface ShownRun {
  /** What ran: `v3`. */
  readonly title: string;
  readonly model: string;
  readonly state: RunState;
}

export interface Runs {
  readonly shown: readonly ShownRun[];
  readonly isRunning: boolean;
  start(runs: readonly PlannedRun[]): void;
  stop(): void;
}

export interface PlannedRun {
  readonly title: string;
  readonly request: RunRequest;
}

export function useRuns(): Runs {
  const [shown, setShown] = useState<readonly ShownRun[]>([]);
  const stop = useRef<AbortController>(null);
  useEffect(() => () => stop.current?.abort(), []);
  return {
    shown,
    isRunning: shown.some(({ state }) => isRunning(state)),
    async start(runs) {
      stop.current?.abort();
      const own = new AbortController();
      stop.current = own;
      setShown([]);
      announce("The prompt is sent");
      await Promise.all(
        runs.map(({ title, request }, index) => {
          const update = (state: RunState) => {
            if (stop.current !== own) return;
            setShown((before) => before.toSpliced(index, 1, { title, model: request.model, state }));
          };
          return startRun(request, update, own.signal);
        }),
      );
      if (stop.current === own) announce(own.signal.aborted ? "Stopped" : "The answer is complete");
    },
    stop: () => stop.current?.abort(),
  };
}
