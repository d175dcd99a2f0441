// Findings about JSON files in general.

import type { Finding } from "./finding.js";

export const json = {
  "json/syntax": {
    severity: "error",
    stage: "read",
    about: "A JSON file is not valid. None of it is used, because half a file could point production somewhere else.",
    message: ({ problem }) => `not valid JSON: ${problem}`,
    hint: "look for a missing comma, quote or bracket; JSON has no comments or trailing commas",
  } as Finding<{ problem: string }>,
  "json/duplicate-key": {
    severity: "error",
    stage: "read",
    about: "A JSON object has a duplicate key. Programs disagree about which of the two counts.",
    message: ({ key, firstLine }) => `duplicate key "${key}" (first on line ${firstLine})`,
    hint: "remove one of them",
  } as Finding<{ key: string; firstLine: number }>,
};
