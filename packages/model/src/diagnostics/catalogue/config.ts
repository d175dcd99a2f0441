// Findings about the project's settings.

import type { Finding } from "./finding.js";
import { didYouMean } from "./words.js";

export const config = {
  "config/invalid": {
    severity: "error",
    stage: "settings",
    about: "cuecard.config.json (or the `cuecard` key of package.json) has a value of the wrong kind.",
    message: ({ problem }) => problem,
  } as Finding<{ problem: string }>,
  "config/unknown-key": {
    severity: "error",
    stage: "settings",
    about: "The settings have a key that Cuecard does not know. A misspelled setting would have no effect.",
    message: ({ key }) => `unknown setting "${key}"`,
    hint: ({ nearest }) => didYouMean(nearest, "see docs/file-formats.md for all settings"),
  } as Finding<{ key: string; nearest: string | undefined }>,
  "config/duplicate": {
    severity: "error",
    stage: "settings",
    about: "The project has both a cuecard.config.json and a `cuecard` key in package.json.",
    message: ({ other }) => `the project is configured twice: here and in ${other}`,
    hint: "remove one of them",
  } as Finding<{ other: string }>,
};
