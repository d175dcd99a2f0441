// Runs a command line in this process, with a terminal made of strings.

import { run } from "../src/run.js";
import type { Terminal } from "../src/terminal/terminal.js";

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  /** The width of a terminal; without one, output is piped. */
  readonly columns?: number;
  readonly interrupted?: Promise<void>;
  readonly onOutput?: (text: string) => void;
}

export async function runCommand(args: readonly string[], options: RunOptions): Promise<CommandResult> {
  const { terminal, written } = createTerminal(options);
  return { code: await run(args, terminal), ...written };
}

/** A terminal, and what is written to it. */
export function createTerminal(options: RunOptions): {
  readonly terminal: Terminal;
  readonly written: { stdout: string; stderr: string };
} {
  const written = { stdout: "", stderr: "" };
  const stream = (name: keyof typeof written) => ({
    write(text: string) {
      written[name] += text;
      options.onOutput?.(text);
    },
    interactive: options.columns !== undefined,
    columns: options.columns,
  });
  const terminal: Terminal = {
    cwd: options.cwd,
    env: options.env ?? {},
    stdin: {
      interactive: false,
      readAll: async () => Buffer.from(options.stdin ?? ""),
      async *chunks() {
        yield Buffer.from(options.stdin ?? "");
      },
    },
    stdout: stream("stdout"),
    stderr: stream("stderr"),
    interrupted: options.interrupted ?? new Promise(() => {}),
  };
  return { terminal, written };
}
