// Findings about JSON files in general.

import type { Finding } from "../finding.js";

export const json = {
  "json/syntax": {
    severity: "error",
    stage: "read",
    about: "A JSON file cannot be read. Nothing of it is used: half a file could point production somewhere else.",
    message: ({ problem }) => `not valid JSON: ${problem}`,
    hint: "check for a missing comma, quote or bracket; comments and trailing commas are not JSON",
  } as Finding<{ problem: string }>,
  "json/duplicate-key": {
    severity: "error",
    stage: "read",
    about: "A JSON object has the same key twice; readers disagree on which one counts.",
    message: ({ key, firstLine }) => `the key "${key}" stands twice in one object (first on line ${firstLine})`,
    hint: "keep one of them",
  } as Finding<{ key: string; firstLine: number }>,
};
