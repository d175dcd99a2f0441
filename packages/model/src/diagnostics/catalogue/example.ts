// Findings about the examples of prompts: their tests and snapshots. What is wrong with an example itself is under `input` and
// `front-matter`.

import type { Finding } from "./finding.js";

export const example = {
  "example/unreadable-snapshot": {
    severity: "error",
    stage: "read",
    about:
      "A snapshot file has a line that `cuecard test --update` does not write, such as a marker of a merge conflict. The examples are not compared.",
    message: ({ problem }) => `this line ${problem}`,
    hint: ({ name }) => `run \`cuecard test ${name} --update\`, and look at what changes`,
  } as Finding<{ problem: string; name: string }>,
  "example/changed-while-testing": {
    severity: "error",
    stage: "write",
    about: "A snapshot file changed while `cuecard test --update` ran, so it was not written.",
    message: "the snapshot changed while this command was running, so it was not written",
    hint: "run the command again",
  } as Finding,
};
