// `cuecard lock`

import { hasErrors, LOCK_FILE, versionTag } from "@cuecard/model";
import { Option } from "commander";
import { exitCode } from "../exit.js";
import { plural } from "../report/count.js";
import { addCommand, formatNextSteps, lockStep } from "../report/next-steps.js";
import { type DeclareCommand, examples } from "../support/command.js";
import { type CommandContext, folderFromHere } from "../support/command-context.js";
import { printDiagnostics } from "../support/print-diagnostics.js";
import { withProject } from "../support/with-project.js";
import { witnessFromHere } from "../support/witness-from-here.js";

export const lock: DeclareCommand = (program, action) =>
  program
    .command("lock")
    .summary("update prompts.lock")
    .description(
      "Record the commit and digest of every version in prompts.lock. If a merge left conflict markers in the file, the lines of both sides are kept.",
    )
    .option("--check", "only report whether prompts.lock is up to date")
    .option(
      "--witness <file>",
      "record the digests of new versions in this file outside of the repository, or report what contradicts it (with --check: a file or URL, only compared)",
    )
    .addOption(new Option("--frozen", "same as --check").hideHelp())
    .addHelpText("after", examples("cuecard lock", "cuecard lock --check"))
    .action(action(run));

interface LockOptions {
  readonly check?: boolean;
  readonly frozen?: boolean;
  readonly witness?: string;
}

async function run(context: CommandContext, options: LockOptions): Promise<number> {
  const witness = await witnessFromHere(context, options.witness);
  return withProject(context, { frozen: false }, async (registry) => {
    const { stdout, stderr } = context.terminal;
    const checksOnly = options.check === true || options.frozen === true;
    const { diagnostics, versions, outdated, written, added, resolved } = await registry.lock({ checksOnly, witness });
    await printDiagnostics(registry, diagnostics, { stream: stderr, paint: context.errorPaint });
    if (hasErrors(diagnostics)) return exitCode.findings;
    const done = context.paint.green("✓");
    if (!outdated) {
      stdout.write(`${done} prompts.lock is up to date (${plural(versions, "version")})\n`);
      return exitCode.clean;
    }
    if (!written) return exitCode.findings;
    const what = [
      ...(resolved ? ["kept the lines of both sides of the merge"] : []),
      ...(added.length > 0 || !resolved ? [`added ${plural(added.length, "version")}`] : []),
    ];
    const folder = folderFromHere(context);
    // During a merge, git cannot commit a single file: the user concludes the merge instead.
    const next = resolved
      ? { what: "mark it as resolved", command: addCommand(LOCK_FILE, folder) }
      : lockStep(added.map(versionTag), folder);
    stdout.write(`${done} prompts.lock: ${what.join(", ")}\n${formatNextSteps([next])}`);
    return exitCode.clean;
  });
}
