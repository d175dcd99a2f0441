// Tests prompts: renders each example of the working files, and compares the text with what the example expects and with the
// committed snapshot. No model is called.

import type {
  CompiledVersion,
  Coverage,
  CoverageCounter,
  Example,
  FailedExpectation,
  SnapshotMessage,
} from "@cuecard/build";
import { type Diagnostic, type Place, sortDiagnostics, type WorkingPrompt } from "@cuecard/model";
import { compileVersions } from "../compile/compile.js";
import { onlyPrompts } from "../compile/only-prompts.js";
import { type RenderedMessage, readRefusal, startPrompt } from "../inspect/render.js";
import type { Outcome } from "../read/outcome.js";
import type { Project } from "../read/project.js";
import { unknownName } from "../read/resolve-reference.js";
import { loadTokenCounter } from "../review/count-tokens.js";
import { findOrphans, promptOfSnapshot, type ReadSnapshots, readSnapshots } from "./snapshots.js";
import type {
  ExampleTest,
  ObsoleteSnapshot,
  PromptTest,
  SnapshotFile,
  TestFailure,
  TestReport,
} from "./test-report.js";

export interface TestOptions {
  /** Default: all prompts. */
  readonly names?: readonly string[] | undefined;
  /** Whether to plan new snapshots instead of comparing with those that are there. Default: no. */
  readonly update?: boolean | undefined;
  /** Whether to count which branches the examples render. Default: if there is a minimum. */
  readonly coverage?: boolean | undefined;
  /** Of a hundred branches, how many examples must render at least. Default: any number. */
  readonly coverageMin?: number | undefined;
}

export async function test(project: Project, options: TestOptions): Promise<Outcome<TestReport>> {
  const { names, update = false, coverageMin, coverage = coverageMin !== undefined } = options;
  const selected = await compileWorking(project, names);
  if ("kind" in selected) return selected;
  const { prompts, helpers, workingNames } = selected;
  const diagnostics = [...selected.diagnostics];
  const { CoverageCounter } = await project.compiler();
  const counter = coverage ? new CoverageCounter() : undefined;
  const tested: PromptTest[] = [];
  const files: SnapshotFile[] = [];
  const obsolete: ObsoleteSnapshot[] = [];
  for (const { working, compiled } of prompts) {
    const { name } = working;
    const path = working.content.prompt.path;
    if (compiled === undefined) {
      tested.push({ name, path, broken: true, examples: [] });
      continue;
    }
    const snapshots = await readSnapshots(project, name);
    if (!update) diagnostics.push(...snapshots.diagnostics);
    const { prompt, fresh } = await testPrompt(project, { working, compiled, helpers, snapshots, update, counter });
    tested.push(prompt);
    const { printSnapshots } = await project.compiler();
    const gone = [...(snapshots.examples?.keys() ?? [])].filter((example) => !fresh.has(example));
    for (const example of gone) obsolete.push({ file: snapshots.file, example });
    if (!update) continue;
    // What an example rendered before stays if it cannot be rendered now.
    const after = fresh.size === 0 ? undefined : printSnapshots(name, fresh);
    if (after !== snapshots.text?.replaceAll("\r\n", "\n"))
      files.push({ file: snapshots.file, before: snapshots.text, after });
  }
  if (names === undefined)
    for (const file of await findOrphans(project, new Set(workingNames))) {
      obsolete.push({ file, example: undefined });
      const name = promptOfSnapshot(file).slice(project.config.prompts.length + 1, -3);
      if (update) files.push({ file, before: (await readSnapshots(project, name)).text, after: undefined });
    }
  const counted = counter && percentOf(counter.read(), coverageMin);
  const passed =
    (counted === undefined || counted.percent >= (counted.minimum ?? 0)) &&
    tested.every(({ broken, examples }) => !broken && examples.every(({ failures }) => failures.length === 0)) &&
    !diagnostics.some(({ code }) => code === "example/unreadable-snapshot");
  return {
    kind: "found",
    value: { passed, prompts: tested, coverage: counted, snapshots: { files }, obsolete },
    diagnostics: sortDiagnostics(diagnostics),
  };
}

/** Rounded down: 99.9 is not all. */
function percentOf(coverage: Coverage, minimum: number | undefined): TestReport["coverage"] {
  const { branches, covered } = coverage;
  return { ...coverage, percent: branches === 0 ? 100 : Math.floor((covered * 1000) / branches) / 10, minimum };
}

export interface WorkingPrompts {
  readonly prompts: readonly {
    readonly working: WorkingPrompt;
    /** `undefined` if it does not compile. */
    readonly compiled: CompiledVersion | undefined;
  }[];
  readonly helpers: Awaited<ReturnType<Project["helpers"]>>["helpers"];
  /** All prompts of the working tree. */
  readonly workingNames: readonly string[];
  /** About the selected prompts. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Compiles the working files of some prompts, or of all. */
async function compileWorking(
  project: Project,
  names: readonly string[] | undefined,
): Promise<WorkingPrompts | Exclude<Outcome<never>, { readonly kind: "found" }>> {
  let working: readonly WorkingPrompt[] = [];
  let workingNames: readonly string[] = [];
  const { result, snapshot, helpers, diagnostics } = await compileVersions(project, {
    needs: () => false,
    select(whole) {
      working = whole.working.filter(({ name }) => names === undefined || names.includes(name));
      workingNames = whole.workingNames;
      return { ...onlyPrompts(whole.promptsDir, working), workingNames };
    },
  });
  if (snapshot === undefined || result === undefined) return { kind: "broken", diagnostics };
  const unknown = names?.find((name) => !workingNames.includes(name));
  if (unknown !== undefined) return { kind: "unknown", ...unknownName(unknown, new Set(workingNames)), diagnostics };
  const unread = (names ?? workingNames).filter((name) => !working.some((prompt) => prompt.name === name));
  const paths = new Set(
    working.flatMap(({ content }) => [content.prompt.path, ...content.partials.map((file) => file.path)]),
  );
  for (const name of unread) paths.add(`${project.config.prompts}/${name}.md`);
  const own = diagnostics.filter(({ file, ref }) => (ref === undefined || ref === "working") && paths.has(file));
  if (unread.length > 0) return { kind: "broken", diagnostics: own.length > 0 ? own : diagnostics };
  return {
    prompts: working.map((prompt) => ({
      working: prompt,
      compiled: result.prompts
        .find(({ name }) => name === prompt.name)
        ?.versions.find(({ version }) => version === "working"),
    })),
    helpers: helpers.helpers,
    workingNames,
    diagnostics: own,
  };
}

interface PromptToTest {
  readonly working: WorkingPrompt;
  readonly compiled: CompiledVersion;
  readonly helpers: WorkingPrompts["helpers"];
  readonly snapshots: ReadSnapshots;
  readonly update: boolean;
  readonly counter: CoverageCounter | undefined;
}

async function testPrompt(
  project: Project,
  { working, compiled, helpers, snapshots, update, counter }: PromptToTest,
): Promise<{ readonly prompt: PromptTest; readonly fresh: ReadonlyMap<string, readonly SnapshotMessage[]> }> {
  const { evaluateExpectations, locateFrontMatter, snapshotOf, compareWords } = await project.compiler();
  const { examples } = compiled.content;
  const fresh = new Map<string, readonly SnapshotMessage[]>();
  const keys = new Set<string>();
  const tests: ExampleTest[] = [];
  const locate = locateFrontMatter(working.content.prompt);
  const render = examples.length === 0 ? undefined : await renderer(project, { compiled, helpers });
  const countBranches = counter && (await branchCounter(project, counter, { working, compiled, helpers }));
  const counts = examples.some(({ expect = [] }) => expect.some(({ kind }) => kind === "max-tokens"));
  const count = counts ? await loadTokenCounter() : () => 0;
  for (const [index, { name, input, expect = [] }] of examples.entries()) {
    const at = ["examples", String(index)];
    const place = locate([...at, "name"]);
    const key = uniqueName(name, keys);
    keys.add(key);
    const base = { name, place, expectations: expect.length };
    countBranches?.(input);
    const rendered = render?.(input) ?? { problem: "" };
    if ("problem" in rendered) {
      const kept = snapshots.examples?.get(key);
      if (kept !== undefined) fresh.set(key, kept);
      const { problem } = rendered;
      const failure = { ...NOTHING, kind: "render" as const, problem, place };
      tests.push({ ...base, snapshot: "none", messages: undefined, failures: [failure] });
      continue;
    }
    const { messages } = rendered;
    const taken = snapshotOf(messages);
    fresh.set(key, taken);
    const failures = evaluateExpectations(expect, { messages, count }).map((failed) =>
      toFailure(failed, locate([...at, "expect", ...failed.expectation.path])),
    );
    const saved = snapshots.examples?.get(key);
    const compared = update || snapshots.examples === undefined ? "none" : compareSnapshot(saved, taken);
    const hint = `if this is right, run \`cuecard test ${working.name} --update\``;
    if (compared === "changed")
      failures.push({
        ...NOTHING,
        ...{ kind: "snapshot", problem: "the text differs from its snapshot", hint, place },
        words: compareWords(asText(saved ?? []), asText(taken)),
      });
    if (compared === "missing")
      failures.push({
        ...NOTHING,
        ...{ kind: "snapshot", problem: `it is not in ${snapshots.file}`, hint, place },
      });
    tests.push({ ...base, snapshot: compared, messages, failures });
  }
  return { prompt: { name: working.name, path: working.content.prompt.path, broken: false, examples: tests }, fresh };
}

/** Renders an input only to count the branches. Without any input, none is rendered. */
async function branchCounter(
  project: Project,
  counter: CoverageCounter,
  { working, compiled, helpers }: Pick<PromptToTest, "working" | "compiled" | "helpers">,
): Promise<(input: Example["input"]) => void> {
  const counting = counter.counting(compiled, {
    name: working.name,
    promptsDir: project.config.prompts,
    content: working.content,
    helpers: helpers?.signatures ?? [],
  });
  const render = await renderer(project, { compiled: counting, helpers }, counter.helpers);
  return (input) => void render(input);
}

const NOTHING = { hint: undefined, expectation: undefined, actual: undefined, words: undefined };

function toFailure({ expectation, problem, actual, words }: FailedExpectation, place: Place): TestFailure {
  return { kind: "expectation", problem, hint: undefined, place, expectation, actual, words };
}

/** Examples with the same name get a number. */
function uniqueName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name} (${number})`;
    if (!taken.has(candidate)) return candidate;
  }
}

function compareSnapshot(
  saved: readonly SnapshotMessage[] | undefined,
  taken: readonly SnapshotMessage[],
): ExampleTest["snapshot"] {
  if (saved === undefined) return "missing";
  return JSON.stringify(saved) === JSON.stringify(taken) ? "same" : "changed";
}

/** A snapshot as one text, to compare by words. */
function asText(messages: readonly SnapshotMessage[]): string {
  return messages.map(({ role, text }) => (messages.length === 1 ? text : `${role}: ${text}`)).join("\n");
}

type Render = (
  input: Example["input"],
) => { readonly messages: readonly RenderedMessage[] } | { readonly problem: string };

/** Renders examples with a version. A helper that fails is a problem of the example. */
async function renderer(
  project: Project,
  { compiled, helpers }: Pick<PromptToTest, "compiled" | "helpers">,
  own?: CoverageCounter["helpers"],
): Promise<Render> {
  const prompt = await attempt(() => startPrompt(project, { compiled, helpers }, own));
  return (input) => {
    if ("problem" in prompt) return prompt;
    try {
      return { messages: prompt.value.messages(input) };
    } catch (error) {
      return refusalOf(error);
    }
  };
}

async function attempt<T>(work: () => Promise<T>): Promise<{ readonly value: T } | { readonly problem: string }> {
  try {
    return { value: await work() };
  } catch (error) {
    return refusalOf(error);
  }
}

function refusalOf(error: unknown): { readonly problem: string } {
  const refusal = readRefusal(error);
  if (refusal === undefined) throw error;
  return { problem: refusal.problem };
}
