// What a run brought: the answer as it comes in, then tokens, times, and whether it fits the schema. All of it is text.

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { RunFailure, RunResult } from "../../../dev/model-runs.js";
import { copyText } from "../../copy.js";
import { isRunning, type RunState } from "./run.js";

export interface AnswerProps {
  readonly title: string;
  readonly model: string;
  readonly state: RunState;
}

export function Answer({ title, model, state }: AnswerProps): JSX.Element {
  const { text, reasoning, tools, warnings, failure, result, status } = state;
  return (
    <section class={`answer ${status}`} aria-label={`Answer of ${title}`} aria-busy={isRunning(state)}>
      <div class="pane-head">
        <h3>
          {title} <span class="note">{model}</span>
        </h3>
        <Status state={state} />
      </div>
      {warnings.length > 0 && (
        <div class="callout warning">
          {warnings.map((warning) => (
            <p>{sentence(warning)}</p>
          ))}
        </div>
      )}
      {reasoning !== "" && (
        <details class="file" open={text === ""}>
          <summary>Reasoning</summary>
          <pre class="code">{reasoning}</pre>
        </details>
      )}
      {text !== "" && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys.
        <section class="answer-text" tabIndex={0} aria-label="The model's answer">
          <pre class="code">{text}</pre>
        </section>
      )}
      {tools.map(({ name, input }) => (
        <div class="tool-call">
          <p class="role">
            asks for <code>{name}</code> <span class="note">(not called)</span>
          </p>
          <pre class="code">{JSON.stringify(input, undefined, 2)}</pre>
        </div>
      ))}
      {failure !== undefined && <Failure failure={failure} isPartial={text !== ""} />}
      {status === "stopped" && <p class="note">Stopped. The model may have been charged for what it had written.</p>}
      {result !== undefined && <Result result={result} text={text} />}
    </section>
  );
}

const WORDS: Readonly<Record<RunState["status"], string>> = {
  waiting: "Waiting for the first token…",
  streaming: "Answering…",
  done: "Done",
  failed: "Failed",
  stopped: "Stopped",
};

function Status({ state }: Pick<AnswerProps, "state">): JSX.Element {
  const seconds = useSeconds(state.status === "waiting");
  return (
    <p class={`run-state ${state.status}`}>
      {WORDS[state.status]}
      {state.status === "waiting" && seconds > 1 && ` ${seconds} s`}
    </p>
  );
}

/** How long it has been going. */
function useSeconds(isOn: boolean): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (!isOn) return;
    setSeconds(0);
    const timer = setInterval(() => setSeconds((count) => count + 1), 1_000);
    return () => clearInterval(timer);
  }, [isOn]);
  return seconds;
}

function Failure({ failure, isPartial }: { readonly failure: RunFailure; readonly isPartial: boolean }): JSX.Element {
  const { problem, hint, detail, retryAfter } = failure;
  return (
    <div class="callout error" role="alert">
      <p>
        <strong>{problem}</strong> {hint}
        {retryAfter !== undefined && ` The provider asks to wait ${retryAfter.toLocaleString("en-US")} s.`}
      </p>
      {detail !== undefined && <p class="detail">{detail}</p>}
      {isPartial && <p class="note">What had arrived is above.</p>}
    </div>
  );
}

function Result({ result, text }: { readonly result: RunResult; readonly text: string }): JSX.Element {
  const { answer, note, usage, firstAfter, total, finishReason } = result;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["Input", tokens(usage.input, usage.cached, "cached")],
    ["Output", tokens(usage.output, usage.reasoning, "reasoning")],
    ["First token", firstAfter === undefined ? undefined : duration(firstAfter)],
    ["Total", duration(total)],
    ["Finish reason", finishReason],
  ];
  return (
    <>
      {note !== undefined && <p class="callout warning">{note}</p>}
      {answer?.isValid === true && <p class="callout good">The answer fits the output schema.</p>}
      {answer?.isValid === false && (
        <div class="callout error">
          <p>
            <strong>The answer does not fit the output schema.</strong> Services get this error:
          </p>
          <p class="detail">{answer.problem}</p>
        </div>
      )}
      <dl class="run-facts">
        {facts.map(
          ([name, value]) =>
            value !== undefined && (
              <div>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {text !== "" && (
        <button type="button" class="link" onClick={() => copyText(() => text, "The answer is copied")}>
          Copy answer
        </button>
      )}
    </>
  );
}

function tokens(count: number | undefined, part: number | undefined, name: string): string | undefined {
  if (count === undefined) return undefined;
  const own = part === undefined || part === 0 ? "" : ` (${part.toLocaleString("en-US")} ${name})`;
  return `${count.toLocaleString("en-US")} tokens${own}`;
}

function duration(milliseconds: number): string {
  return milliseconds < 1_000 ? `${milliseconds} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
