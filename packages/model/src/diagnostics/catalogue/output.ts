// Findings about files that could not be written.

import type { Finding } from "../finding.js";

export const output = {
  "output/not-generated": {
    severity: "error",
    stage: "write",
    about: "The folder that a build would replace holds files that Cuecard did not write. Nothing is deleted.",
    message: ({ dir, foreign }) =>
      foreign === undefined
        ? `${dir} holds files that Cuecard did not write, and a build replaces the whole folder`
        : `${dir} holds ${foreign}, which Cuecard did not write, and a build replaces the whole folder`,
    hint: ({ foreign }) =>
      `${foreign === undefined ? "" : `move ${foreign} elsewhere; or `}choose another package folder with "out" in cuecard.config.json, or remove the folder yourself`,
  } as Finding<{ dir: string; foreign: string | undefined }>,
  "output/failed": {
    severity: "error",
    stage: "write",
    about:
      "The generated package, prompts.lock or aliases.json could not be written: no permission, or no space. What was there is still in place.",
    message: ({ problem, what }) => `${what === "package" ? "the package" : what} could not be written: ${problem}`,
    hint: ({ path, reason }) => {
      const place = path === undefined ? "the folder" : path;
      if (reason === "ENOSPC" || reason === "EDQUOT") return "free some space on the disk";
      return ["EACCES", "EPERM", "EROFS"].includes(reason)
        ? `make ${place} and its folder writable for the user who runs cuecard`
        : `see what stands at ${place}`;
    },
  } as Finding<{ problem: string; what: string; path: string | undefined; reason: string }>,
};
