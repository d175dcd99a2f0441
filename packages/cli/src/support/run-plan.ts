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
  const { stdin, stdout, stderr } = context.terminal;
  const style: OutputStyle = {
    paint: context.paint,
    width: proseWidth(stdout),
    folder: folderFromHere(context),
  };
  const json = options.json === true;
  const show = (found: readonly Diagnostic[]) =>
    printDiagnostics(registry, found, { stream: stderr, paint: context.errorPaint, draft: command.draft });
  const print = (document: Document<P, R>) => writeJson(stdout, document);
  /** @param earlier Findings that were shown with the plan. */
  const finish = async (plan: P | undefined, applied: Applied<R>, earlier: readonly Diagnostic[] = []) => {
    const { result, diagnostics } = applied;
    if (json)
      print({
        ...(plan === undefined ? {} : { plan }),
        ...(result === undefined ? {} : { result }),
        diagnostics: [...earlier, ...diagnostics],
      });
    else {
      await show(diagnostics);
      if (result !== undefined) stdout.write(command.report(result, style));
    }
    return result === undefined || hasErrors(diagnostics) ? exitCode.findings : exitCode.clean;
  };
  if (command.once !== undefined && options.dryRun !== true) {
    let made: P | undefined;
    const applied = await command.once((plan) => {
      made = plan;
      if (!json) stdout.write(command.describe(plan, style));
    });
    return finish(made, applied);
  }
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
  return finish(plan, await command.apply(plan), diagnostics);
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
