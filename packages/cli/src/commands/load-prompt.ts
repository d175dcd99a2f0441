// The one version that a command's argument names; otherwise the command ends with the reason.

import { exitCode, RequestError } from "../exit.js";
import type { LoadedVersion } from "../project/load-version.js";
import type { Registry } from "../registry.js";
import type { CommandContext } from "./command-context.js";
import { showFindings } from "./show-findings.js";

/**
 * @returns The version, or the exit code when it is broken: its findings are shown by then.
 * @throws RequestError when there is no such version.
 */
export async function loadPrompt(
  context: CommandContext,
  registry: Registry,
  reference: string,
  key: string | undefined,
): Promise<LoadedVersion | number> {
  const outcome = await registry.load(reference, { key });
  if (outcome.kind === "found") return outcome.prompt;
  if (outcome.kind === "unknown") throw new RequestError(outcome.problem, outcome.hint);
  await showFindings(registry, outcome.diagnostics, context.terminal.stderr, context.errorPaint);
  return exitCode.findings;
}
