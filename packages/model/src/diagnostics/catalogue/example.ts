// Findings about the examples of prompts: their tests and snapshots. What is wrong with an example itself is under `input` and
// `front-matter`.

import type { Finding } from "./finding.js";
import { describeExcess } from "./words.js";

export const example = {
  "example/over-budget": {
    severity: "error",
    stage: "read",
    about:
      "An example renders more tokens than the `budget` of its prompt. Tokens are counted with the tokenizer of OpenAI's current models; for other models the count is an estimate.",
    message: ({ example, others, ...excess }) =>
      `the example "${example}" ${describeExcess(excess)}${others === 0 ? "" : `; ${others} more ${others === 1 ? "example is" : "examples are"} above it`}`,
    hint: "shorten the prompt, or raise the budget",
  } as Finding<{
    example: string;
    tokens: number;
    budget: number;
    /** Whether the model's own tokenizer is another one. */
    estimated: boolean;
    /** How many further examples exceed the budget. */
    others: number;
  }>,
  "example/budget-not-measured": {
    severity: "info",
    stage: "read",
    about:
      "A prompt has a `budget`, but `cuecard check` cannot measure it: the prompt has no examples, or it calls project helpers, which `check` does not run.",
    message: ({ reason }) =>
      reason === "helpers"
        ? "the budget is not checked here, because the prompt calls helpers of the project"
        : "the budget is not checked, because the prompt has no example",
    hint: ({ reason }) =>
      reason === "helpers"
        ? "run `cuecard test`, which runs the helpers"
        : "add an example, or run `cuecard test --fill`",
  } as Finding<{ reason: "helpers" | "no-example" }>,
  "example/not-filled": {
    severity: "warning",
    stage: "plan",
    about:
      "`cuecard test --fill` could not add an example. Either no generated input fits the schema, or `examples` is written in a form that it cannot extend, or the front matter would become too large.",
    message: ({ problem }) => `no example is added: ${problem}`,
    hint: "write the example yourself; put each item of `examples` on its own line",
  } as Finding<{ problem: string }>,
  "example/not-exported": {
    severity: "warning",
    stage: "read",
    about: "`cuecard export` leaves out an example or a version that it cannot render.",
    message: ({ what, problem }) => `${what} is not exported: ${problem}`,
  } as Finding<{ what: string; problem: string }>,
  "example/unreadable-snapshot": {
    severity: "error",
    stage: "read",
    about:
      "A snapshot file has a line that `cuecard test --update` does not write, such as a marker of a merge conflict. The examples are not compared.",
    message: ({ problem }) => `this line ${problem}`,
    hint: ({ name, isForeign }) =>
      isForeign
        ? "if another tool wrote this file, rename it: Cuecard uses this name for snapshots"
        : `run \`cuecard test ${name} --update\`, and look at what changes`,
  } as Finding<{
    problem: string;
    name: string;
    /** Whether the file does not begin as a snapshot, and so is not written. */
    isForeign: boolean;
  }>,
  "example/changed-while-testing": {
    severity: "error",
    stage: "write",
    about: "A snapshot file changed while `cuecard test --update` ran, so it was not written.",
    message: "the snapshot changed while this command was running, so it was not written",
    hint: "run the command again",
  } as Finding,
};
