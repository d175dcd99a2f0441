// `cuecard test [names…]`

import { hasErrors, UsageError } from "@cuecard/model";
import { InvalidArgumentError, Option } from "commander";
import { exitCode, RequestError } from "../exit.js";
import { writeJson } from "../report/json.js";
import { type DeclareCommand, examples } from "../support/command.js";
import type { CommandContext } from "../support/command-context.js";
import { unwrapOutcome } from "../support/print-diagnostics.js";
import { withProject } from "../support/with-project.js";
import { fillExamples } from "../test/fill-examples.js";
import { FORMATS, type TestFormat, writeReport } from "../test/write-report.js";

export const test: DeclareCommand = (program, action) =>
  program
    .command("test")
    .summary("check what the examples of prompts render")
    .description(
      "Render each example of the working files, and compare the text with what the example expects and with its snapshot. Calls no model. Runs the project's helpers if a prompt calls any.",
    )
    .argument("[names...]", "prompts to test (default: all)")
    .option("-u, --update", "write the snapshots next to the prompts, and remove obsolete ones")
    .option("--coverage", "report the branches of templates that no example renders")
    .option(
      "--coverage-min <percent>",
      "like --coverage, and fail if less than this percentage of branches is rendered",
      readPercent,
    )
    .option("--fill", "first add examples for these branches to the front matter, and show the changes")
    .option("--dry-run", "with --fill: show the changes without writing them")
    .addOption(new Option("--format <format>", "output format").choices(FORMATS).default("text"))
    .addOption(new Option("--json", "same as --format json").hideHelp())
    .addHelpText("after", examples("cuecard test", "cuecard test greet --update", "cuecard test --coverage"))
    .action(action(run));

function readPercent(text: string): number {
  const percent = Number(text.replace(/%$/, ""));
  if (text.trim() === "" || !(percent >= 0 && percent <= 100))
    throw new InvalidArgumentError("Write a number from 0 to 100.");
  return percent;
}

interface TestCommandOptions {
  readonly coverage?: boolean;
  readonly fill?: boolean;
  readonly dryRun?: boolean;
  readonly coverageMin?: number;
  readonly update?: boolean;
  readonly format: TestFormat;
  readonly json?: boolean;
}

async function run(context: CommandContext, options: TestCommandOptions, names: readonly string[]): Promise<number> {
  const update = options.update === true;
  if (update && context.automated)
    throw new RequestError(
      "snapshots are not written in CI",
      "run `cuecard test --update` on your machine, and commit the result",
    );
  if (options.dryRun === true && options.fill !== true) throw new UsageError("--dry-run requires --fill");
  if (options.fill === true && options.dryRun !== true && context.automated)
    throw new RequestError(
      "examples are not written in CI",
      "run `cuecard test --fill` on your machine, and commit the result",
    );
  const format = options.json === true ? "json" : options.format;
  return withProject(context, {}, async (registry) => {
    const { stdout } = context.terminal;
    const filled =
      options.fill === true
        ? await fillExamples(context, registry, { names, dryRun: options.dryRun === true, isText: format === "text" })
        : undefined;
    if (filled !== undefined && options.dryRun === true) {
      if (format === "json") writeJson(stdout, { filled });
      return exitCode.clean;
    }
    const outcome = await registry.test({
      ...(names.length === 0 ? {} : { names }),
      ...{ update, coverage: options.coverage === true || format === "lcov" || options.coverageMin !== undefined },
      coverageMin: options.coverageMin,
    });
    const found = await unwrapOutcome(context, registry, outcome, { json: format === "json" });
    if (typeof found === "number") return found;
    const { value: report } = found;
    const applied = report.snapshots.files.length === 0 ? undefined : await registry.applySnapshots(report.snapshots);
    const diagnostics = [...found.diagnostics, ...(applied?.diagnostics ?? [])];
    await writeReport(context, registry, { report, diagnostics, written: applied?.result, format, filled });
    return report.passed && !hasErrors(applied?.diagnostics ?? []) ? exitCode.clean : exitCode.findings;
  });
}
