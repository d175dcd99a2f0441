// `cuecard export promptfoo [refs…]`

import { hasErrors, UsageError } from "@cuecard/model";
import { exitCode } from "../exit.js";
import { plural } from "../report/count.js";
import { writeJson } from "../report/json.js";
import { collect, type DeclareCommand, examples } from "../support/command.js";
import { baseOfPullRequest, type CommandContext } from "../support/command-context.js";
import { printDiagnostics, unwrapOutcome } from "../support/print-diagnostics.js";
import { withProject } from "../support/with-project.js";

export const exportCommand: DeclareCommand = (program, action) => {
  const command = program
    .command("export")
    .summary("write prompts for other tools")
    .description("Write prompts and their examples in the form of another tool.");
  command
    .command("promptfoo")
    .summary("write a promptfoo configuration that compares versions")
    .description(
      "Write a promptfoo configuration that renders each example with several versions: before and after the branch, or the versions that you name. Import the results with `cuecard score --from`.",
    )
    .argument(
      "[refs...]",
      "prompts to compare before and after the branch (default: those that it changes), or versions such as greet@v3",
    )
    .option(
      "--base <commit>",
      "what to compare with: a branch, tag or commit (default: the base of the pull request in CI, else the remote's default branch)",
    )
    .option("--head <commit>", "what to evaluate: a branch, tag or commit, or working (the files on disk)", "working")
    .option(
      "--provider <id>",
      "provider to ask, as promptfoo names it (repeatable; default: the model in the front matter, else echo)",
      collect,
    )
    .option("--helpers", "render examples that call the project's helpers, which runs them")
    .addHelpText(
      "after",
      examples(
        "cuecard export promptfoo > promptfooconfig.json",
        "cuecard export promptfoo greet@v3 greet@working --provider openai:gpt-5",
      ),
    )
    .action(action(runPromptfoo));
  return command;
};

interface ExportCommandOptions {
  readonly base?: string;
  readonly head: string;
  readonly provider?: readonly string[];
  readonly helpers?: boolean;
}

async function runPromptfoo(
  context: CommandContext,
  options: ExportCommandOptions,
  references: readonly string[],
): Promise<number> {
  for (const name of ["base", "head"] as const)
    if (options[name] === "") throw new UsageError(`--${name} requires a branch or commit, such as origin/main`);
  return withProject(context, {}, async (registry) => {
    const { stdout, stderr, env } = context.terminal;
    const outcome = await registry.exportPromptfoo({
      ...{ references, head: options.head, providers: options.provider, runsHelpers: options.helpers === true },
      base: options.base ?? baseOfPullRequest(env),
    });
    const found = await unwrapOutcome(context, registry, outcome, {});
    if (typeof found === "number") return found;
    const { value, diagnostics } = found;
    await printDiagnostics(registry, diagnostics, { stream: stderr, paint: context.errorPaint });
    writeJson(stdout, value.config);
    const what = value.labels.length === 0 ? "no prompt: none differs from the base" : value.labels.join(", ");
    if (!stdout.interactive) stderr.write(`${plural(value.tests, "test")} of ${what}\n`);
    return hasErrors(diagnostics) ? exitCode.findings : exitCode.clean;
  });
}
