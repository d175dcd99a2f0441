// `cuecard check [files…]`

import { existsSync } from "node:fs";
import path from "node:path";
import { type Diagnostic, isWithin, UsageError } from "@cuecard/model";
import { Option } from "commander";
import { exitCode } from "../exit.js";
import { countFindings, describeCounts, plural } from "../report/count.js";
import { formatAdded } from "../report/format-added.js";
import { writeJson } from "../report/json.js";
import { type DeclareCommand, examples } from "../support/command.js";
import type { CommandContext } from "../support/command-context.js";
import { fixFiles } from "../support/fix-files.js";
import { pathInProject } from "../support/project-path.js";
import { withProject } from "../support/with-project.js";
import { witnessFromHere } from "../support/witness-from-here.js";
import { FINDING_FORMATS, isDocumentFormat, writeFindings } from "../support/write-findings.js";

const FORMATS = ["text", "json", ...FINDING_FORMATS] as const;

export const check: DeclareCommand = (program, action) =>
  program
    .command("check")
    .summary("find problems in prompts, versions and aliases")
    .description(
      "Find problems in prompts, versions, aliases, settings and prompts.lock. Changes nothing without --fix. If you name files, it reports only problems in these files, and in prompts that use one of them as a partial or schema.",
    )
    .argument("[files...]", "files or folders to report on (default: everything)")
    .addOption(new Option("--format <format>", "output format").choices(FORMATS).default("text"))
    .addOption(new Option("--json", "same as --format json").hideHelp())
    .option("--fix", "first edit the prompt files where it is certain what was meant, and show the changes")
    .option("--dry-run", "with --fix: show the changes without writing them")
    .option("--strict", "fail on warnings as well as errors")
    .option(
      "--frozen",
      "ignore versions that are missing from prompts.lock, and report an error if an alias points at one (default in CI)",
    )
    .option("--no-frozen", "warn about versions that are missing from prompts.lock")
    .option(
      "--base <commit>",
      "also report what this branch removes or changes in prompts.lock, and the text of the versions that it adds",
    )
    .option("--require-signed", "fail if the tag of a version has no valid signature")
    .option(
      "--allowed-signers <file>",
      "with --require-signed: file of trusted keys, in ssh-keygen's format (default: the setting allowedSigners)",
    )
    .option(
      "--witness <file>",
      "report versions that differ from those recorded with `cuecard lock --witness`: a file or URL",
    )
    .addHelpText("after", examples("cuecard check", "cuecard check prompts/greet.md", "cuecard check --fix --dry-run"))
    .action(action(run));

interface CheckOptions {
  readonly format: (typeof FORMATS)[number];
  readonly json?: boolean;
  readonly strict?: boolean;
  readonly fix?: boolean;
  readonly dryRun?: boolean;
  readonly frozen?: boolean;
  readonly base?: string;
  readonly requireSigned?: boolean;
  readonly allowedSigners?: string;
  readonly witness?: string;
}

async function run(context: CommandContext, options: CheckOptions, files: readonly string[]): Promise<number> {
  if (options.allowedSigners !== undefined && options.requireSigned !== true)
    throw new UsageError("--allowed-signers requires --require-signed");
  if (options.base === "") throw new UsageError("--base requires a branch or commit, such as origin/main");
  if (options.dryRun === true && options.fix !== true) throw new UsageError("--dry-run requires --fix");
  const witness = await witnessFromHere(context, options.witness);
  const frozen = options.frozen ?? context.automated;
  const named = files.map((file) => projectFile(context, file));
  return withProject(context, { frozen }, async (registry) => {
    const { allowedSigners } = options;
    const format = options.json === true ? "json" : options.format;
    const fixes =
      options.fix === true
        ? await fixFiles(context, registry, {
            files: named,
            dryRun: options.dryRun === true,
            isText: format === "text",
          })
        : undefined;
    const {
      diagnostics: all,
      prompts,
      versions,
      added,
      touched,
      uses,
    } = await registry.check({
      base: options.base,
      requireSigned: options.requireSigned ?? false,
      allowedSigners: allowedSigners === undefined ? undefined : path.resolve(context.terminal.cwd, allowedSigners),
      witness,
    });
    // If nothing could be read, the reason is reported, whatever its file.
    const diagnostics = files.length === 0 || uses === undefined ? all : all.filter(isAbout(named, uses));
    const { stdout, stderr } = context.terminal;
    if (format === "json")
      writeJson(stdout, { ...(fixes && { fixes: fixes.files }), ...(added && { added }), diagnostics });
    else
      await writeFindings(context, registry, diagnostics, {
        ...{ format, added, touched },
        strict: options.strict === true,
      });
    const isDocument = format === "json" || isDocumentFormat(format);
    if (added !== undefined && !isDocument) stdout.write(formatAdded(added, options.base ?? "", context.paint));
    const counts = countFindings(diagnostics);
    const fixable = options.fix === true ? 0 : diagnostics.filter((finding) => finding.fix !== undefined).length;
    const failed = fixes?.failed === true || counts.error > 0 || (options.strict === true && counts.warning > 0);
    const checked =
      files.length === 0
        ? `${plural(prompts, "prompt")}, ${plural(versions, "version")}`
        : plural(files.length, "path");
    if (!failed && !isDocument) stdout.write(`${context.paint.green("✓")} ${checked} checked\n`);
    const others = describeCounts(countFindings(all.filter((finding) => !diagnostics.includes(finding))));
    const summary = isDocument ? stderr : stdout;
    if (others !== "") summary.write(`${others} elsewhere; run \`cuecard check\` for details\n`);
    if (fixable > 0 && format === "text")
      stdout.write(`${plural(fixable, "finding")} can be fixed with \`cuecard check --fix\`\n`);
    return failed ? exitCode.findings : exitCode.clean;
  });
}

/** @throws UsageError when the path does not exist, or is outside the project's folder. */
function projectFile(context: CommandContext, file: string): string {
  const inner = pathInProject(context, file);
  const exists = existsSync(
    inner === undefined ? path.resolve(context.terminal.cwd, file) : path.join(context.dir, inner),
  );
  if (!exists) throw new UsageError(`file not found: ${file}`);
  if (inner === undefined) throw new UsageError(`${file} is outside the project's folder, ${context.dir}`);
  return inner;
}

/**
 * Whether a finding is about one of these files as it is on disk. Findings of released versions are not: a change of a file
 * cannot cause or fix them.
 *
 * @param paths Relative to the project's folder; empty for the folder itself.
 * @param uses The files of prompts by the path of a partial or schema that they use.
 */
function isAbout(
  paths: readonly string[],
  uses: ReadonlyMap<string, readonly string[]>,
): (finding: Diagnostic) => boolean {
  const isNamed = (file: string) => paths.some((own) => isWithin(file, own));
  const reached = new Set([...uses].flatMap(([shared, prompts]) => (isNamed(shared) ? prompts : [])));
  return ({ file, ref }) => (ref === undefined || ref === "working") && (isNamed(file) || reached.has(file));
}
