// Runs a command that changes something: shows the plan, asks for confirmation if the change is hard to undo, applies the
// plan and reports the result.

import { type Diagnostic, hasErrors } from "@cuecard/model";
import type { Applied, Planned, Registry } from "@cuecard/project";
import { exitCode } from "../exit.js";
import { writeJson } from "../report/json.js";
import type { Paint } from "../terminal/paint.js";
import { proseWidth } from "../terminal/terminal.js";
import { type CommandContext, folderFromHere } from "./command-context.js";
import { printDiagnostics } from "./print-diagnostics.js";

export interface PlanOptions {
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly yes?: boolean;
}

/** How one command plans, describes and applies its change. */
export interface PlanCommand<P, R> {
  readonly plan: () => Promise<Planned<P>>;
  /** Whether there is nothing to do. The plan is still described, but not applied. */
  readonly isEmpty: (plan: P) => boolean;
  /** What would be done, as lines. */
  readonly describe: (plan: P, style: OutputStyle) => string;
  /** The question to ask on a terminal; `undefined` if the plan is easy to undo. */
  readonly question?: (plan: P) => string | undefined;
  readonly apply: (plan: P) => Promise<Applied<R>>;
  /**
   * Plans and applies in one turn, where nothing is asked in between: what planning reads is read once. Its diagnostics include those of
   * planning. Default: `plan`, then `apply`.
   */
  readonly once?: (onPlan: (plan: P) => void) => Promise<Applied<R>>;
  /** The text of a draft, which is not on disk, and which diagnostics may point into. */
  readonly draft?: string;
  /** What has been done, as lines. */
  readonly report: (result: R, style: OutputStyle) => string;
}

export interface OutputStyle {
  readonly paint: Paint;
  /** Columns to fit into; infinite without a terminal. */
  readonly width: number;
  /** The project's folder, relative to the user's; empty if they are the same. */
  readonly folder: string;
}

/** @returns The exit code. */
export async function runPlan<P, R>(
  context: CommandContext,
  registry: Registry,
  options: PlanOptions,
  command: PlanCommand<P, R>,
): Promise<number> {
  const { once } = command;
  if (once !== undefined && options.dryRun !== true) return runOnce(context, registry, options, { ...command, once });
  const { stdin, stdout, stderr } = context.terminal;
  const style = styleOf(context);
  const json = options.json === true;
  const show = (found: readonly Diagnostic[]) =>
    printDiagnostics(registry, found, { stream: stderr, paint: context.errorPaint, draft: command.draft });
  const print = (document: Document<P, R>) => writeJson(stdout, document);
  const { plan, diagnostics } = await command.plan();
  if (plan === undefined || hasErrors(diagnostics)) {
    if (json) print({ ...(plan === undefined ? {} : { plan }), diagnostics });
    else {
      if (plan !== undefined) stdout.write(command.describe(plan, style));
      await show(diagnostics);
    }
    return exitCode.findings;
  }
  if (!json) {
    await show(diagnostics);
    stdout.write(command.describe(plan, style));
  }
  if (options.dryRun === true || command.isEmpty(plan)) {
    if (json) print({ plan, diagnostics });
    else if (!command.isEmpty(plan)) stdout.write(`${context.paint.dim("Nothing was changed (--dry-run).")}\n`);
    return exitCode.clean;
  }
  const question = command.question?.(plan);
  const asks = question !== undefined && options.yes !== true && !json && stdin.interactive && stdout.interactive;
  const answer = asks ? await ask(question) : true;
  if (answer !== true) {
    stdout.write("Nothing was changed.\n");
    return answer === false ? exitCode.findings : exitCode.interrupted;
  }
  const applied = await command.apply(plan);
  const found = [...diagnostics, ...applied.diagnostics];
  if (json) print({ plan, ...(applied.result === undefined ? {} : { result: applied.result }), diagnostics: found });
  else {
    await show(applied.diagnostics);
    if (applied.result !== undefined) stdout.write(command.report(applied.result, style));
  }
  return applied.result === undefined || hasErrors(applied.diagnostics) ? exitCode.findings : exitCode.clean;
}

async function runOnce<P, R>(
  context: CommandContext,
  registry: Registry,
  { json = false }: PlanOptions,
  { once, describe, report, draft }: PlanCommand<P, R> & Required<Pick<PlanCommand<P, R>, "once">>,
): Promise<number> {
  const { stdout, stderr } = context.terminal;
  const style = styleOf(context);
  let plan: P | undefined;
  const { result, diagnostics } = await once((made) => {
    plan = made;
    if (!json) stdout.write(describe(made, style));
  });
  if (json) {
    const document: Document<P, R> = {
      ...(plan === undefined ? {} : { plan }),
      ...(result === undefined ? {} : { result }),
      diagnostics,
    };
    writeJson(stdout, document);
  } else {
    await printDiagnostics(registry, diagnostics, { stream: stderr, paint: context.errorPaint, draft });
    if (result !== undefined) stdout.write(report(result, style));
  }
  return result === undefined || hasErrors(diagnostics) ? exitCode.findings : exitCode.clean;
}

function styleOf(context: CommandContext): OutputStyle {
  const { paint, terminal } = context;
  return { paint, width: proseWidth(terminal.stdout), folder: folderFromHere(context) };
}

/** What `--json` prints. */
interface Document<P, R> {
  readonly plan?: P;
  readonly result?: R;
  readonly diagnostics: readonly Diagnostic[];
}

/** @returns `undefined` after Ctrl-C. */
async function ask(question: string): Promise<boolean | undefined> {
  const { confirm, isCancel } = await import("@clack/prompts");
  const answer = await confirm({ message: question, initialValue: false });
  return isCancel(answer) ? undefined : answer;
}
