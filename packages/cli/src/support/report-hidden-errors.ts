// The end of a command that shows what it can even if other prompts have errors: it counts the errors and fails.

import { type Diagnostic, hasErrors } from "@cuecard/model";
import { exitCode } from "../exit.js";
import { countFindings, describeCounts } from "../report/count.js";
import type { CommandContext } from "./command-context.js";

/** @returns The exit code. */
export function reportHiddenErrors(
  { terminal, errorPaint }: CommandContext,
  diagnostics: readonly Diagnostic[],
): number {
  if (!hasErrors(diagnostics)) return exitCode.clean;
  const counts = errorPaint.red(describeCounts(countFindings(diagnostics)));
  terminal.stderr.write(`${counts}; run \`cuecard check\` for details\n`);
  return exitCode.findings;
}
