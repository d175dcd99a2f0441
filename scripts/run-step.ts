// Runs one of the repository's tools as a step of a script: quietly, with its output shown only when it fails.

import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);
export const root = path.resolve(import.meta.dirname, "..");

/** The environment of the repository's tools: `turbo` looks for `pnpm` on the PATH. */
function toolEnvironment(): NodeJS.ProcessEnv {
  const folders = [path.join(root, "node_modules", ".bin"), process.env["PATH"]].join(path.delimiter);
  return { ...process.env, PATH: folders, TURBO_TELEMETRY_DISABLED: "1" };
}

/** Builds every package, from turbo's cache where nothing changed. */
export function buildPackages(): Promise<number> {
  return runStep("Building packages and prompts", require.resolve("turbo/bin/turbo"), [
    "run",
    "build",
    "--output-logs=errors-only",
  ]);
}

/** Runs a JavaScript file, and keeps its output to itself unless it fails. Resolves to its exit code. */
async function runStep(title: string, script: string, args: readonly string[]): Promise<number> {
  const isTerminal = process.stdout.isTTY === true;
  const started = performance.now();
  process.stdout.write(isTerminal ? `… ${title}` : `${title}\n`);
  const output: Buffer[] = [];
  const code = await run(script, args, { onOutput: (chunk) => output.push(chunk) });
  if (isTerminal) process.stdout.write("\r\u001b[2K");
  if (code === 0) process.stdout.write(`✓ ${title} (${seconds(performance.now() - started)})\n`);
  else process.stdout.write(`✗ ${title}\n${Buffer.concat(output).toString()}\n`);
  return code;
}

interface RunOptions {
  /** Without it, the output goes where this process's goes. */
  readonly onOutput?: (chunk: Buffer) => void;
  /** Variables besides those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a JavaScript file. Resolves to its exit code. */
export function run(script: string, args: readonly string[], { onOutput, env }: RunOptions = {}): Promise<number> {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: root,
    env: { ...toolEnvironment(), ...env },
    stdio: ["ignore", onOutput === undefined ? "inherit" : "pipe", onOutput === undefined ? "inherit" : "pipe"],
  });
  if (onOutput !== undefined) {
    child.stdout?.on("data", onOutput);
    child.stderr?.on("data", onOutput);
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
