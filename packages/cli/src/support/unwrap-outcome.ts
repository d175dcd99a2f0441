// The value that a command asked the project for, or the reason why the command ends here.

import type { Found, Outcome, Registry } from "@cuecard/project";
import { exitCode, RequestError } from "../exit.js";
import type { CommandContext } from "./command-context.js";
import { printDiagnostics } from "./print-diagnostics.js";

/**
 * @returns What was found. If it is broken, prints its diagnostics and returns the exit code.
 * @throws RequestError when it does not exist.
 */
export async function unwrapOutcome<T>(
  context: CommandContext,
  registry: Registry,
  outcome: Outcome<T>,
): Promise<Found<T> | number> {
  if (outcome.kind === "found") return outcome;
  if (outcome.kind === "unknown") throw new RequestError(outcome.problem, outcome.hint);
  await printDiagnostics(registry, outcome.diagnostics, context.terminal.stderr, context.errorPaint);
  return exitCode.findings;
}
