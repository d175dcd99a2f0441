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
import { hasErrors, type Place, sortDiagnostics, type WorkingPrompt } from "@cuecard/model";
import type { Outcome } from "../read/outcome.js";
import type { Project } from "../read/project.js";
import { isEstimate, loadTokenCounter } from "../review/count-tokens.js";
import { compileWorking, type WorkingPrompts } from "./compile-working.js";
import { renderer } from "./render-examples.js";
import { findOrphans, type ReadSnapshots, readSnapshots } from "./snapshots.js";
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
    if (!update || snapshots.isForeign) diagnostics.push(...snapshots.diagnostics);
    const { prompt, fresh } = await testPrompt(project, { working, compiled, helpers, snapshots, update, counter });
    tested.push(prompt);
    const { printSnapshots } = await project.compiler();
    const gone = [...(snapshots.examples?.keys() ?? [])].filter((example) => !fresh.has(example));
    for (const example of gone) obsolete.push({ file: snapshots.file, example });
    if (!update || snapshots.isForeign) continue;
    // What an example rendered before stays if it cannot be rendered now.
    const after = fresh.size === 0 ? undefined : printSnapshots(name, fresh);
    if (after !== snapshots.text?.replaceAll("\r\n", "\n"))
      files.push({ file: snapshots.file, before: snapshots.text, after });
  }
  if (names === undefined)
    for (const { file, text } of await findOrphans(project, new Set(workingNames))) {
      obsolete.push({ file, example: undefined });
      if (update) files.push({ file, before: text, after: undefined });
    }
  const counted = counter && percentOf(counter.read(), coverageMin);
  const passed =
    (counted === undefined || counted.percent >= (counted.minimum ?? 0)) &&
    tested.every(({ broken, examples }) => !broken && examples.every(({ failures }) => failures.length === 0)) &&
    !hasErrors(diagnostics);
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
  const { countTokensOf, evaluateExpectations, locateFrontMatter, snapshotOf, compareWords } = await project.compiler();
  const { examples } = compiled.content;
  const fresh = new Map<string, readonly SnapshotMessage[]>();
  const keys = new Set<string>();
  const tests: ExampleTest[] = [];
  const locate = locateFrontMatter(working.content.prompt);
  const render = examples.length === 0 ? undefined : await renderer(project, { compiled, helpers });
  const countBranches = counter && (await branchCounter(project, counter, { working, compiled, helpers }));
  const { budget } = compiled.content;
  const counts =
    budget !== undefined || examples.some(({ expect = [] }) => expect.some(({ kind }) => kind === "max-tokens"));
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
    const tokens = budget === undefined ? 0 : countTokensOf(messages, count);
    if (budget !== undefined && tokens > budget)
      failures.push({
        ...NOTHING,
        kind: "budget",
        problem: `it renders ${tokens} tokens${isEstimate(compiled.content.model) ? " (an estimate)" : ""}, ${tokens - budget} more than the budget of ${budget}`,
        place: locate(["budget", "tokens"]),
      });
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
  const { version: counting } = counter.counting(compiled, {
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
