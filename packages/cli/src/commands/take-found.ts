// What a command asked the registry for; otherwise the command ends with the reason.

import type { Found, Outcome, Registry } from "@cuecard/project";
import { exitCode, RequestError } from "../exit.js";
import type { CommandContext } from "./command-context.js";
import { showFindings } from "./show-findings.js";

/**
 * @returns What was found, or the exit code when it is broken: its findings are shown by then.
 * @throws RequestError when there is no such thing.
 */
export async function takeFound<T>(
  context: CommandContext,
  registry: Registry,
  outcome: Outcome<T>,
): Promise<Found<T> | number> {
  if (outcome.kind === "found") return outcome;
  if (outcome.kind === "unknown") throw new RequestError(outcome.problem, outcome.hint);
  await showFindings(registry, outcome.diagnostics, context.terminal.stderr, context.errorPaint);
  return exitCode.findings;
}
