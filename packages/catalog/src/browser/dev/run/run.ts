// One run of a prompt on a model: asks the server, and collects what arrives.

import type { RunEvent, RunFailure, RunRequest, RunResult } from "../../../dev/model-runs.js";
import { post, Refused } from "../request.js";

export interface RunState {
  readonly status: "waiting" | "streaming" | "done" | "failed" | "stopped";
  readonly text: string;
  readonly reasoning: string;
  readonly tools: readonly { readonly name: string; readonly input: unknown }[];
  readonly warnings: readonly string[];
  readonly failure?: RunFailure;
  readonly result?: RunResult;
}

export function isRunning({ status }: RunState): boolean {
  return status === "waiting" || status === "streaming";
}

const START: RunState = { status: "waiting", text: "", reasoning: "", tools: [], warnings: [] };

/**
 * @param update Called with each state, at most once per frame; last with one that is `done`, `failed` or `stopped`.
 * @param signal Stops the run.
 */
export async function startRun(
  request: RunRequest,
  update: (state: RunState) => void,
  signal: AbortSignal,
): Promise<void> {
  let state = START;
  let frame = 0;
  const draw = () => {
    frame = 0;
    update(state);
  };
  const finish = (last: Partial<RunState>) => {
    cancelAnimationFrame(frame);
    state = { ...state, ...last };
    update(state);
  };
  update(state);
  try {
    const response = await post("run", request, signal);
    for await (const event of readEvents(response)) {
      state = add(state, event);
      frame ||= requestAnimationFrame(draw);
    }
    finish(state.status === "done" || state.status === "failed" ? {} : BROKEN);
  } catch (error) {
    if (signal.aborted) finish({ status: "stopped" });
    else finish(error instanceof Refused ? refusedBy(error) : BROKEN);
  }
}

const BROKEN: Pick<RunState, "status" | "failure"> = {
  status: "failed",
  failure: { problem: "The connection to cuecard dev broke.", hint: "Check whether it still runs in the terminal." },
};

function refusedBy({ message }: Refused): Pick<RunState, "status" | "failure"> {
  return { status: "failed", failure: { problem: "The prompt was not sent.", hint: "", detail: message } };
}

function add(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case "text":
      return { ...state, status: "streaming", text: state.text + event.text };
    case "reasoning":
      return { ...state, status: "streaming", reasoning: state.reasoning + event.text };
    case "tool-call":
      return { ...state, status: "streaming", tools: [...state.tools, event] };
    case "warning":
      return { ...state, warnings: [...state.warnings, event.message] };
    case "error":
      return { ...state, status: "failed", failure: event };
    case "done":
      return { ...state, status: "done", result: event };
  }
}

/** The lines of the answer, each of which is one event. */
async function* readEvents({ body }: Response): AsyncGenerator<RunEvent> {
  if (body === null) return;
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + value).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line !== "") yield JSON.parse(line) as RunEvent;
  }
}
