// The end of a command that shows what can be shown: errors elsewhere are counted, not listed, and make it fail.

import { type Diagnostic, hasErrors } from "@cuecard/model";
import { exitCode } from "../exit.js";
import { countFindings, describeCounts } from "../report/count.js";
import type { CommandContext } from "./command-context.js";

/** @returns The exit code. */
export function tellErrors({ terminal, errorPaint }: CommandContext, diagnostics: readonly Diagnostic[]): number {
  if (!hasErrors(diagnostics)) return exitCode.clean;
  const counts = errorPaint.red(describeCounts(countFindings(diagnostics)));
  terminal.stderr.write(`${counts}: \`cuecard check\` shows them\n`);
  return exitCode.findings;
}
