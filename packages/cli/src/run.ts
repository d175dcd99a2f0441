// From a command line to an exit code. Bugs are also reported here.

import { diagnose, UsageError } from "@cuecard/model";
import { CommanderError } from "commander";
import { exitCode, RequestError } from "./exit.js";
import { packageVersion } from "./package.js";
import { createProgram } from "./program.js";
import { formatJson } from "./report/json.js";
import { withoutLogCommands } from "./terminal/log-commands.js";
import { choosePaint } from "./terminal/paint.js";
import type { Terminal } from "./terminal/terminal.js";
import { printable, printableLine } from "./terminal/text.js";

/**
 * Runs a command.
 *
 * @param args The arguments after `cuecard`.
 * @returns The exit code: 0 clean, 1 findings, 2 usage, 70 a bug.
 */
export async function run(args: readonly string[], given: Terminal): Promise<number> {
  const terminal = withoutLogCommands(given);
  const paint = choosePaint(terminal, terminal.stderr, args.includes("--no-color") ? false : undefined);
  let code: number = exitCode.clean;
  const program = createProgram(terminal, (result) => {
    code = result;
  });
  try {
    refuseUndecoded(args);
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.clean : exitCode.usage;
    const say = (text: string) => terminal.stderr.write(`${text}\n`);
    if (error instanceof RequestError && args.includes("--json")) {
      const refusal = { problem: error.message, instead: error.hint };
      const diagnostics = [diagnose("request/refused", refusal, { file: "." })];
      terminal.stdout.write(formatJson(diagnostics));
      return exitCode.findings;
    }
    if (error instanceof UsageError || error instanceof RequestError) {
      say(`${paint.red("error:")} ${printable(error.message)}`);
      if (error instanceof UsageError) return exitCode.usage;
      if (error.hint !== undefined) say(`${paint.cyan("hint:")} ${printableLine(error.hint)}`);
      return exitCode.findings;
    }
    if (isSystemError(error)) {
      say(`${paint.red("error:")} ${printable(error.message)}`);
      return exitCode.findings;
    }
    say(`${paint.red("This is a bug in cuecard.")} Please report it with the lines below:`);
    say("");
    say(`cuecard ${packageVersion()}, node ${process.version}, ${process.platform} ${process.arch}`);
    say(`cuecard ${args.join(" ")}`);
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return exitCode.bug;
  }
}

/**
 * Node replaces bytes of an argument that are not UTF-8 before a program sees them.
 *
 * @throws UsageError
 */
function refuseUndecoded(args: readonly string[]): void {
  const undecoded = args.find((argument) => argument.includes("\uFFFD"));
  if (undecoded !== undefined)
    throw new UsageError(
      `the argument "${undecoded.replaceAll("\uFFFD", "?")}" is not UTF-8: write it in UTF-8, or pass the value in a file`,
    );
}

/** Whether the operating system refused (no permission, no space, a read-only disk), which is not a bug. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  const codes = [
    "EACCES",
    "EPERM",
    "ENOSPC",
    "EROFS",
    "EEXIST",
    "EISDIR",
    "ENOTDIR",
    "EMFILE",
    "ENFILE",
    "ENAMETOOLONG",
    "ELOOP",
    "EBUSY",
    "EDQUOT",
    "EIO",
  ];
  return error instanceof Error && "syscall" in error && codes.includes((error as NodeJS.ErrnoException).code ?? "");
}
