// A review in a run of GitHub Actions: the report in the log and on the summary page, a shorter one for a comment, and outputs.

import { randomUUID } from "node:crypto";
import { appendFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { versionTag } from "@cuecard/model";
import type { Review } from "@cuecard/project";
import { plain } from "../terminal/paint.js";
import type { Terminal } from "../terminal/terminal.js";
import type { Block } from "./document.js";
import { formatShortMarkdown } from "./format-markdown.js";
import { formatReviewText } from "./format-text.js";

/** GitHub takes at most 1 MiB for the summary of a step, and 65,536 characters for a comment, which gets a marker as well. */
const LIMITS = { summary: 500_000, comment: 65_000 };

export async function writeGithubReview(
  { env, stdout }: Pick<Terminal, "env" | "stdout">,
  review: Review,
  blocks: readonly Block[],
): Promise<void> {
  stdout.write(formatReviewText(blocks, { paint: plain, width: Number.POSITIVE_INFINITY }));
  const run = `${env["GITHUB_SERVER_URL"] ?? "https://github.com"}/${env["GITHUB_REPOSITORY"]}/actions/runs/${env["GITHUB_RUN_ID"]}`;
  const summary = env["GITHUB_STEP_SUMMARY"];
  if (summary) await appendFile(summary, formatShortMarkdown(blocks, LIMITS.summary, "The log has all of it."));
  const folder = env["RUNNER_TEMP"];
  const report = folder ? path.join(folder, `cuecard-review-${randomUUID()}.md`) : undefined;
  if (report !== undefined)
    await writeFile(report, formatShortMarkdown(blocks, LIMITS.comment, `[The summary of the run](${run}) has more.`));
  const output = env["GITHUB_OUTPUT"];
  if (!output) return;
  const versions = review.prompts.flatMap(({ next }) => (next === undefined ? [] : [versionTag(next)]));
  const values = {
    changed: review.prompts.length + review.moves.length + review.recorded.length + review.retired.length > 0,
    breaking: review.breaking,
    versions: versions.join(" "),
    "report-path": report ?? "",
  };
  await appendFile(
    output,
    Object.entries(values)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(""),
  );
}
