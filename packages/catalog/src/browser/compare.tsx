// Compares two versions of a prompt. What is compared is in the URL: compare.html?name=greet&a=v1&b=v2

import { type JSX, render } from "preact";
import type { PromptChoice } from "../facts/describe-choice.js";
import type { VersionData } from "../facts/describe-version.js";
import { versionData } from "../links.js";
import { type DiffLayout, DiffView } from "../parts/diff-view.js";

interface State {
  readonly name: string;
  readonly a: string;
  readonly b: string;
  readonly layout: DiffLayout;
}

interface Loaded {
  readonly before: VersionData;
  readonly after: VersionData;
}

export async function startCompare(): Promise<void> {
  const root = document.getElementById("compare");
  if (root === null) return;
  root.textContent = "";
  const prompts = (await loadJson("data/prompts.json")) as readonly PromptChoice[] | undefined;
  if (prompts === undefined) return render(<Failed what="the list of prompts" />, root);
  let shown = 0;
  const show = async (wanted: Partial<State>, isNew: boolean) => {
    const own = ++shown;
    const state = complete(prompts, wanted);
    if (state === undefined) return render(<Nothing />, root);
    if (isNew) history.replaceState(undefined, "", `?${new URLSearchParams({ ...state })}`);
    const change = (next: Partial<State>) => void show({ ...state, ...next }, true);
    render(<Compare prompts={prompts} state={state} change={change} loaded="loading" />, root);
    const loaded = await load(prompts, state);
    // The choice has changed since.
    if (own !== shown) return;
    render(<Compare prompts={prompts} state={state} change={change} loaded={loaded} />, root);
  };
  await show(Object.fromEntries(new URLSearchParams(location.search)), false);
}

/** What was not asked for, or does not exist, is chosen: production and the latest version or, if they are the same, the last two. */
function complete(prompts: readonly PromptChoice[], wanted: Partial<State>): State | undefined {
  const prompt =
    prompts.find(({ name }) => name === wanted.name) ??
    prompts.find(({ versions }) => versions.includes("v2")) ??
    prompts[0];
  if (prompt === undefined) return undefined;
  const { versions, aliases } = prompt;
  const isKnown = (ref: string | undefined): ref is string =>
    ref !== undefined && (versions.includes(ref) || Object.hasOwn(aliases, ref));
  const released = versions.filter((version) => version !== "working");
  const last = released.at(-1) ?? versions.at(-1) ?? "";
  const isBehind = Object.hasOwn(aliases, "production") && aliases["production"] !== last;
  const layout = wanted.layout === "unified" || wanted.layout === "split" ? wanted.layout : defaultLayout();
  return {
    name: prompt.name,
    a: isKnown(wanted.a) ? wanted.a : isBehind ? "production" : (released.at(-2) ?? last),
    b: isKnown(wanted.b) ? wanted.b : last,
    layout,
  };
}

function defaultLayout(): DiffLayout {
  return innerWidth < 900 ? "unified" : "split";
}

async function load(prompts: readonly PromptChoice[], { name, a, b }: State): Promise<Loaded | undefined> {
  const aliases = prompts.find((prompt) => prompt.name === name)?.aliases ?? {};
  const file = (ref: string) => {
    const version = aliases[ref] ?? ref;
    return versionData(name, version === "working" ? version : Number(version.slice(1)));
  };
  const [before, after] = (await Promise.all([loadJson(file(a)), loadJson(file(b))])) as (VersionData | undefined)[];
  return before === undefined || after === undefined ? undefined : { before, after };
}

async function loadJson(path: string): Promise<unknown> {
  const url = path.split("/").map(encodeURIComponent).join("/");
  const response = await fetch(url).catch(() => undefined);
  return response?.ok === true ? response.json() : undefined;
}

interface CompareProps {
  readonly prompts: readonly PromptChoice[];
  readonly state: State;
  readonly change: (next: Partial<State>) => void;
  readonly loaded: Loaded | undefined | "loading";
}

function Compare({ prompts, state, change, loaded }: CompareProps): JSX.Element {
  const { name, a, b, layout } = state;
  const prompt = prompts.find((one) => one.name === name);
  const refs = [...(prompt?.versions ?? []).toReversed(), ...Object.keys(prompt?.aliases ?? {})];
  return (
    <>
      <div class="filters">
        <Choice
          label="Prompt"
          value={name}
          options={prompts.map((one) => one.name)}
          choose={(next) => change({ name: next, a: "", b: "" })}
        />
        <Choice label="Before" value={a} options={refs} choose={(next) => change({ a: next })} />
        <button type="button" class="quiet" onClick={() => change({ a: b, b: a })} aria-label="Swap the two versions">
          ⇄
        </button>
        <Choice label="After" value={b} options={refs} choose={(next) => change({ b: next })} />
        <Choice
          label="Layout"
          value={layout}
          options={["split", "unified"]}
          choose={(next) => change({ layout: next as DiffLayout })}
        />
      </div>
      {loaded === "loading" ? (
        <p class="note" role="status">
          Loading…
        </p>
      ) : loaded === undefined ? (
        <Failed what={`${name} ${a} or ${b}`} />
      ) : (
        <Differences loaded={loaded} layout={layout} />
      )}
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly string[];
  readonly choose: (value: string) => void;
}

function Choice({ label, value, options, choose }: ChoiceProps): JSX.Element {
  return (
    <label>
      <span class="field-label">{label}</span>
      <select value={value} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {options.map((option) => (
          <option value={option} selected={option === value}>
            {option}
          </option>
        ))}
      </select>
    </label>
  );
}

interface DifferencesProps {
  readonly loaded: Loaded;
  readonly layout: DiffLayout;
}

function Differences({ loaded: { before, after }, layout }: DifferencesProps): JSX.Element {
  const changed = [...new Set([...Object.keys(after), ...Object.keys(before)])].filter(
    (part) => before[part] !== after[part],
  );
  if (changed.length === 0) return <p class="empty">Both are the same.</p>;
  return (
    <>
      {changed.map((part) => (
        <section key={part}>
          <h2>{part}</h2>
          <DiffView
            before={before[part] ?? ""}
            after={after[part] ?? ""}
            layout={layout}
            label={`Changes of ${part}`}
          />
        </section>
      ))}
    </>
  );
}

function Failed({ what }: { readonly what: string }): JSX.Element {
  return (
    <p class="callout warning" role="alert">
      This site does not have {what}, or the network failed.{" "}
      <button type="button" class="link" onClick={() => location.reload()}>
        Try again
      </button>
    </p>
  );
}

function Nothing(): JSX.Element {
  return <p class="empty">No prompts to compare yet.</p>;
}
