// Findings about files and front matter that the pages of `cuecard dev` edit.

import type { Finding } from "./finding.js";

export const edit = {
  "edit/not-editable": {
    severity: "error",
    stage: "read",
    about:
      "A page of `cuecard dev` asked for a file that cannot be edited there. Only prompts, partials and named schemas in the prompts folder can be edited.",
    message: ({ path, problem }) => `${path} cannot be edited here: ${problem}`,
    hint: ({ instead }) => instead,
  } as Finding<{ path: string; problem: string; instead?: string | undefined }>,
  "edit/invalid-text": {
    severity: "error",
    stage: "write",
    about: "A page of `cuecard dev` sent a text that cannot be written to a file.",
    message: ({ problem }) => `this text cannot be saved: ${problem}`,
  } as Finding<{ problem: string }>,
  "edit/invalid-change": {
    severity: "error",
    stage: "write",
    about:
      "The form of `cuecard dev` cannot change front matter: it cannot be read, or it is written in a way that only its text can express.",
    message: ({ path, problem }) => `${path === "" ? "the front matter" : path} cannot be changed here: ${problem}`,
    hint: "change it in the text",
  } as Finding<{ path: string; problem: string }>,
};
