// Compares two versions of a prompt. What is compared is in the URL: compare.html?name=greet&a=v1&b=v2

import { compareFacts } from "@cuecard/build/compare-facts";
import { type JSX, render } from "preact";
import type { PromptChoice } from "../facts/describe-choice.js";
import { partsOf, type VersionData } from "../facts/version-data.js";
import { versionData } from "../links.js";
import { ChangeList } from "../parts/changes.js";
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
    const props = { prompts, state, change, missing: missingOf(prompts, wanted, state) };
    render(<Compare {...props} loaded="loading" />, root);
    const loaded = await load(prompts, state);
    // The choice has changed since.
    if (own !== shown) return;
    render(<Compare {...props} loaded={loaded} />, root);
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

/** What the link names and this site does not have. */
function missingOf(prompts: readonly PromptChoice[], wanted: Partial<State>, state: State): string[] {
  if (wanted.name !== undefined && wanted.name !== state.name)
    return prompts.some(({ name }) => name === wanted.name) ? [] : [wanted.name];
  return (
    [
      ["a", wanted.a],
      ["b", wanted.b],
    ] as const
  ).flatMap(([side, ref]) =>
    ref === undefined || ref === "" || ref === state[side] ? [] : [`${ref} of ${state.name}`],
  );
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
  /** What was asked for and does not exist. */
  readonly missing: readonly string[];
}

function Compare({ prompts, state, change, loaded, missing }: CompareProps): JSX.Element {
  const { name, a, b, layout } = state;
  const prompt = prompts.find((one) => one.name === name);
  const refs = {
    Environments: Object.keys(prompt?.aliases ?? {}),
    Versions: (prompt?.versions ?? []).toReversed(),
  };
  return (
    <>
      <div class="filters">
        <Choice
          label="Prompt"
          value={name}
          groups={{ "": prompts.map((one) => one.name) }}
          choose={(next) => change({ name: next, a: "", b: "" })}
        />
        <Choice label="Before" value={a} groups={refs} choose={(next) => change({ a: next })} />
        <button type="button" class="quiet" onClick={() => change({ a: b, b: a })} aria-label="Swap the two versions">
          ⇄
        </button>
        <Choice label="After" value={b} groups={refs} choose={(next) => change({ b: next })} />
        <Choice
          label="Layout"
          value={layout}
          groups={{ "": ["split", "unified"] }}
          choose={(next) => change({ layout: next as DiffLayout })}
        />
      </div>
      {missing.length > 0 && (
        <p class="callout warning" role="alert">
          This site does not have {missing.join(" or ")}, so others are shown.
        </p>
      )}
      {[...new Set([a, b])].map((ref) => {
        const split = prompt?.splits?.[ref];
        if (split === undefined) return null;
        return (
          <p class="note">
            {ref} has several versions ({split}). The one with the largest share is compared.
          </p>
        );
      })}
      {loaded === "loading" ? (
        <p class="note" role="status">
          Loading…
        </p>
      ) : loaded === undefined ? (
        <Failed what={`${name} ${a} or ${b}`} />
      ) : (
        <Differences loaded={loaded} layout={layout} sides={[a, b]} />
      )}
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  /** Options by the heading above them; those below an empty one have none. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly choose: (value: string) => void;
}

function Choice({ label, value, groups, choose }: ChoiceProps): JSX.Element {
  const print = (options: readonly string[]) =>
    options.map((option) => (
      <option value={option} selected={option === value}>
        {option}
      </option>
    ));
  return (
    <label>
      <span class="field-label">{label}</span>
      <select value={value} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {Object.entries(groups).map(([heading, options]) =>
          options.length === 0 ? null : heading === "" ? (
            print(options)
          ) : (
            <optgroup label={heading}>{print(options)}</optgroup>
          ),
        )}
      </select>
    </label>
  );
}

interface DifferencesProps {
  readonly loaded: Loaded;
  readonly layout: DiffLayout;
  readonly sides: readonly [before: string, after: string];
}

function Differences({ loaded: { before, after }, layout, sides }: DifferencesProps): JSX.Element {
  const [was, is] = [before, after].map((data) => new Map(partsOf(data).map(({ title, text }) => [title, text])));
  const titles = [...new Set([...(is?.keys() ?? []), ...(was?.keys() ?? [])])];
  const changed = titles.filter((title) => was?.get(title) !== is?.get(title));
  if (changed.length === 0) return <p class="empty">Both are the same.</p>;
  return (
    <>
      <Summary before={before} after={after} sides={sides} />
      {changed.map((title) => (
        <section key={title}>
          <h2>
            {title} <OnlyIn side={!was?.has(title) ? sides[1] : !is?.has(title) ? sides[0] : undefined} />
          </h2>
          <DiffView
            before={was?.get(title) ?? ""}
            after={is?.get(title) ?? ""}
            layout={layout}
            label={`Changes of ${title}`}
          />
        </section>
      ))}
    </>
  );
}

/** What the compiler says about the two: the same as in reviews. */
function Summary({ before, after, sides }: Loaded & Pick<DifferencesProps, "sides">): JSX.Element {
  const changes = compareFacts(before.facts, after.facts);
  const isBreaking = changes.some(({ breaking }) => breaking);
  return (
    <section>
      <h2>Summary</h2>
      <p class={`callout ${isBreaking ? "error" : "good"}`}>
        {isBreaking
          ? `Code that works with ${sides[0]} can fail with ${sides[1]}.`
          : `Code that works with ${sides[0]} works with ${sides[1]}.`}
      </p>
      <ChangeList changes={changes} />
    </section>
  );
}

function OnlyIn({ side }: { readonly side: string | undefined }): JSX.Element | null {
  return side === undefined ? null : <span class="chip">only in {side}</span>;
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
