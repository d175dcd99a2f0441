// Findings about the project's settings.

import type { Finding } from "./finding.js";
import { setOnePrefix } from "./tag-prefix.js";
import { didYouMean, nameSome } from "./words.js";

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
    hint: ({ nearest, known }) => didYouMean(nearest, `the settings are ${known.join(", ")}`),
  } as Finding<{ key: string; nearest: string | undefined; known: readonly string[] }>,
  "config/shared-tags": {
    severity: "warning",
    stage: "settings",
    about:
      "Another project in the repository has prompts whose versions would have the same git tags as this project's. A release of either would be taken for a version of both, so `cuecard release` refuses those prompts.",
    message: ({ names, other }) =>
      `the project in ${other || "the top folder"} uses the same git tags for ${nameSome(names)}`,
    hint: ({ suggested, other, otherSuggested }) => setOnePrefix({ suggested, other, otherSuggested }),
  } as Finding<{
    names: readonly string[];
    other: string;
    suggested: string | undefined;
    otherSuggested: string | undefined;
  }>,
  "config/tag-prefix-case": {
    severity: "warning",
    stage: "settings",
    about:
      "Two projects in the repository have tag prefixes that differ only in case. Where file names ignore case (macOS, Windows), git confuses their tags.",
    message: ({ prefix, other, folder }) =>
      `the tag prefix "${prefix}" differs only in case from "${other}" of the project in ${folder || "the top folder"}`,
    hint: "choose another tagPrefix for one of them",
  } as Finding<{ prefix: string; other: string; folder: string }>,
  "config/duplicate": {
    severity: "error",
    stage: "settings",
    about: "The project has both a cuecard.config.json and a `cuecard` key in package.json.",
    message: ({ other }) => `the project is configured twice: here and in ${other}`,
    hint: "remove one of them",
  } as Finding<{ other: string }>,
};
