// Finds inputs that render the branches which no example renders: it starts from the examples that are there and from made inputs, changes
// one value at a time, and keeps what renders something new.

import type { CompiledContent, Example } from "../model.js";
import { type Template, visitTemplate } from "../template/ir.js";
import { ABSENT, type Alternative, SampleValues } from "./sample-values.js";
import { makeUnique } from "./unique-name.js";

/** How many inputs are tried for a prompt. */
const MAX_TRIED = 3_000;

export interface ExampleSearch {
  readonly content: Pick<CompiledContent, "inputSchema" | "defaults" | "examples">;
  readonly template: Template;
  /** All branches of the prompt, by number. */
  readonly branches: ReadonlySet<number>;
  /** The branches that an input renders, by number; `undefined` if it is not valid. */
  readonly render: (input: Example["input"]) => ReadonlySet<number> | undefined;
  /** The branches that examples of other prompts render. */
  readonly known: ReadonlySet<number>;
}

/** @returns The examples to add, in the order in which they were found; empty if nothing is missing. */
export function findExamples({ content, template, branches, render, known }: ExampleSearch): Example[] {
  const samples = new SampleValues(content.inputSchema, literalsOf(template));
  const covered = new Set(known);
  const bases: Example[] = [];
  const found: Example[] = [];
  for (const example of content.examples) {
    for (const branch of render(example.input) ?? []) covered.add(branch);
    bases.push(example);
  }
  let tried = 0;
  const isDone = () => tried >= MAX_TRIED || (bases.length > 0 && [...branches].every((branch) => covered.has(branch)));
  const tries = new Set(content.examples.map(({ input }) => JSON.stringify(input)));
  const attempt = (name: string, input: Example["input"], isWanted = false): boolean => {
    tried++;
    const key = JSON.stringify(input);
    if (tries.has(key)) return false;
    tries.add(key);
    const reached = render(input);
    if (reached === undefined || !(isWanted || [...reached].some((branch) => !covered.has(branch)))) return false;
    for (const branch of reached) covered.add(branch);
    const example = { name, input };
    found.push(example);
    bases.push(example);
    return true;
  };
  // A prompt without examples gets one in any case.
  const made = [
    { name: "every value", input: withoutDefaults(samples.full(), content.defaults) },
    { name: "only required values", input: samples.minimal() },
  ];
  for (const { name, input } of made) if (!isDone()) attempt(name, input, bases.length === 0);
  // What is made also is a place to start from, where no example is.
  const starts = [...bases, ...made.filter(({ input }) => render(input) !== undefined)];
  for (let at = 0; at < starts.length; at++) {
    const base = starts[at];
    if (base === undefined || isDone()) break;
    for (const alternative of samples.alternatives({ ...content.defaults, ...base.input })) {
      if (isDone()) break;
      if (attempt(alternative.label, change(base.input, alternative))) {
        const last = found.at(-1);
        if (last !== undefined) starts.push(last);
      }
    }
  }
  // Two values at once: where one branch is inside of another that no single change reaches.
  for (const base of starts.slice(0, 20)) {
    const alternatives = isDone() ? [] : samples.alternatives({ ...content.defaults, ...base.input });
    for (const first of alternatives)
      for (const second of alternatives) {
        if (isDone()) break;
        if (first !== second && !isWithin(second.path, first.path))
          attempt(`${first.label}, ${second.label}`, change(change(base.input, first), second));
      }
  }
  const kept = withoutNeedless(found, { render, known, examples: content.examples });
  return withUniqueNames(
    kept.map((example) => shorten(example, samples, render)),
    content.examples,
  );
}

/** How long an input may be as JSON before what no branch needs is left out. */
const LONG = 300;
/** How many shorter inputs are tried. */
const MAX_SHORTENED = 500;

/** A long input without the values that no branch needs: usually those of a schema that prompts share. */
function shorten({ name, input }: Example, samples: SampleValues, render: ExampleSearch["render"]): Example {
  if (JSON.stringify(input).length <= LONG) return { name, input };
  const needed = [...(render(input) ?? [])];
  let [shorter, tried, isShorter] = [input, 0, true];
  while (isShorter) {
    isShorter = false;
    for (const alternative of samples.alternatives(shorter)) {
      // What is around it may be gone.
      if (alternative.value !== ABSENT || !has(shorter, alternative.path) || tried++ >= MAX_SHORTENED) continue;
      const candidate = change(shorter, alternative);
      if (!needed.every((branch) => render(candidate)?.has(branch))) continue;
      shorter = candidate;
      isShorter = true;
    }
  }
  return { name: name === "every value" ? "needed values" : name, input: shorter };
}

/** Without those that the later ones make needless. */
function withoutNeedless(
  found: readonly Example[],
  { render, known, examples }: Pick<ExampleSearch, "render" | "known"> & { readonly examples: readonly Example[] },
): readonly Example[] {
  const reached = new Map(
    [...examples, ...found].map((example) => [example, render(example.input) ?? new Set<number>()]),
  );
  let kept = [...found];
  for (const example of found) {
    const others = new Set([
      ...known,
      ...[...examples, ...kept].flatMap((other) => (other === example ? [] : [...(reached.get(other) ?? [])])),
    ]);
    const isNeedless = [...(reached.get(example) ?? [])].every((branch) => others.has(branch));
    if (isNeedless && examples.length + kept.length > 1) kept = kept.filter((other) => other !== example);
  }
  return kept;
}

function withUniqueNames(found: readonly Example[], examples: readonly Example[]): Example[] {
  const taken = new Set(examples.map(({ name }) => name));
  return found.map(({ name, input }) => {
    const unique = makeUnique(name, taken);
    taken.add(unique);
    return { name: unique, input };
  });
}

/** An input with one value replaced; the other values are shared. */
function change(input: Example["input"], { path, value }: Alternative): Example["input"] {
  return set(input, path, value) as Example["input"];
}

function set(value: unknown, [key, ...rest]: readonly string[], to: unknown): unknown {
  if (key === undefined) return to;
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === key ? set(item, rest, to) : item));
  const object = typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  if (rest.length === 0 && to === ABSENT)
    return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
  return { ...object, [key]: set(object[key], rest, to) };
}

function has(value: unknown, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return true;
  return (
    typeof value === "object" &&
    value !== null &&
    Object.hasOwn(value, key) &&
    has((value as Readonly<Record<string, unknown>>)[key], rest)
  );
}

function isWithin(path: readonly string[], other: readonly string[]): boolean {
  return other.every((key, index) => path[index] === key);
}

function withoutDefaults(input: Example["input"], defaults: Example["input"]): Example["input"] {
  return Object.fromEntries(Object.entries(input).filter(([name]) => !Object.hasOwn(defaults, name)));
}

/** What `{{#ifEquals}}` compares with. */
function literalsOf(template: Template): unknown[] {
  const literals = new Set<unknown>();
  visitTemplate(template, (node) => {
    if (node.kind !== "if" || node.test.kind !== "equal") return;
    for (const side of [node.test.left, node.test.right]) if (side.kind === "literal") literals.add(side.value);
  });
  return [...literals].filter((literal) => literal !== undefined);
}
