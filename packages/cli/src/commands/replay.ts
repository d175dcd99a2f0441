// `cuecard replay <traces>`

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { diagnose, hasErrors, UsageError } from "@cuecard/model";
import type { ReplayReport } from "@cuecard/project";
import { exitCode } from "../exit.js";
import { formatReplay } from "../replay/format-replay.js";
import { formatText } from "../report/format-text.js";
import { undefinedToNull, writeJson } from "../report/json.js";
import { type DeclareCommand, examples } from "../support/command.js";
import type { CommandContext } from "../support/command-context.js";
import { unwrapOutcome } from "../support/print-diagnostics.js";
import { withProject } from "../support/with-project.js";
import { proseWidth } from "../terminal/terminal.js";

export const replay: DeclareCommand = (program, action) =>
  program
    .command("replay")
    .summary("render recorded calls with another version, and compare")
    .description(
      "Read calls from a file of traces, render each by the version that ran and by another one, and report calls that would be refused, texts that differ, and the change in tokens. Calls no model. Runs the project's helpers if a version calls any.",
    )
    .argument(
      "<traces>",
      "file with one JSON document a line, such as the OpenTelemetry Collector writes; - for standard input",
    )
    .option(
      "--with <candidate>",
      "version in place of the one that ran: production=v8 for an alias, greet=v8 for a prompt, greet@production=v8 for both, v8 for all; repeatable (default: working)",
      (value: string, before: readonly string[] = []) => [...before, value],
    )
    .option("--exit-code", "exit with code 1 if calls would be refused or texts differ, or no call was compared")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      examples("cuecard replay traces.jsonl --with production=v8", "cuecard replay traces.jsonl --with greet=working"),
    )
    .action(action(run));

interface ReplayCommandOptions {
  readonly with?: readonly string[];
  readonly exitCode?: boolean;
  readonly json?: boolean;
}

async function run(
  context: CommandContext,
  options: ReplayCommandOptions,
  [file = "-"]: readonly string[],
): Promise<number> {
  const traces = await openTraces(context, file);
  const shown = file === "-" ? "standard input" : file;
  return withProject(context, {}, async (registry) => {
    const outcome = await registry.replay({ traces, file: shown, with: options.with });
    const found = await unwrapOutcome(context, registry, outcome, options);
    if (typeof found === "number") return found;
    const { value: report } = found;
    const isEmpty = options.exitCode === true && !comparesAny(report);
    const diagnostics = [
      ...found.diagnostics,
      ...(isEmpty ? [diagnose("trace/nothing-compared", {}, { file: shown })] : []),
    ];
    const { stdout, stderr } = context.terminal;
    if (options.json === true) writeJson(stdout, undefinedToNull({ ...report, diagnostics }));
    else {
      stdout.write(formatReplay(report, shown, { paint: context.paint, width: proseWidth(stdout) }));
      // The file may be larger than memory: its lines are not shown.
      const style = { sources: () => undefined, paint: context.errorPaint, width: stderr.columns };
      if (diagnostics.length > 0) stderr.write(`\n${formatText(diagnostics, style)}`);
    }
    const isChanged = options.exitCode === true && report.versions.some(changes);
    return isChanged || hasErrors(diagnostics) ? exitCode.findings : exitCode.clean;
  });
}

/** A call whose candidate is the version that ran needs no comparison. */
function comparesAny({ replayed, skipped }: ReplayReport): boolean {
  return replayed > 0 || skipped.some(({ reason }) => reason === "same-version");
}

function changes({ refused, differing }: ReplayReport["versions"][number]): boolean {
  return refused + differing > 0;
}

/** @throws UsageError when the file cannot be read. */
async function openTraces({ terminal }: CommandContext, file: string): Promise<AsyncIterable<Uint8Array>> {
  if (file === "-") return terminal.stdin.chunks();
  const absolute = path.resolve(terminal.cwd, file);
  const found = await stat(absolute).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error)
    throw new UsageError(found.code === "ENOENT" ? `file not found: ${file}` : `cannot read ${file}: ${found.message}`);
  if (found.isDirectory()) throw new UsageError(`${file} is a folder: name a file of traces`);
  return createReadStream(absolute);
}
