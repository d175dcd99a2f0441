// Findings about scores.

import type { Finding } from "./finding.js";

export const scores = {
  "scores/invalid-line": {
    severity: "error",
    stage: "read",
    about: 'A line of a scores file is not a JSON object `{ "version": "v1", "metric": "accuracy", "value": 0.92 }`.',
    message: ({ problem }) => `this line is not a valid score: ${problem}`,
    hint: "remove the line, or record the score with `cuecard score`",
  } as Finding<{ problem: string }>,
  "scores/conflict-markers": {
    severity: "error",
    stage: "read",
    about: "A scores file has an unresolved merge conflict.",
    message: "this file has merge conflict markers, so its scores cannot be read",
    hint: "keep the lines of both sides; with `*.scores.jsonl merge=union` in .gitattributes, git does this for you",
  } as Finding,
  "scores/unknown-version": {
    severity: "warning",
    stage: "read",
    about: "A scores file has a score for a version that does not exist.",
    message: ({ tag }) => `${tag} does not exist`,
    hint: "run `git fetch --tags` if this clone lacks versions; otherwise fix or remove the line",
  } as Finding<{ tag: string }>,
  "scores/unknown-reference": {
    severity: "error",
    stage: "plan",
    about: "The prompt, version or alias to record a score for does not exist.",
    message: ({ problem }) => problem,
    hint: ({ instead }) => instead,
  } as Finding<{ problem: string; instead: string | undefined }>,
  "scores/not-recorded": {
    severity: "error",
    stage: "plan",
    about:
      "A score cannot be recorded: the reference is the working file, or a weighted alias without `--arm`, or the results do not contain the version.",
    message: ({ problem }) => problem,
    hint: ({ instead }) => instead,
  } as Finding<{ problem: string; instead: string | undefined }>,
};
