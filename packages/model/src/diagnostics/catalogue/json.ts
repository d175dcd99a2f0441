// Findings about JSON files in general.

import type { Finding } from "./finding.js";

export const json = {
  "json/syntax": {
    severity: "error",
    stage: "read",
    about:
      "A JSON file is not valid. Cuecard uses none of it, because an incomplete file could point `production` at the wrong version.",
    message: ({ problem }) => `not valid JSON: ${problem}`,
    hint: "look for a missing comma, quote or bracket; JSON has no comments or trailing commas",
  } as Finding<{ problem: string }>,
  "json/duplicate-key": {
    severity: "error",
    stage: "read",
    about: "A JSON object has a duplicate key. Programs disagree about which of the two values to use.",
    message: ({ key, firstLine }) => `duplicate key "${key}" (first on line ${firstLine})`,
    hint: "remove one of them",
  } as Finding<{ key: string; firstLine: number }>,
};
