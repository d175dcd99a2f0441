// Findings about commands that ask for something that does not exist.

import type { Finding } from "./finding.js";

export const request = {
  "request/refused": {
    severity: "error",
    stage: "plan",
    about:
      "A read-only command was asked for something that does not exist. This code appears only with `--json`; as text, the same answer is printed as `error:` and `hint:`.",
    message: ({ problem }) => problem,
    hint: ({ instead }) => instead,
  } as Finding<{ problem: string; instead: string | undefined }>,
};
