// Findings about files that could not be written.

import type { Finding } from "./finding.js";

export const output = {
  "output/not-generated": {
    severity: "error",
    stage: "write",
    about: "The folder that a build would replace contains files that Cuecard did not write. Nothing is deleted.",
    message: ({ dir, foreign }) =>
      `${dir} contains ${foreign === undefined ? "files that" : `${foreign}, which`} Cuecard did not write, and a build would delete ${foreign === undefined ? "them" : "it"}`,
    hint: ({ foreign }) =>
      `${foreign === undefined ? "" : `move ${foreign} elsewhere, or `}set another package folder with "out" in cuecard.config.json, or remove the folder yourself`,
  } as Finding<{ dir: string; foreign: string | undefined }>,
  "output/not-a-catalog": {
    severity: "error",
    stage: "write",
    about:
      "The folder for the catalog contains something else, or is the project's own folder. Writing the site would delete it, so nothing is written.",
    message: ({ dir, foreign }) =>
      foreign === ""
        ? `${dir} is not a catalog, and writing one would delete it`
        : `${dir} contains ${foreign}, which is not part of a catalog, and writing one would delete it`,
    hint: "choose a folder that does not exist yet, such as `cuecard catalog --out site`",
  } as Finding<{ dir: string; foreign: string }>,
  "output/link": {
    severity: "error",
    stage: "write",
    about:
      "The package's folder, or a folder above it, is a symbolic link. A build would write wherever the link leads.",
    message: ({ out }) => `a symbolic link is in the place of the package's folder ${out}`,
    hint: 'replace the link with a folder, or set another package folder with "out" in cuecard.config.json',
  } as Finding<{ out: string }>,
  "output/failed": {
    severity: "error",
    stage: "write",
    about:
      "The generated package, prompts.lock, aliases.json or another file could not be written, because of missing permission or disk space. The previous version is still in place.",
    message: ({ problem, what }) => `${what === "package" ? "the package" : what} could not be written: ${problem}`,
    hint: ({ path, reason }) => {
      const place = path === undefined ? "the folder" : path;
      if (reason === "ENOSPC" || reason === "EDQUOT") return "free some disk space";
      return ["EACCES", "EPERM", "EROFS"].includes(reason)
        ? `make ${place} and its folder writable for the user who runs cuecard`
        : `check that ${place} exists and can be written, and run the command again`;
    },
  } as Finding<{ problem: string; what: string; path: string | undefined; reason: string }>,
};
