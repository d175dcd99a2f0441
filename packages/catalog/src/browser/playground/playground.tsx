// Tries a version: a form for its input, and what it renders, by the same compiled code that services run. Nothing is sent.

import { type JSX, render } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import type { TrialFacts } from "../../facts/describe-input.js";
import { copyText } from "../copy.js";
import { isRecord } from "../is-record.js";
import { messageOf } from "../message-of.js";
import { curlOf, PROVIDERS } from "./curl.js";
import { ExampleChoice } from "./example-choice.js";
import { Members } from "./fields.js";
import { emptyValue, formOf } from "./form-of.js";
import { JsonField } from "./inputs.js";
import { type Keys, type Problem, Problems } from "./problems.js";

type Input = Readonly<Record<string, unknown>>;

interface Message {
  readonly role: string;
  readonly content: string | readonly ({ readonly type: "text"; readonly text: string } | { readonly url: string })[];
}

/** A version, as its code exports it. */
interface TriedPrompt {
  readonly name: string;
  readonly version: number | "working";
  messages(input: Input): readonly Message[];
  /** As a Standard Schema: what is wrong with single values. */
  readonly input: {
    readonly "~standard": {
      validate(input: Input): { readonly issues?: readonly { readonly message: string; readonly path: Keys }[] };
    };
  };
}

export async function startPlayground(): Promise<void> {
  const root = document.getElementById("playground");
  const data = document.getElementById("trial");
  if (root === null || data === null) return;
  const facts = JSON.parse(data.textContent) as TrialFacts;
  root.textContent = "";
  const code = new URL(root.dataset["code"] ?? "", location.href).href;
  try {
    const { prompt } = (await import(code)) as { readonly prompt: TriedPrompt };
    render(<Playground prompt={prompt} facts={facts} root={root} />, root);
  } catch (error) {
    render(<Failed problem={String(error)} />, root);
  }
}

function Failed({ problem }: { readonly problem: string }): JSX.Element {
  return (
    <p class="callout warning" role="alert">
      The prompt's code could not be loaded: {problem}{" "}
      <button type="button" class="link" onClick={() => location.reload()}>
        Try again
      </button>
    </p>
  );
}

interface PlaygroundProps {
  readonly prompt: TriedPrompt;
  readonly facts: TrialFacts;
}

interface RootProps extends PlaygroundProps {
  /** `cuecard dev` reads the input here. */
  readonly root: HTMLElement;
}

function Playground({ prompt, facts, root }: RootProps): JSX.Element {
  const { schema, examples } = facts;
  const [input, setInput] = useState<Input>(() => readInput() ?? examples[0]?.input ?? startInput(facts));
  const [isJson, setIsJson] = useState(false);
  // At once: the page may load again before the browser has drawn it.
  useLayoutEffect(() => {
    keepInput(input);
    root.dataset["input"] = JSON.stringify(input);
  }, [input]);
  const form = formOf(schema, schema);
  const outcome = run(prompt, input);
  return (
    <Problems.Provider value={"problems" in outcome ? outcome.problems : []}>
      <div class="playground">
        <div>
          <div class="filters">
            <ExampleChoice examples={examples} change={setInput} />
            <button type="button" class="quiet" onClick={() => setInput(startInput(facts))}>
              Clear
            </button>
            <button type="button" class="quiet" aria-pressed={isJson} onClick={() => setIsJson(!isJson)}>
              JSON
            </button>
          </div>
          {form.kind !== "object" || isJson ? (
            <JsonField
              value={input}
              change={(next) => setInput(next as Input)}
              id="input"
              label="Input as JSON"
              keys={[]}
            />
          ) : form.members.length === 0 ? (
            <p class="note">The prompt has no inputs.</p>
          ) : (
            <Members
              {...{ schema, root: schema, members: form.members, value: input, id: "input", keys: [] }}
              defaults={facts.defaults}
              change={(next) => setInput(next as Input)}
            />
          )}
        </div>
        <div>
          <Result outcome={outcome} facts={facts} />
          <Requests prompt={prompt} input={input} />
        </div>
      </div>
    </Problems.Provider>
  );
}

type Outcome =
  | { readonly messages: readonly Message[] }
  /** What the run time says, and what it says about single values. */
  | { readonly refused: string; readonly problems: readonly Problem[] };

function run(prompt: TriedPrompt, input: Input): Outcome {
  try {
    return { messages: prompt.messages(input) };
  } catch (error) {
    const { issues = [] } = prompt.input["~standard"].validate(input);
    return {
      refused: messageOf(error),
      problems: issues.map(({ message, path }) => ({ keys: path, text: message })),
    };
  }
}

function Result({ outcome, facts }: Pick<PlaygroundProps, "facts"> & { readonly outcome: Outcome }): JSX.Element {
  if ("refused" in outcome)
    return (
      <p class="callout warning" role="status">
        {outcome.refused}
      </p>
    );
  const { messages } = outcome;
  const texts = messages.map(({ role, content }) => ({ role, text: textOf(content) }));
  const all = texts.reduce((sum, { text }) => sum + text.length, 0);
  let cached = facts.prefix.length;
  return (
    <>
      {texts.map(({ role, text }) => {
        const own = Math.min(cached, text.length);
        cached -= own;
        return (
          <div class={`message ${role}`}>
            <p class="role">{role}</p>
            <pre>
              {own > 0 && <span class="cached">{text.slice(0, own)}</span>}
              {text.slice(own)}
            </pre>
          </div>
        );
      })}
      <p class="note">
        About {Math.round(all / facts.charactersPerToken).toLocaleString("en-US")} tokens, estimated from the length of
        the text
        {facts.prefix !== "" && (
          <>
            ; <span class="cached">what is underlined</span> is the same for every input, so providers can cache it
          </>
        )}
        .
      </p>
    </>
  );
}

function Requests({ prompt, input }: Pick<PlaygroundProps, "prompt"> & { readonly input: Input }): JSX.Element {
  const copy = (provider: (typeof PROVIDERS)[number]) =>
    copyText(() => curlOf(provider, prompt as never, input), `The request for ${provider} is copied`);
  return (
    <p class="note">
      Copy as cURL:{" "}
      {PROVIDERS.map((provider) => (
        <>
          <button type="button" class="link" onClick={() => copy(provider)}>
            {provider}
          </button>{" "}
        </>
      ))}
    </p>
  );
}

function textOf(content: Message["content"]): string {
  if (typeof content === "string") return content;
  return content.map((part) => ("text" in part ? part.text : `[${part.url}]`)).join("");
}

/** What has a default is left out. */
function startInput({ schema, defaults }: TrialFacts): Input {
  const empty = emptyValue(schema, schema);
  const entries = Object.entries(isRecord(empty) ? empty : {});
  return Object.fromEntries(entries.filter(([name]) => !Object.hasOwn(defaults, name)));
}

/** The input is in the address, after `#`: browsers do not send that part to the server. */
const KEY = "#try=";

function readInput(): Input | undefined {
  if (!location.hash.startsWith(KEY)) return undefined;
  try {
    const input: unknown = JSON.parse(decodeURIComponent(location.hash.slice(KEY.length)));
    return isRecord(input) ? input : undefined;
  } catch {
    return undefined;
  }
}

let isFirst = true;

function keepInput(input: Input): void {
  // The address changes only when the input was edited.
  if (!isFirst) history.replaceState(undefined, "", `${KEY}${encodeURIComponent(JSON.stringify(input))}`);
  isFirst = false;
}
