// Tests the examples of one prompt: renders each, and compares the text with what it expects, the budget and its snapshot.

import type { CompiledVersion, CoverageCounter, Example, FailedExpectation, SnapshotMessage } from "@cuecard/build";
import { describeExcess, type Place, type WorkingPrompt } from "@cuecard/model";
import type { RenderedMessage } from "../inspect/render.js";
import type { Project } from "../read/project.js";
import { isEstimate, loadTokenCounter } from "../review/count-tokens.js";
import type { WorkingPrompts } from "./compile-working.js";
import { createRenderer } from "./render-examples.js";
import type { ReadSnapshots } from "./snapshots.js";
import type { ExampleTest, PromptTest, TestFailure } from "./test-report.js";

interface PromptToTest {
  readonly working: WorkingPrompt;
  readonly compiled: CompiledVersion;
  readonly helpers: WorkingPrompts["helpers"];
  readonly snapshots: ReadSnapshots;
  /** Whether new snapshots are taken instead of comparing with those that are there. */
  readonly update: boolean;
  readonly counter: CoverageCounter | undefined;
}

interface TestedPrompt {
  readonly prompt: PromptTest;
  /** What the examples render now, by the names of their snapshots. */
  readonly fresh: ReadonlyMap<string, readonly SnapshotMessage[]>;
}

export async function testPrompt(project: Project, request: PromptToTest): Promise<TestedPrompt> {
  const { working, compiled, helpers, snapshots, counter } = request;
  const { locateFrontMatter, makeUnique, snapshotOf } = await project.compiler();
  const { examples } = compiled.content;
  const fresh = new Map<string, readonly SnapshotMessage[]>();
  const keys = new Set<string>();
  const tests: ExampleTest[] = [];
  const locate = locateFrontMatter(working.content.prompt);
  const render = examples.length === 0 ? undefined : await createRenderer(project, { compiled, helpers });
  const countBranches = counter && (await createBranchCounter(project, counter, request));
  const findFailures = await createFailureFinder(project, request, locate);
  for (const [index, { name, input, expect = [] }] of examples.entries()) {
    const at = ["examples", String(index)];
    const place = locate([...at, "name"]);
    const key = makeUnique(name, keys);
    keys.add(key);
    const saved = snapshots.examples?.get(key);
    const base = { name, place, expectations: expect.length };
    countBranches?.(input);
    const rendered = render?.(input) ?? { problem: "" };
    if ("problem" in rendered) {
      if (saved !== undefined) fresh.set(key, saved);
      const failure = { ...NOTHING, kind: "render" as const, problem: rendered.problem, place };
      tests.push({ ...base, snapshot: "none", messages: undefined, failures: [failure] });
      continue;
    }
    const { messages } = rendered;
    const taken = snapshotOf(messages);
    fresh.set(key, taken);
    tests.push({ ...base, messages, ...findFailures({ messages, expect, at, place, saved, taken }) });
  }
  return { prompt: { name: working.name, path: working.content.prompt.path, broken: false, examples: tests }, fresh };
}

/** Renders an input only to count the branches. Without any input, none is rendered. */
async function createBranchCounter(
  project: Project,
  counter: CoverageCounter,
  { working, compiled, helpers }: Pick<PromptToTest, "working" | "compiled" | "helpers">,
): Promise<(input: Example["input"]) => void> {
  const { version: counting } = counter.counting(compiled, {
    name: working.name,
    promptsDir: project.config.prompts,
    content: working.content,
    helpers: helpers?.signatures ?? [],
  });
  const render = await createRenderer(project, { compiled: counting, helpers }, counter.helpers);
  return (input) => void render(input);
}

interface RenderedExample extends Required<Pick<Example, "expect">> {
  readonly messages: readonly RenderedMessage[];
  /** The keys of the front matter that lead to the example. */
  readonly at: readonly string[];
  readonly place: Place;
  readonly saved: readonly SnapshotMessage[] | undefined;
  readonly taken: readonly SnapshotMessage[];
}

async function createFailureFinder(
  project: Project,
  { working, compiled, snapshots, update }: PromptToTest,
  locate: (path: readonly string[]) => Place,
): Promise<(example: RenderedExample) => Pick<ExampleTest, "snapshot" | "failures">> {
  const { compareWords, countTokensOf, evaluateExpectations } = await project.compiler();
  const { budget, examples, model } = compiled.content;
  const counts =
    budget !== undefined || examples.some(({ expect = [] }) => expect.some(({ kind }) => kind === "max-tokens"));
  const count = counts ? await loadTokenCounter() : () => 0;
  const hint = `if this is right, run \`cuecard test ${working.name} --update\``;
  return ({ messages, expect, at, place, saved, taken }) => {
    const failures = evaluateExpectations(expect, { messages, count }).map((failed) =>
      toFailure(failed, locate([...at, "expect", ...failed.expectation.path])),
    );
    const tokens = budget === undefined ? 0 : countTokensOf(messages, count);
    if (budget !== undefined && tokens > budget) {
      const problem = `it ${describeExcess({ tokens, budget, estimated: isEstimate(model) })}`;
      failures.push({ ...NOTHING, kind: "budget", problem, place: locate(["budget", "tokens"]) });
    }
    const snapshot = update || snapshots.examples === undefined ? "none" : compareSnapshot(saved, taken);
    if (snapshot === "changed") {
      const words = compareWords(asText(saved ?? []), asText(taken));
      const problem = "the text differs from its snapshot";
      failures.push({ ...NOTHING, kind: "snapshot", problem, hint, place, words });
    }
    if (snapshot === "missing") {
      const problem = `it is not in ${snapshots.file}`;
      failures.push({ ...NOTHING, kind: "snapshot", problem, hint, place });
    }
    return { snapshot, failures };
  };
}

const NOTHING = { hint: undefined, expectation: undefined, actual: undefined, words: undefined };

function toFailure({ expectation, problem, actual, words }: FailedExpectation, place: Place): TestFailure {
  return { kind: "expectation", problem, hint: undefined, place, expectation, actual, words };
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
