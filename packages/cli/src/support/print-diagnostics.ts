// What a command prints about the project: diagnostics with their code frames or as JSON, how many errors, and notes.

import { type Diagnostic, hasErrors } from "@cuecard/model";
import type { Found, Outcome, Registry, SourceLookup } from "@cuecard/project";
import { exitCode, RequestError } from "../exit.js";
import { countFindings, describeCounts } from "../report/count.js";
import { formatText } from "../report/format-text.js";
import { formatJson } from "../report/json.js";
import type { Paint } from "../terminal/paint.js";
import type { OutputStream } from "../terminal/terminal.js";
import type { CommandContext } from "./command-context.js";

interface PrintOptions {
  readonly stream: OutputStream;
  readonly paint: Paint;
  /** The text of a draft, which is not on disk, and which diagnostics may point into. */
  readonly draft?: string | undefined;
}

export async function printDiagnostics(
  registry: Registry,
  diagnostics: readonly Diagnostic[],
  { stream, paint, draft }: PrintOptions,
): Promise<void> {
  if (diagnostics.length === 0) return;
  const known = await registry.sources(diagnostics);
  const sources: SourceLookup = (file, ref, finding) =>
    finding?.revision === "draft" ? draft : known(file, ref, finding);
  stream.write(formatText(diagnostics, { sources, paint, width: stream.columns }));
}

/**
 * @returns What was found. If it is broken, prints its diagnostics, as JSON with `--json`, and returns the exit code.
 * @throws RequestError when it does not exist.
 */
export async function unwrapOutcome<T>(
  context: CommandContext,
  registry: Registry,
  outcome: Outcome<T>,
  options: { readonly json?: boolean },
): Promise<Found<T> | number> {
  if (outcome.kind === "found") return outcome;
  if (outcome.kind === "unknown") throw new RequestError(outcome.problem, outcome.hint);
  const { terminal, errorPaint: paint } = context;
  if (options.json === true) terminal.stdout.write(formatJson(outcome.diagnostics));
  else await printDiagnostics(registry, outcome.diagnostics, { stream: terminal.stderr, paint });
  return exitCode.findings;
}

/**
 * Ends a command that prints what it can even if other prompts have errors: counts the errors.
 *
 * @returns The exit code.
 */
export function reportHiddenErrors(
  { terminal, errorPaint }: CommandContext,
  diagnostics: readonly Diagnostic[],
): number {
  if (!hasErrors(diagnostics)) return exitCode.clean;
  const counts = errorPaint.red(describeCounts(countFindings(diagnostics)));
  terminal.stderr.write(`${counts}; run \`cuecard check\` for details\n`);
  return exitCode.findings;
}

/** A note for a project without prompts: usually the command runs in the wrong folder. */
export function warnNoPrompts({ terminal, errorPaint }: CommandContext, { config }: Registry): void {
  const note = `there are no prompts in ${config.prompts}/; run \`cuecard init\` to create one`;
  terminal.stderr.write(`${errorPaint.yellow("note:")} ${note}\n`);
}
