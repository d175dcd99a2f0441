// Runs a program up to one of its steps and kills it there, together with its process group. The tests of killed commands
// go through the steps of a command one by one, so that they need neither a clock nor chance.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { createFolder } from "./folders.js";

const HOOK = new URL("./kill-at-step.mjs", import.meta.url).href;

export interface ProgramOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
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
 * Runs a JavaScript program to its end.
 *
 * @returns The number of its steps.
 * @throws Error when it fails.
 */
export async function countSteps(line: readonly string[], options: ProgramOptions): Promise<number> {
  const file = path.join(createFolder(), "steps");
  const ending = await run(line, { STEPS_FILE: file }, options);
  if (ending !== 0) throw new Error(`${line.join(" ")} ended with ${ending}`);
  return Number(readFileSync(file, "utf8"));
}

/** At most this many of the steps 1 to `total`, evenly spread; the first and the last are among them. */
export function spreadSteps(total: number, count: number): number[] {
  if (total <= count) return Array.from({ length: total }, (_, index) => index + 1);
  return Array.from({ length: count }, (_, index) => 1 + Math.round((index * (total - 1)) / (count - 1)));
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
