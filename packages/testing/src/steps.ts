// The states that a killed program can leave. The tests of killed commands go through the steps of a command, so that they
// need neither a clock nor chance. A run that records its steps gives every state at once; a few runs are really killed.

import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import path from "node:path";
import { createFolder } from "./folders.js";

const HOOK = new URL("./step-hook.mjs", import.meta.url).href;

export interface ProgramOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

export interface RecordedRun {
  /** The numbers of all steps, from 1. */
  readonly steps: readonly number[];
  /** The steps right after the start of a child process, of which no state is recorded: there, kill the program. */
  readonly starts: readonly number[];
  /**
   * Copies of the folder, oldest first: each is what a kill leaves at some step. Copies that differ only in temporary
   * names count once. The last one is from the end of the run.
   */
  readonly states: readonly string[];
}

/** What the hook writes about a run. */
interface Recorded {
  readonly total: number;
  readonly starts: readonly number[];
}

/**
 * Runs a JavaScript program and kills its process group just before a step.
 *
 * @param line The program's file and its arguments.
 * @returns Whether it was killed: `false` when it ended before that step.
 */
export async function killAtStep(line: readonly string[], step: number, options: ProgramOptions): Promise<boolean> {
  return (await run(line, { KILL_AT_STEP: String(step) }, options)) === "SIGKILL";
}

/**
 * Runs a JavaScript program to its end, and copies a folder at each step.
 *
 * @throws Error when it fails.
 */
export async function recordSteps(
  line: readonly string[],
  folder: string,
  options: ProgramOptions,
): Promise<RecordedRun> {
  const recording = createFolder("recording");
  const ending = await run(line, { RECORDING: recording, RECORDED: folder }, options);
  if (ending !== 0) throw new Error(`${line.join(" ")} ended with ${ending}`);
  const { total, starts } = JSON.parse(readFileSync(path.join(recording, "steps.json"), "utf8")) as Recorded;
  const taken = readdirSync(recording).filter((name) => name !== "steps.json");
  const copies = taken.map(Number).toSorted((a, b) => a - b);
  const states = new Map<string, string>();
  for (const copy of copies.map((step) => path.join(recording, String(step)))) {
    const key = hashFolder(copy);
    if (!states.has(key)) states.set(key, copy);
  }
  const steps = Array.from({ length: total }, (_, index) => index + 1);
  return { steps, starts, states: [...states.values()] };
}

/** A copy of a folder, to which `restoreFolder` returns. */
export function copyFolder(folder: string): string {
  const copy = path.join(createFolder(), "copy");
  restoreFolder(copy, folder);
  return copy;
}

/** Makes a folder equal to a copy of it. Times are kept: git compares them. */
export function restoreFolder(folder: string, copy: string): void {
  rmSync(folder, { recursive: true, force: true });
  execFileSync("cp", ["-a", copy, folder]);
}

/** At most this many of the items, evenly spread; the first and the last are among them. */
export function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  const places = Array.from({ length: count }, (_, index) => Math.round((index * (items.length - 1)) / (count - 1)));
  return items.filter((_, index) => places.includes(index));
}

/** Of the paths and contents of all files, without the random parts of temporary names and of owners of locks. */
function hashFolder(folder: string): string {
  const hash = createHash("sha256");
  const named = (text: string) => text.replaceAll(/\b\d+([- ](?:\S+ )?)[0-9a-f]{12}\b/g, "0$1");
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => {
    const file = path.join(entry.parentPath, entry.name);
    const content = entry.isSymbolicLink() ? readlinkSync(file) : entry.isFile() ? readFileSync(file, "latin1") : "";
    return JSON.stringify([named(path.relative(folder, file)), named(content)]);
  });
  for (const entry of entries.toSorted()) hash.update(entry);
  return hash.digest("hex");
}

/** Resolves to the exit code, or to the signal that ended the program. */
function run(
  line: readonly string[],
  variables: Readonly<Record<string, string>>,
  { cwd, env }: ProgramOptions,
): Promise<number | NodeJS.Signals | null> {
  const child = spawn(process.execPath, ["--import", HOOK, ...line], {
    cwd,
    env: { ...env, TMPDIR: createFolder(), ...variables },
    detached: true, // a process group of its own, which can be killed as a whole
    stdio: "ignore",
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(signal ?? code));
  });
}
