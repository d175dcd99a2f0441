// Runs a Node program in a process of its own and tells what it used.

import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { processFile } from "./paths.js";
import type { Sample } from "./sample.js";

export interface ProcessResult extends Sample {
  readonly stdout: string;
}

export interface ProcessOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the program may end with findings: with 1. */
  readonly mayFind?: boolean;
}

/** @throws when the program does not exit with 0, or with 1 where it may. */
export async function runProcess(args: readonly string[], options: ProcessOptions = {}): Promise<ProcessResult> {
  const started = performance.now();
  const child = spawn(process.execPath, ["--import", pathToFileURL(processFile("report-usage.mjs")).href, ...args], {
    cwd: options.cwd,
    env: { ...plainEnvironment(), ...options.env },
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const [, stdout, stderr, report] = child.stdio;
  if (stdout === null || stderr === null || report === null || report === undefined || !("readable" in report))
    throw new Error("the process has no pipes");
  const ended = new Promise<number | null>((done, fail) => child.on("error", fail).on("close", done));
  const [code, written, messages, usage] = await Promise.all([ended, text(stdout), text(stderr), text(report)]);
  const milliseconds = performance.now() - started;
  if (code !== 0 && !(options.mayFind === true && code === 1))
    throw new Error(`${args.join(" ")} ended with ${code}:\n${messages}${written}`);
  return { ...(JSON.parse(usage) as Omit<Sample, "milliseconds">), milliseconds, stdout: written };
}

/** The same for a program that prints, as JSON, what of its run is to be counted. */
export async function runTimedProcess(args: readonly string[], options: ProcessOptions = {}): Promise<ProcessResult> {
  const result = await runProcess(args, options);
  return { ...result, ...(JSON.parse(result.stdout) as Pick<Sample, "milliseconds" | "processorMilliseconds">) };
}

/** Without what would make Cuecard, Node or git behave differently from one caller to the next. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(GIT_|CUECARD_|NODE_|CI$|FORCE_COLOR$)/.test(name));
  return Object.fromEntries(kept);
}
