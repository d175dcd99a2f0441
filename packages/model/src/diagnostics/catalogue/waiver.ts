// Findings about comments that accept findings.

import type { Finding } from "./finding.js";
import { didYouMean } from "./words.js";

export const waiver = {
  "waiver/malformed": {
    severity: "warning",
    stage: "compile",
    about:
      "A comment begins with `cuecard-disable` and accepts nothing: it has another directive, no code, no colon after the code, or is in a place where it has no effect.",
    message: ({ problem }) => `this comment accepts nothing: ${problem}`,
    hint: "write it on the line before the finding, as {{!-- cuecard-disable-next-line <code>: <reason> --}} or, in front matter, # cuecard-disable-next-line <code>: <reason>; separate several codes by commas",
  } as Finding<{ problem: string }>,
  "waiver/no-reason": {
    severity: "warning",
    stage: "compile",
    about: "A comment accepts a finding without a reason. The finding is still reported.",
    message: ({ code }) => `${code} is not accepted here, because the comment gives no reason`,
    hint: ({ code }) => `write the reason after a colon: cuecard-disable-next-line ${code}: it is set by the gateway`,
  } as Finding<{ code: string }>,
  "waiver/not-needed": {
    severity: "warning",
    stage: "compile",
    about: "A comment accepts a finding, and the next line has no such finding.",
    message: ({ code }) => `the next line has no ${code}`,
    hint: "remove the comment, or move it to the line before the finding",
  } as Finding<{ code: string }>,
  "waiver/error": {
    severity: "warning",
    stage: "compile",
    about: "A comment accepts an error. Only warnings and notes can be accepted.",
    message: ({ code }) => `${code} is an error, which a comment cannot accept`,
    hint: "fix the error and remove the comment",
  } as Finding<{ code: string }>,
  "waiver/unknown-code": {
    severity: "warning",
    stage: "compile",
    about: "A comment accepts a finding by a code that does not exist.",
    message: ({ code }) => `there is no finding "${code}"`,
    hint: ({ nearest }) => didYouMean(nearest, "write the code as `cuecard check` prints it"),
  } as Finding<{ code: string; nearest: string | undefined }>,
};
