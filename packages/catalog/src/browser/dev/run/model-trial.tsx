// Runs a version, or an edited text, on a model: what to run it on, the button, and the answers.

import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ModelChoice, Models, RunRequest } from "../../../dev/model-runs.js";
import type { OtherVersion } from "../../../facts/describe-run.js";
import { isApple } from "../is-apple.js";
import { Answer } from "./answer.js";
import { useModels } from "./use-models.js";
import { type PlannedRun, useRuns } from "./use-runs.js";

export interface ModelTrialProps {
  /** Of the prompt. */
  readonly name: string;
  /** `v3` or `working`. */
  readonly version: string;
  /** How people call what runs: `v3`, `this text`. */
  readonly title: string;
  /** The prompt's own model. */
  readonly model?: string;
  /** The whole text of an edited prompt, in place of its file. */
  readonly text?: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly privateNames: readonly string[];
  /** What can run beside it. */
  readonly others: readonly OtherVersion[];
  /** Called when there are answers, which a page that loads again would lose. */
  readonly onRun?: () => void;
}

export function ModelTrial(props: ModelTrialProps): JSX.Element {
  const { models, problem, choice, choose } = useModels(props.model);
  if (problem !== undefined) return <p class="callout warning">The models are not known: {problem}.</p>;
  if (models === undefined) return <p class="note">Looking for models…</p>;
  if (!models.isOn) return <Off />;
  if (choice === undefined) return <NoProvider />;
  return <OpenTrial {...props} models={models} choice={choice} choose={choose} />;
}

function Off(): JSX.Element {
  return (
    <div class="callout">
      <p>
        Running prompts on a model is off. To switch it on, start with a key in the environment, or with a server of
        your own:
      </p>
      <pre class="code">{"npx cuecard dev --model-calls\nnpx cuecard dev --base-url http://localhost:11434/v1"}</pre>
    </div>
  );
}

function NoProvider(): JSX.Element {
  return (
    <div class="callout warning">
      <p>
        <strong>There is no API key.</strong> In the shell, set <code>OPENAI_API_KEY</code>,{" "}
        <code>ANTHROPIC_API_KEY</code> or <code>GOOGLE_GENERATIVE_AI_API_KEY</code>, or pass <code>--base-url</code>{" "}
        with the address of a server that has OpenAI's API. Then start <code>cuecard dev --model-calls</code> again.
      </p>
    </div>
  );
}

interface OpenTrialProps extends ModelTrialProps {
  readonly models: Extract<Models, { isOn: true }>;
  readonly choice: ModelChoice;
  readonly choose: (choice: ModelChoice) => void;
}

function OpenTrial(props: OpenTrialProps): JSX.Element {
  const { models, choice, choose, title, others, privateNames, onRun } = props;
  const [other, setOther] = useState("");
  const runs = useRuns();
  const answers = useRef<HTMLDivElement>(null);
  // Where the answer appears: below a long prompt, nothing would seem to happen.
  useEffect(() => {
    if (runs.isRunning) answers.current?.scrollIntoView({ block: "nearest" });
  }, [runs.isRunning]);
  const canRun = choice.model.trim() !== "";
  const start = () => {
    if (!canRun) return;
    onRun?.();
    runs.start(planRuns(props, other));
  };
  useRunKey(start);
  const provider = models.providers.find(({ id }) => id === choice.provider);
  return (
    <div class="trial">
      <div class="filters">
        {models.providers.length > 1 && (
          <label>
            <span class="field-label">Provider</span>
            <select
              value={choice.provider}
              onChange={({ currentTarget: { value } }) =>
                choose({ provider: value, model: models.providers.find(({ id }) => id === value)?.models[0] ?? "" })
              }
            >
              {models.providers.map(({ id, name }) => (
                <option value={id} selected={id === choice.provider}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
        <label class="model-name">
          <span class="field-label">Model</span>
          <input
            type="text"
            list="model-names"
            value={choice.model}
            autocomplete="off"
            spellcheck={false}
            onInput={({ currentTarget }) => choose({ ...choice, model: currentTarget.value })}
          />
          <datalist id="model-names">
            {provider?.models.map((name) => (
              <option value={name} />
            ))}
          </datalist>
        </label>
        {others.length > 0 && (
          <label>
            <span class="field-label">Compare with</span>
            <select value={other} onChange={({ currentTarget }) => setOther(currentTarget.value)}>
              <option value="">Nothing</option>
              {others.map(({ version, label }) => (
                <option value={version}>{label}</option>
              ))}
            </select>
          </label>
        )}
        {runs.isRunning ? (
          <button type="button" class="button" onClick={runs.stop}>
            Stop
          </button>
        ) : (
          <button type="button" class="primary" aria-disabled={!canRun} onClick={start}>
            Run <kbd>{isApple() ? "⌘" : "Ctrl"} ↵</kbd>
          </button>
        )}
      </div>
      {models.note !== undefined && <p class="note">{models.note}</p>}
      {provider?.problem !== undefined && (
        <p class="callout warning">
          {provider.problem.problem} {provider.problem.hint}
        </p>
      )}
      <p class="note">
        The messages, with all their values, go to {provider?.host}. Nothing is stored on this machine.
        {privateNames.length > 0 && (
          <>
            {" "}
            They contain private values: <strong>{privateNames.join(", ")}</strong>.
          </>
        )}
      </p>
      <div class="answers" ref={answers}>
        {runs.shown.map((run) => (
          <Answer {...run} key={run.title} />
        ))}
      </div>
      {runs.shown.length === 0 && <p class="note empty-answer">The answer of {title} appears here.</p>}
    </div>
  );
}

function planRuns({ name, version, title, text, input, choice, others }: OpenTrialProps, other: string): PlannedRun[] {
  const request: RunRequest = { name, version, input, ...choice };
  const own: PlannedRun = { title, request: text === undefined ? request : { ...request, text } };
  const beside = others.find((one) => one.version === other);
  if (beside === undefined) return [own];
  return [own, { title: beside.label, request: { ...request, version: beside.version } }];
}

/** Ctrl-Enter or Cmd-Enter, wherever the cursor is. An editor would add a line. */
function useRunKey(run: () => void): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      // What was typed just before is drawn, and so counts, with the next frame.
      requestAnimationFrame(() => setTimeout(() => latest.current()));
    };
    addEventListener("keydown", press, { capture: true });
    return () => removeEventListener("keydown", press, { capture: true });
  }, []);
}
