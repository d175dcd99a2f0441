// Every command that changes something is a plan and its application. This shows the plan, asks where it is hard to undo,
// applies it, and says what came of it.

import { type Diagnostic, hasErrors } from "@cuecard/model";
import type { Registry } from "@cuecard/project";
import type { Applied, Planned } from "@cuecard/registry";
import { exitCode } from "../exit.js";
import type { Paint } from "../terminal/paint.js";
import { type CommandContext, folderFromHere } from "./command-context.js";
import { showFindings } from "./show-findings.js";

export interface PlanOptions {
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly yes?: boolean;
}

/** What a command plans, and how it speaks of it. */
export interface PlannedWork<P, R> {
  readonly plan: () => Promise<Planned<P>>;
  /** Whether there is nothing to do. The plan is described all the same, and nothing is applied. */
  readonly isEmpty: (plan: P) => boolean;
  /** What would be done, as lines. */
  readonly describe: (plan: P, look: Look) => string;
  /** The question on a terminal; `undefined` where the plan is easy to undo. */
  readonly question?: (plan: P) => string | undefined;
  readonly apply: (plan: P) => Promise<Applied<R>>;
  /** A text that findings point into and that is not on disk, by its ref. */
  readonly draft?: { readonly ref: string; readonly text: string };
  /** What has been done, as lines. */
  readonly report: (result: R, look: Look) => string;
}

export interface Look {
  readonly paint: Paint;
  /** Columns to keep to. */
  readonly width: number;
  /** The project's folder, from where the user stands; empty for the same. */
  readonly folder: string;
}

/** @returns The exit code. */
export async function carryOut<P, R>(
  context: CommandContext,
  registry: Registry,
  options: PlanOptions,
  work: PlannedWork<P, R>,
): Promise<number> {
  const { stdin, stdout, stderr } = context.terminal;
  const look: Look = {
    paint: context.paint,
    width: Math.min(stdout.columns ?? 100, 100),
    folder: folderFromHere(context),
  };
  const json = options.json === true;
  const show = (found: readonly Diagnostic[]) => showFindings(registry, found, stderr, context.errorPaint, work.draft);
  const print = (document: Document<P, R>) => stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  const { plan, diagnostics } = await work.plan();
  if (plan === undefined || hasErrors(diagnostics)) {
    if (json) print({ ...(plan === undefined ? {} : { plan }), diagnostics });
    else {
      if (plan !== undefined) stdout.write(work.describe(plan, look));
      await show(diagnostics);
    }
    return exitCode.findings;
  }
  if (!json) {
    await show(diagnostics);
    stdout.write(work.describe(plan, look));
  }
  if (options.dryRun === true || work.isEmpty(plan)) {
    if (json) print({ plan, diagnostics });
    else if (!work.isEmpty(plan)) stdout.write(`${context.paint.dim("Nothing was changed (--dry-run).")}\n`);
    return exitCode.clean;
  }
  const question = work.question?.(plan);
  const asks = question !== undefined && options.yes !== true && !json && stdin.interactive && stdout.interactive;
  const answer = asks ? await ask(question) : true;
  if (answer !== true) {
    stdout.write("Nothing was changed.\n");
    return answer === false ? exitCode.findings : exitCode.interrupted;
  }
  const applied = await work.apply(plan);
  const found = [...diagnostics, ...applied.diagnostics];
  if (json) print({ plan, ...(applied.result === undefined ? {} : { result: applied.result }), diagnostics: found });
  else {
    await show(applied.diagnostics);
    if (applied.result !== undefined) stdout.write(work.report(applied.result, look));
  }
  return applied.result === undefined || hasErrors(applied.diagnostics) ? exitCode.findings : exitCode.clean;
}

/** What `--json` prints: the plan, what became of it, and all findings. */
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
