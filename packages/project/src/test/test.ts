// Tests prompts: renders each example of the working files, and compares the text with what the example expects and with the
// committed snapshot. No model is called.

import type { Coverage } from "@cuecard/build";
import { hasErrors, sortDiagnostics } from "@cuecard/model";
import type { Outcome } from "../read/outcome.js";
import type { Project } from "../read/project.js";
import { compileWorking } from "./compile-working.js";
import { findOrphans, readSnapshots } from "./snapshots.js";
import { testPrompt } from "./test-prompt.js";
import type { ObsoleteSnapshot, PromptTest, SnapshotFile, TestReport } from "./test-report.js";

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
  const counted = counter && withPercent(counter.read(), coverageMin);
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
function withPercent(coverage: Coverage, minimum: number | undefined): TestReport["coverage"] {
  const { branches, covered } = coverage;
  return { ...coverage, percent: branches === 0 ? 100 : Math.floor((covered * 1000) / branches) / 10, minimum };
}
