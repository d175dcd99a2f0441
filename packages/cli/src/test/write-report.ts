// Prints the result of `cuecard test` in the format that was asked for.

import type { FillPlan, Registry, SnapshotResult, TestReport } from "@cuecard/project";
import { undefinedToNull, writeJson } from "../report/json.js";
import type { CommandContext } from "../support/command-context.js";
import { printDiagnostics, warnNoPrompts } from "../support/print-diagnostics.js";
import { folderInRepository } from "../support/write-findings.js";
import { proseWidth } from "../terminal/terminal.js";
import { formatCoverage } from "./format-coverage.js";
import { formatLcov } from "./format-lcov.js";
import { formatTestSummary, formatTests } from "./format-tests.js";
import { formatTestsJunit } from "./format-tests-junit.js";

export const FORMATS = ["text", "json", "junit", "lcov"] as const;

export type TestFormat = (typeof FORMATS)[number];

interface Tested {
  readonly report: TestReport;
  readonly diagnostics: Parameters<typeof printDiagnostics>[1];
  /** `undefined` if no snapshot had to be written. */
  readonly written: SnapshotResult | undefined;
}

interface TestedAndFilled extends Tested {
  readonly format: TestFormat;
  /** The examples that `--fill` added. */
  readonly filled: FillPlan["examples"] | undefined;
}

export async function writeReport(
  context: CommandContext,
  registry: Registry,
  { format, filled, ...tested }: TestedAndFilled,
): Promise<void> {
  const { stdout, stderr } = context.terminal;
  const { report, diagnostics, written = NOTHING_WRITTEN } = tested;
  switch (format) {
    case "json": {
      const { snapshots: _, ...data } = report;
      writeJson(stdout, undefinedToNull({ ...(filled && { filled }), ...data, snapshots: written, diagnostics }));
      return;
    }
    case "junit":
      stdout.write(formatTestsJunit(report, await folderOf(context)));
      await printErrors(context, registry, diagnostics);
      return;
    case "lcov": {
      stdout.write(formatLcov(report.coverage?.files ?? [], await folderOf(context)));
      const onStderr = { ...context, paint: context.errorPaint, terminal: { ...context.terminal, stdout: stderr } };
      if (!report.passed) await writeText(onStderr, registry, tested);
      return;
    }
    case "text":
      await writeText(context, registry, tested);
  }
}

function folderOf({ dir, terminal }: CommandContext): Promise<string> {
  return folderInRepository(dir, terminal.env["GITHUB_WORKSPACE"]);
}

const NOTHING_WRITTEN: SnapshotResult = { written: [], deleted: [] };

async function writeText(
  context: CommandContext,
  registry: Registry,
  { report, diagnostics, written = NOTHING_WRITTEN }: Tested,
): Promise<void> {
  const { terminal, paint } = context;
  const { stdout } = terminal;
  if (report.prompts.length === 0) {
    warnNoPrompts(context, registry);
    return;
  }
  await printErrors(context, registry, diagnostics);
  const style = { paint, width: proseWidth(stdout) };
  stdout.write(formatTests(report, style));
  const isUpdate = written.written.length + written.deleted.length > 0;
  for (const { file, example } of isUpdate ? [] : report.obsolete) {
    const what = example === undefined ? `${file}, whose prompt is gone` : `"${example}" in ${file}`;
    stdout.write(`${paint.yellow("obsolete:")} ${what}; \`cuecard test --update\` removes it\n`);
  }
  for (const file of written.written) stdout.write(`${paint.green("wrote")} ${file}\n`);
  for (const file of written.deleted) stdout.write(`${paint.yellow("deleted")} ${file}\n`);
  if (report.coverage !== undefined) stdout.write(formatCoverage(report.coverage, paint));
  stdout.write(`\n${formatTestSummary(report, style)}`);
  if (report.prompts.every(({ broken, examples }) => !broken && examples.length === 0))
    stdout.write("No prompt has examples: add them to the front matter\n");
}

/** What makes a prompt fail. `check` reports the rest. */
async function printErrors(
  { terminal, errorPaint }: CommandContext,
  registry: Registry,
  diagnostics: Tested["diagnostics"],
): Promise<void> {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  await printDiagnostics(registry, errors, { stream: terminal.stderr, paint: errorPaint });
}
