// Findings about retiring versions.

import type { Finding } from "../finding.js";

export const retire = {
  "retire/no-reason": {
    severity: "error",
    stage: "plan",
    about:
      "A version is to be retired, and nobody says why. The reason is what people read where their code loads the version.",
    message: "a version is retired for a reason, and this one is empty",
    hint: "say what is wrong with it, and what to use in its place",
  } as Finding,
  "retire/unknown-version": {
    severity: "error",
    stage: "plan",
    about: "What is to be retired is no version that there is.",
    message: ({ problem }) => problem,
    hint: ({ instead }) => instead ?? "name a version by its number: greet@v2",
  } as Finding<{ problem: string; ref: string; instead: string | undefined }>,
  "retire/pointed-at": {
    severity: "error",
    stage: "plan",
    about: "A version cannot be retired while an alias points at it, with any of its arms.",
    message: ({ tag, pointer }) => `${pointer} points at ${tag}`,
    hint: "point the alias at another version first (`cuecard alias set`, `cuecard rollback`)",
  } as Finding<{ tag: string; pointer: string }>,
  "retire/in-use": {
    severity: "error",
    stage: "plan",
    about: "A version cannot be retired while code of this repository loads it.",
    message: ({ tag, ref }) => `this loads ${tag}${tag.endsWith(`@${ref}`) ? "" : `, as ${ref}`}`,
    hint: "load another version here first",
  } as Finding<{ tag: string; ref: string }>,
  "retire/maybe-used": {
    severity: "warning",
    stage: "plan",
    about:
      "Code of this repository may load a version that is to be retired: which one it loads is known only when it runs.",
    message: ({ tag }) => `this may load ${tag}: which version it is, is known only when the code runs`,
    hint: "a version that is retired can still be loaded",
  } as Finding<{ tag: string }>,
};
