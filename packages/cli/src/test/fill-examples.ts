// Adds examples for `cuecard test --fill`: shows what changes, and writes it.

import type { FillPlan, Registry } from "@cuecard/project";
import { plural } from "../report/count.js";
import { formatWords } from "../report/format-changes.js";
import type { CommandContext } from "../support/command-context.js";
import { printDiagnostics } from "../support/print-diagnostics.js";
import { printableLine } from "../terminal/text.js";

interface FillRequest {
  /** Empty for all prompts. */
  readonly names: readonly string[];
  readonly dryRun: boolean;
  /** Whether the result is text. Otherwise, the changes are printed on standard error. */
  readonly isText: boolean;
}

/** @returns What was planned. If the project cannot be read, the test that follows reports why. */
export async function fillExamples(
  context: CommandContext,
  registry: Registry,
  { names, dryRun, isText }: FillRequest,
): Promise<FillPlan["examples"]> {
  const { stdout, stderr } = context.terminal;
  const [stream, paint] = isText ? [stdout, context.paint] : [stderr, context.errorPaint];
  const { plan, diagnostics } = await registry.planFill(names.length === 0 ? {} : { names });
  if (plan === undefined) return {};
  await printDiagnostics(registry, diagnostics, { stream: stderr, paint: context.errorPaint });
  for (const { file, changes } of plan.files)
    stream.write(`${paint.bold(printableLine(file))}\n${formatWords(changes, paint)}\n`);
  const count = Object.values(plan.examples).reduce((sum, examples) => sum + examples.length, 0);
  if (dryRun || plan.files.length === 0) {
    stream.write(
      paint.dim(plan.files.length === 0 ? "No example is missing.\n" : "Nothing was changed (--dry-run).\n"),
    );
    return plan.examples;
  }
  const { diagnostics: failed } = await registry.applyFixes(plan);
  await printDiagnostics(registry, failed, { stream: stderr, paint: context.errorPaint });
  const where = plural(plan.files.length - failed.length, "file");
  stream.write(`${paint.green("✓")} ${plural(count, "example")} added in ${where}; check the values\n\n`);
  return plan.examples;
}
