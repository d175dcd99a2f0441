// Runs a program as a person at a terminal would: nothing of this test run's environment reaches it.

import { spawn } from "node:child_process";
import { gitSettings } from "@cuecard/testing";

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd: string;
  /** Variables to add. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What package managers and test runners set for their children, and what would change how git or cuecard works. */
const FOREIGN =
  /^(?:npm_|pnpm_|vitest|git_|turbo_|cuecard_)|^(?:ci|node_options|node_env|node_path|test|dev|prod|mode)$/i;

/** Runs a program to its end, whatever comes of it. */
export function tryCommand(program: string, args: readonly string[], options: CommandOptions): Promise<Finished> {
  const inherited = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: {
      ...Object.fromEntries(inherited),
      NO_COLOR: "1",
      ...gitSettings,
      ...options.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) =>
      resolve({
        code: code ?? 1,
        stdout: Buffer.concat(stdout).toString("utf8"),
        stderr: Buffer.concat(stderr).toString("utf8"),
      }),
    );
  });
}

/**
 * Runs a program that must succeed.
 *
 * @returns Its standard output.
 * @throws Error with everything it printed, when it exits with another code than 0.
 */
export async function runCommand(program: string, args: readonly string[], options: CommandOptions): Promise<string> {
  const { code, stdout, stderr } = await tryCommand(program, args, options);
  if (code !== 0) throw new Error(`${program} ${args.join(" ")} exited with ${code}\n${stdout}\n${stderr}`);
  return stdout;
}
