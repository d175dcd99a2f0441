// `cuecard check`

import { randomUUID } from "node:crypto";
import { appendFile } from "node:fs/promises";
import path from "node:path";
import { type Diagnostic, UsageError } from "@cuecard/model";
import type { Registry } from "@cuecard/project";
import { Option } from "commander";
import { exitCode } from "../exit.js";
import { countFindings, plural } from "../report/count.js";
import { formatGithub, formatSummary } from "../report/format-github.js";
import { formatJson } from "../report/json.js";
import { type DeclareCommand, examples } from "../support/command.js";
import type { CommandContext } from "../support/command-context.js";
import { printDiagnostics, warnNoPrompts } from "../support/print-diagnostics.js";
import { withProject } from "../support/with-project.js";

export const check: DeclareCommand = (program, action) =>
  program
    .command("check")
    .summary("find problems in prompts, versions and aliases")
    .description("Find problems in prompts, versions, aliases, settings and prompts.lock. Changes nothing.")
    .addOption(new Option("--format <format>", "output format").choices(["text", "json", "github"]).default("text"))
    .addOption(new Option("--json", "same as --format json").hideHelp())
    .option("--strict", "fail on warnings as well as errors")
    .option(
      "--frozen",
      "ignore versions that are missing from prompts.lock, and report an error if an alias points at one (default in CI)",
    )
    .option("--no-frozen", "warn about versions that are missing from prompts.lock")
    .option("--require-signed", "fail if the tag of a version has no valid signature")
    .option(
      "--allowed-signers <file>",
      "with --require-signed: file of trusted keys, in ssh-keygen's format (default: the setting allowedSigners)",
    )
    .addHelpText("after", examples("cuecard check", "cuecard check --strict --format json"))
    .action(action(run));

interface CheckOptions {
  readonly format: "text" | "json" | "github";
  readonly json?: boolean;
  readonly strict?: boolean;
  readonly frozen?: boolean;
  readonly requireSigned?: boolean;
  readonly allowedSigners?: string;
}

async function run(context: CommandContext, options: CheckOptions): Promise<number> {
  if (options.allowedSigners !== undefined && options.requireSigned !== true)
    throw new UsageError("--allowed-signers requires --require-signed");
  const frozen = options.frozen ?? context.automated;
  return withProject(context, { frozen }, async (registry) => {
    const { allowedSigners } = options;
    const { diagnostics, prompts, versions } = await registry.check({
      requireSigned: options.requireSigned ?? false,
      allowedSigners: allowedSigners === undefined ? undefined : path.resolve(context.terminal.cwd, allowedSigners),
    });
    const { stdout } = context.terminal;
    const format = options.json === true ? "json" : options.format;
    if (format === "json") stdout.write(formatJson(diagnostics));
    else if (format === "github") await reportToGithub(context, registry, diagnostics);
    else await printDiagnostics(registry, diagnostics, { stream: stdout, paint: context.paint });
    const counts = countFindings(diagnostics);
    const failed = counts.error > 0 || (options.strict === true && counts.warning > 0);
    if (!failed && format !== "json")
      stdout.write(
        `${context.paint.green("✓")} ${plural(prompts, "prompt")}, ${plural(versions, "version")} checked\n`,
      );
    if (!failed && format === "text" && prompts === 0 && versions === 0) warnNoPrompts(context, registry);
    return failed ? exitCode.findings : exitCode.clean;
  });
}

async function reportToGithub(
  { dir, terminal }: CommandContext,
  registry: Registry,
  diagnostics: readonly Diagnostic[],
): Promise<void> {
  const folder = await folderInRepository(dir, terminal.env["GITHUB_WORKSPACE"]);
  const sources = await registry.sources(diagnostics);
  terminal.stdout.write(formatGithub(diagnostics, { folder, sources, stopToken: randomUUID() }));
  const summary = terminal.env["GITHUB_STEP_SUMMARY"];
  if (summary) await appendFile(summary, formatSummary(diagnostics, folder));
  const output = terminal.env["GITHUB_OUTPUT"];
  const counts = countFindings(diagnostics);
  if (output) await appendFile(output, `errors=${counts.error}\nwarnings=${counts.warning}\n`);
}

/** The project's folder, relative to the top of the checkout: annotations name files from there. */
async function folderInRepository(dir: string, workspace: string | undefined): Promise<string> {
  const { findGitDir } = await import("@cuecard/project");
  const roots = [workspace, findGitDir(dir)?.root];
  for (const root of roots) {
    if (!root) continue;
    const relative = path.relative(root, dir);
    if (!relative.startsWith("..") && !path.isAbsolute(relative)) return relative.split(path.sep).join("/");
  }
  return "";
}
