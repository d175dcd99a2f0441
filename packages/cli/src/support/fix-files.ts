// Fixes files for `cuecard check --fix`: shows what changes, and writes it.

import { hasErrors } from "@cuecard/model";
import type { FixedFile, Registry } from "@cuecard/project";
import { plural } from "../report/count.js";
import { formatWords } from "../report/format-changes.js";
import { printableLine } from "../terminal/text.js";
import type { CommandContext } from "./command-context.js";
import { printDiagnostics } from "./print-diagnostics.js";

interface FixRequest {
  /** Relative to the project's folder; empty for all files. */
  readonly files: readonly string[];
  readonly dryRun: boolean;
  /** Whether the result is text. Otherwise, the changes are printed on standard error. */
  readonly isText: boolean;
}

export interface Fixes {
  /** What was planned. */
  readonly files: readonly FixedFile[];
  /** Whether a file could not be written. */
  readonly failed: boolean;
}

export async function fixFiles(
  context: CommandContext,
  registry: Registry,
  { files, dryRun, isText }: FixRequest,
): Promise<Fixes> {
  const { stdout, stderr } = context.terminal;
  const [stream, paint] = isText ? [stdout, context.paint] : [stderr, context.errorPaint];
  const { plan } = await registry.planFixes(files.length === 0 ? {} : { files });
  // If the project cannot be read, the check that follows reports why.
  if (plan === undefined) return { files: [], failed: false };
  for (const { file, changes } of plan.files)
    stream.write(`${paint.bold(printableLine(file))}\n${formatWords(changes, paint)}\n`);
  if (plan.files.length === 0 || dryRun) {
    stream.write(paint.dim(plan.files.length === 0 ? "Nothing to fix.\n" : "Nothing was changed (--dry-run).\n"));
    return { files: plan.files, failed: false };
  }
  const { result, diagnostics } = await registry.applyFixes(plan);
  await printDiagnostics(registry, diagnostics, { stream: stderr, paint: context.errorPaint });
  stream.write(`${paint.green("✓")} ${plural(result?.files.length ?? 0, "file")} fixed\n`);
  return { files: plan.files, failed: hasErrors(diagnostics) };
}
