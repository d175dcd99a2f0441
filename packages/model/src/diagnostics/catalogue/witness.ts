// Findings about a witness: the record of versions outside of the repository.

import type { Finding } from "./finding.js";
import { nameSome } from "./words.js";

export const witness = {
  "witness/unreadable": {
    severity: "error",
    stage: "read",
    about: "The witness of `--witness` cannot be read or written: the file or the server does not answer as it should.",
    message: ({ witness, problem }) => `the witness ${witness} cannot be used: ${problem}`,
    hint: "check the path or address, and run the command again",
  } as Finding<{ witness: string; problem: string }>,
  "witness/invalid-line": {
    severity: "error",
    stage: "read",
    about: "A line of the witness does not have the form `name@vN sha256-<digest>`.",
    message: "this line of the witness is not valid",
    hint: "a witness only grows: restore the line from an older copy",
  } as Finding,
  "witness/two-digests": {
    severity: "error",
    stage: "read",
    about: "The witness records two different digests for one version, so one of them was written for another history.",
    message: ({ tag }) => `the witness has two different digests for ${tag}`,
    hint: "find out which clone recorded the second one, and how its version came to differ",
  } as Finding<{ tag: string }>,
  "witness/differs": {
    severity: "error",
    stage: "read",
    about:
      "prompts.lock has another digest for a version than the witness recorded. Versions never change, so history was rewritten: here, or where the witness was written.",
    message: ({ tag, recorded, found }) => `the witness recorded ${recorded} for ${tag}, but prompts.lock has ${found}`,
    hint: "compare with an older clone, restore the line, and find out who changed it",
  } as Finding<{ tag: string; recorded: string; found: string }>,
  "witness/not-here": {
    severity: "error",
    stage: "read",
    about:
      "The witness recorded versions that prompts.lock does not have: their lines were removed, or this clone is older than the witness.",
    message: ({ tags }) => `prompts.lock lacks versions that the witness recorded: ${nameSome(tags)}`,
    hint: "pull the branch that has them; if it has none, restore the lines from an older clone",
  } as Finding<{ tags: readonly string[] }>,
  "witness/not-recorded": {
    severity: "info",
    stage: "read",
    about: "prompts.lock has versions that the witness does not have yet.",
    message: ({ tags }) => `the witness has not recorded ${nameSome(tags)} yet`,
    hint: "run `cuecard lock --witness <file>` after the lines are merged",
  } as Finding<{ tags: readonly string[] }>,
};
