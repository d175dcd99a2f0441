// Findings about commands that ask for something that does not exist.

import type { Finding } from "../finding.js";

export const request = {
  "request/refused": {
    severity: "error",
    stage: "plan",
    about:
      "A command that looks was asked for something that does not exist. Only `--json` says it by this code; as text it is `error:` and `hint:`.",
    message: ({ problem }) => problem,
    hint: ({ instead }) => instead,
  } as Finding<{ problem: string; instead: string | undefined }>,
};
