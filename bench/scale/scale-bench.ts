// What a group of questions is given to measure with, and what it gives. A group is one file of this folder, listed in
// measure-scale.ts.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { BenchRepository } from "../bench-repository.js";
import { CUECARD } from "../paths.js";
import { type ProcessResult, runProcess } from "../run-process.js";

export interface ScaleBench {
  /**
   * Built, with all versions in its package, and committed: `git status` is clean. A group leaves it as it found it, or
   * calls {@link ScaleBench.restore}.
   */
  readonly repository: BenchRepository;
  readonly rounds: number;
  /** Whether there are 10,000 prompts, not 1,000. */
  readonly large: boolean;
  /** For whatever else a group needs on disk. */
  readonly folder: string;
  /** What `cuecard --version` takes of the processor, in milliseconds: it is taken off every question. */
  readonly startUp: number;
  /** Brings the working tree, the branch and the tags back to what they were after the first build, and builds again. */
  restore(): Promise<void>;
}

export type MeasureGroup = (bench: ScaleBench) => Promise<readonly ScaleRow[]>;

/** A question, what its answer takes, and what it may take. */
export interface ScaleRow {
  readonly question: string;
  /** Of the processor over the start of `cuecard`, or what else is measured, as it is printed. */
  readonly figure: string;
  /** What the same work takes without Cuecard, with its name: `git log: 12 ms`. */
  readonly raw?: string | undefined;
  /** As {@link formatTarget} prints it. */
  readonly target?: string | undefined;
}

/** Runs `cuecard` in the repository. */
export function cuecard({ repository }: Pick<ScaleBench, "repository">, ...args: string[]): Promise<ProcessResult> {
  return runProcess([CUECARD, ...args], { cwd: repository.dir });
}

/** What work of the processor in this and its ended child processes takes, in milliseconds, which Linux counts in steps of 10. */
export function measureChildren(work: () => void): number {
  const before = childMilliseconds();
  work();
  return childMilliseconds() - before;
}

/** What `git` takes of the processor, in milliseconds: the mean of several runs. */
export function measureGit(dir: string, args: readonly string[], times = 10): number {
  return (
    measureChildren(() => {
      for (let run = 0; run < times; run++) {
        const { status, stderr } = spawnSync("git", args, { cwd: dir, stdio: ["ignore", "ignore", "pipe"] });
        if (status !== 0) throw new Error(`git ${args[0]}: ${stderr}`);
      }
    }) / times
  );
}

function childMilliseconds(): number {
  const fields = readFileSync("/proc/self/stat", "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  return (Number(fields[13]) + Number(fields[14])) * 10;
}
