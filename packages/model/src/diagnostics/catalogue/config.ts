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
  "config/trust-changed": {
    severity: "info",
    stage: "settings",
    about:
      "A pull request (`cuecard check --base`) changes a setting that decides what a check accepts: who may sign versions, which aliases may point at working files, which characters are allowed, or which branches count as merged. The check believes the settings of the pull request, so its reviewers decide.",
    message: ({ setting, before = "nothing", now = "nothing" }) =>
      `the setting "${setting}" is changed from ${before} to ${now}, which decides what a check accepts`,
    hint: "let the people who decide what production uses review it, and list this file in CODEOWNERS",
  } as Finding<{ setting: string; before: string | undefined; now: string | undefined }>,
  "config/signers-changed": {
    severity: "info",
    stage: "settings",
    about:
      "A pull request (`cuecard check --base`) changes the file of allowed signers. The check believes the file of the pull request, so its reviewers decide.",
    message: ({ path, added, removed }) => {
      const parts = [
        ...(added.length === 0 ? [] : [`adds keys of ${nameSome(added)}`]),
        ...(removed.length === 0 ? [] : [`removes keys of ${nameSome(removed)}`]),
      ];
      return `the change of ${path} ${parts.join(" and ")}`;
    },
    hint: "let the people who decide who may release review it, and list this file in CODEOWNERS",
  } as Finding<{
    path: string;
    /** The people in the lines that are new. */
    added: readonly string[];
    removed: readonly string[];
  }>,
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
