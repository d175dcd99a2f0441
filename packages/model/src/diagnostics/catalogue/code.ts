// Findings about the search for code that loads prompts.

import type { Finding } from "./finding.js";
import { installTypeScript, type MissingTypeScript, whyNoTypeScript } from "./typescript.js";

export const code = {
  "code/no-typescript": {
    severity: "error",
    stage: "plan",
    about:
      "The answer depends on the code that loads prompts. TypeScript reads that code, and Cuecard does not contain TypeScript. It uses the project's own: 5.7 or newer, or 6.",
    message: (typescript) => `the code that loads prompts cannot be found: ${whyNoTypeScript(typescript)}`,
    hint: installTypeScript,
  } as Finding<MissingTypeScript>,
  "code/not-searched": {
    severity: "warning",
    stage: "plan",
    about:
      "The code that loads prompts would be listed here, but there is no TypeScript that can read it. The other results are complete.",
    message: (typescript) => `code that loads prompts was not searched: ${whyNoTypeScript(typescript)}`,
    hint: installTypeScript,
  } as Finding<MissingTypeScript>,
};
