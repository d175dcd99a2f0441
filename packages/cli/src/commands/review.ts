// `cuecard review`

import { UsageError } from "@cuecard/model";
import { Option } from "commander";
import { exitCode } from "../exit.js";
import { undefinedToNull, writeJson } from "../report/json.js";
import { describeReview } from "../review/describe-review.js";
import { formatHtml } from "../review/format-html.js";
import { formatMarkdown } from "../review/format-markdown.js";
import { formatReviewText } from "../review/format-text.js";
import { writeGithubReview } from "../review/write-github-review.js";
import { type DeclareCommand, examples } from "../support/command.js";
import { baseOfPullRequest, type CommandContext } from "../support/command-context.js";
import { limitHeap } from "../support/limit-heap.js";
import { reportHiddenErrors, unwrapOutcome } from "../support/print-diagnostics.js";
import { withProject } from "../support/with-project.js";
import { annotate, FINDING_FORMATS, isDocumentFormat, writeDocument } from "../support/write-findings.js";
import { proseWidth } from "../terminal/terminal.js";

const FORMATS = ["text", "markdown", "json", "html", ...FINDING_FORMATS] as const;

export const review: DeclareCommand = (program, action) =>
  program
    .command("review")
    .summary("show what a branch does to prompts, callers and cost")
    .description(
      "Show what a branch changes: the text that the model gets, as each example renders before and after; which callers break, and where the code calls them; tokens; and the aliases that move. Calls no model.",
    )
    .option(
      "--base <commit>",
      "what to compare with: a branch, tag or commit (default: the base of the pull request in CI, else the remote's default branch)",
    )
    .option("--head <commit>", "what to review: a branch, tag or commit, or working (the files on disk)", "working")
    .addOption(new Option("--format <format>", "output format").choices(FORMATS).default("text"))
    .addOption(new Option("--json", "same as --format json").hideHelp())
    .option("--helpers", "render examples that call the project's helpers, which runs them")
    .option("--exit-code", "exit with code 1 if callers break")
    .addHelpText("after", examples("cuecard review", "cuecard review --base origin/main --format markdown"))
    .action(action(run));

interface ReviewCommandOptions {
  readonly base?: string;
  readonly head: string;
  readonly format: (typeof FORMATS)[number];
  readonly json?: boolean;
  readonly helpers?: boolean;
  readonly exitCode?: boolean;
}

async function run(context: CommandContext, options: ReviewCommandOptions): Promise<number> {
  const { terminal, paint } = context;
  for (const name of ["base", "head"] as const)
    if (options[name] === "") throw new UsageError(`--${name} requires a branch or commit, such as origin/main`);
  limitHeap();
  const format = options.json === true ? "json" : options.format;
  return withProject(context, {}, async (registry) => {
    const { stdout } = terminal;
    const outcome = await registry.review({
      base: options.base ?? baseOfPullRequest(terminal.env),
      head: options.head,
      runsHelpers: options.helpers === true,
    });
    const found = await unwrapOutcome(context, registry, outcome, { json: format === "json" });
    if (typeof found === "number") return found;
    const { value, diagnostics } = found;
    if (format === "json") writeJson(stdout, undefinedToNull({ ...value, diagnostics }));
    else if (isDocumentFormat(format)) {
      const strict = options.exitCode === true;
      await writeDocument(context, value.findings, { format, strict, title: "cuecard review" });
    } else {
      const blocks = describeReview(value);
      if (format === "markdown") stdout.write(formatMarkdown(blocks));
      else if (format === "github") {
        await annotate(context, registry, value.findings);
        await writeGithubReview(terminal, value, blocks);
      } else if (format === "html") stdout.write(formatHtml(blocks, "Prompt review"));
      else stdout.write(formatReviewText(blocks, { paint, width: proseWidth(stdout) }));
    }
    const broken = reportHiddenErrors(context, diagnostics);
    return options.exitCode === true && value.breaking ? exitCode.findings : broken;
  });
}
