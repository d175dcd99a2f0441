// Findings about retiring versions.

import type { Finding } from "./finding.js";

export const retire = {
  "retire/no-reason": {
    severity: "error",
    stage: "plan",
    about: "A version can only be retired with a reason, which people read where their code loads the version.",
    message: "retiring a version needs a reason, and this one is empty",
    hint: "write what is wrong with the version and what to use instead",
  } as Finding,
  "retire/unknown-version": {
    severity: "error",
    stage: "plan",
    about: "The version to retire does not exist.",
    message: ({ problem }) => problem,
    hint: ({ instead }) => instead ?? "name a version by its number: greet@v2",
  } as Finding<{ problem: string; ref: string; instead: string | undefined }>,
  "retire/pointed-at": {
    severity: "error",
    stage: "plan",
    about: "A version cannot be retired while an alias points at it, alone or as one of several weighted versions.",
    message: ({ tag, pointer }) => `${pointer} points at ${tag}, so it cannot be retired`,
    hint: "point the alias at another version first (`cuecard alias set` or `cuecard rollback`)",
  } as Finding<{ tag: string; pointer: string }>,
  "retire/in-use": {
    severity: "error",
    stage: "plan",
    about: "A version cannot be retired while code of this repository loads it.",
    message: ({ tag, ref }) =>
      `this code loads ${tag}${tag.endsWith(`@${ref}`) ? "" : ` as ${ref}`}, so it cannot be retired`,
    hint: "load another version here first",
  } as Finding<{ tag: string; ref: string }>,
  "retire/maybe-used": {
    severity: "warning",
    stage: "plan",
    about: "Code of this repository may load the version to retire. Which version it loads is known only at run time.",
    message: ({ tag }) => `this code may load ${tag}: its version is known only at run time`,
    hint: "check which versions this code can load: retiring a version does not stop code from loading it",
  } as Finding<{ tag: string }>,
};
