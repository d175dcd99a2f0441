// Findings about scores.

import type { Finding } from "../finding.js";

export const scores = {
  "scores/invalid-line": {
    severity: "error",
    stage: "read",
    about: 'A line of a scores file is not a JSON object `{ "version": "v1", "metric": "accuracy", "value": 0.92 }`.',
    message: ({ problem }) => `this line is no score: ${problem}`,
    hint: "remove the line, or write it with `cuecard score`",
  } as Finding<{ problem: string }>,
  "scores/conflict-markers": {
    severity: "error",
    stage: "read",
    about: "A scores file holds an unresolved merge conflict.",
    message: "this file holds merge conflict markers",
    hint: "keep the lines of both sides; `*.scores.jsonl merge=union` in .gitattributes lets git do it",
  } as Finding,
  "scores/unknown-version": {
    severity: "warning",
    stage: "read",
    about: "A scores file has a score of a version that there is not.",
    message: ({ tag }) => `there is no ${tag}`,
    hint: "`git fetch --tags` brings versions that this clone lacks; otherwise correct or remove the line",
  } as Finding<{ tag: string }>,
  "scores/unknown-reference": {
    severity: "error",
    stage: "plan",
    about: "A score is to be recorded for a prompt, version or alias that does not exist.",
    message: ({ problem }) => problem,
    hint: ({ instead }) => instead,
  } as Finding<{ problem: string; instead: string | undefined }>,
  "scores/not-recorded": {
    severity: "error",
    stage: "plan",
    about: "A score cannot be recorded: the reference is the working file, or the results say nothing of it.",
    message: ({ problem }) => problem,
    hint: ({ instead }) => instead,
  } as Finding<{ problem: string; instead: string | undefined }>,
};
