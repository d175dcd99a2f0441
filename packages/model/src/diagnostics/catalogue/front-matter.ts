// Findings about front matter.

import type { Finding } from "../finding.js";
import { didYouMean } from "../words.js";

export const frontMatter = {
  "front-matter/language": {
    severity: "error",
    stage: "compile",
    about:
      "Front matter opens with a line that is not exactly `---`. Other languages (`---js`, `---json`) are not read, and never executed.",
    message: ({ language }) => `front matter in "${language}" is not read; only YAML is`,
    hint: "open it with a line of three hyphens alone",
  } as Finding<{ language: string }>,
  "front-matter/unclosed": {
    severity: "error",
    stage: "compile",
    about: "Front matter opens with `---` and no later line closes it.",
    message: "the front matter is not closed",
    hint: "end it with a line of three hyphens alone; text that starts with a rule can use `***`",
  } as Finding,
  "front-matter/too-large": {
    severity: "error",
    stage: "compile",
    about: "Front matter is larger than Cuecard reads.",
    message: ({ bytes, limit }) => `the front matter has ${bytes} bytes; at most ${limit} are read`,
    hint: "long text belongs into the body or into a partial",
  } as Finding<{ bytes: number; limit: number }>,
  "front-matter/syntax": {
    severity: "error",
    stage: "compile",
    about: "The front matter is not valid YAML 1.2, has a key twice, or uses YAML aliases (`*name`).",
    message: ({ problem }) => `the front matter is not valid YAML: ${problem}`,
  } as Finding<{ problem: string }>,
  "front-matter/invalid": {
    severity: "error",
    stage: "compile",
    about: "A front-matter value is of the wrong kind.",
    message: ({ path, problem }) => `${path === "" ? "the front matter" : `"${path}"`} ${problem}`,
    hint: ({ nearest }) => didYouMean(nearest, "docs/file-formats.md lists every key"),
  } as Finding<{ path: string; problem: string; nearest: string | undefined }>,
  "front-matter/unknown-key": {
    severity: "warning",
    stage: "compile",
    about:
      "The front matter has a key that neither Cuecard nor dotprompt knows. Your own data goes under `metadata`, or under a key with a dot in it.",
    message: ({ key }) => `unknown key "${key}"`,
    hint: ({ nearest }) => didYouMean(nearest, "put your own data under `metadata`"),
  } as Finding<{ key: string; nearest: string | undefined }>,
};
