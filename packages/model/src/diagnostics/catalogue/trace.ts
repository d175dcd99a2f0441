// Findings about files of traces, which `cuecard replay` reads.

import type { Finding } from "./finding.js";
import { didYouMean } from "./words.js";

export const trace = {
  "trace/not-json": {
    severity: "error",
    stage: "read",
    about:
      "A line of a file of traces is not valid JSON, so its spans are not replayed. The first 20 such lines are reported.",
    message: ({ problem }) => `this line is not valid JSON: ${problem}`,
    hint: "write one JSON document a line; if the file has one document over several lines, run `jq -c . traces.json > traces.jsonl`",
  } as Finding<{ problem: string }>,
  "trace/long-line": {
    severity: "error",
    stage: "read",
    about: "A line of a file of traces is longer than 64 MiB, so its spans are not replayed.",
    message: ({ limit }) => `this line is longer than ${limit / 1024 / 1024} MiB, and its spans are not replayed`,
    hint: "write smaller batches of spans",
  } as Finding<{ limit: number }>,
  "trace/deep-line": {
    severity: "error",
    stage: "read",
    about:
      "A line of a file of traces has lists and objects that are nested too deeply, so its spans are not replayed.",
    message: ({ limit }) => `this line is nested deeper than ${limit} levels, and its spans are not replayed`,
    hint: "look at what wrote this line: spans take only a few levels",
  } as Finding<{ limit: number }>,
  "trace/no-calls": {
    severity: "warning",
    stage: "read",
    about: "No span in a file of traces has the attribute `gen_ai.prompt.name`.",
    message: "no span in this file has gen_ai.prompt.name",
    hint: "record calls with `recordPrompt(prompt, input)` of @cuecard/runtime/otel",
  } as Finding,
  "trace/nothing-compared": {
    severity: "error",
    stage: "plan",
    about:
      "`cuecard replay --exit-code` compared no call, so it cannot say whether a change is safe. Calls whose candidate is the version that ran count as compared.",
    message: "no call was compared, so --exit-code fails",
    hint: "the report above says why each call was left out; record the inputs of calls, or select other calls with --with",
  } as Finding,
  "trace/unknown-candidate": {
    severity: "error",
    stage: "plan",
    about:
      "A `--with` of `cuecard replay` names a prompt or an alias that neither the project nor a call in the file has.",
    message: ({ written, unknown }) =>
      `--with ${written}: neither this project nor a call in this file has a prompt or alias "${unknown}"`,
    hint: ({ nearest }) => didYouMean(nearest, "name a prompt or an alias that the calls have"),
  } as Finding<{ written: string; unknown: string; nearest: string | undefined }>,
  "trace/unused-candidate": {
    severity: "warning",
    stage: "plan",
    about:
      "No call in the file matches a `--with` of `cuecard replay`. A call has an alias only if the prompt was loaded by it.",
    message: ({ written }) => `no call in this file matches --with ${written}`,
    hint: ({ nearest }) => didYouMean(nearest, "name a prompt or an alias that the calls have"),
  } as Finding<{ written: string; nearest: string | undefined }>,
};
