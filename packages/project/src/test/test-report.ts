// What `test` returns: each prompt's examples with what they expect, the snapshots, and which branches are rendered.

import type { Coverage, Expectation, WordChange } from "@cuecard/build";
import type { Place } from "@cuecard/model";
import type { RenderedMessage } from "../inspect/render.js";

export interface TestReport {
  /** Whether every example renders and is as expected, and every snapshot is up to date. */
  readonly passed: boolean;
  readonly prompts: readonly PromptTest[];
  /** Which branches the examples render; `undefined` if it was not asked for. */
  readonly coverage: TestCoverage | undefined;
  /** What `applySnapshots` writes: empty unless `update` was asked for. */
  readonly snapshots: SnapshotPlan;
  /** Snapshots of prompts and examples that are gone. `update` removes them. */
  readonly obsolete: readonly ObsoleteSnapshot[];
}

export interface TestCoverage extends Coverage {
  /** Of a hundred branches, how many were rendered; 100 if there are none. */
  readonly percent: number;
  /** What was asked for at least; the test fails below it. */
  readonly minimum: number | undefined;
}

export interface PromptTest {
  readonly name: string;
  /** `prompts/greet.md` */
  readonly path: string;
  /** Whether the prompt does not compile; the diagnostics say why. */
  readonly broken: boolean;
  readonly examples: readonly ExampleTest[];
}

export interface ExampleTest {
  readonly name: string;
  /** Where the example is written. */
  readonly place: Place;
  /** How many expectations it has. */
  readonly expectations: number;
  /** `none`: it was not compared. `missing`: the file has no snapshot of it. */
  readonly snapshot: "none" | "same" | "changed" | "missing";
  /** `undefined` if it could not be rendered. */
  readonly messages: readonly RenderedMessage[] | undefined;
  /** Empty if the example passes. */
  readonly failures: readonly TestFailure[];
}

export interface TestFailure {
  /** `render`: it could not be rendered. `budget`: it has more tokens than the budget of its prompt. */
  readonly kind: "render" | "expectation" | "budget" | "snapshot";
  /** What is wrong, as a sentence without a full stop. */
  readonly problem: string;
  /** What to do. */
  readonly hint: string | undefined;
  readonly place: Place;
  /** The expectation that does not hold. */
  readonly expectation: Expectation | undefined;
  /** The text that was checked. */
  readonly actual: string | undefined;
  /** From the expected text to the rendered one. */
  readonly words: readonly WordChange[] | undefined;
}

export interface ObsoleteSnapshot {
  /** `prompts/greet.snapshot` */
  readonly file: string;
  /** The example that is gone; `undefined` if the prompt is gone. */
  readonly example: string | undefined;
}

export interface SnapshotPlan {
  readonly files: readonly SnapshotFile[];
}

/** A snapshot file that changes. */
export interface SnapshotFile {
  /** Relative to the project's folder, with `/`. */
  readonly file: string;
  /** The exact text that was read; `undefined` for a new file. */
  readonly before: string | undefined;
  /** The text to write; `undefined` if the file is to be deleted. */
  readonly after: string | undefined;
}

export interface SnapshotResult {
  readonly written: readonly string[];
  readonly deleted: readonly string[];
}
