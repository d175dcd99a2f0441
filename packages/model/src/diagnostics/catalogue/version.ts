// Findings about versions that were never merged.

import type { Finding } from "./finding.js";
import { both, nameSome, refspecOf } from "./words.js";

const MERGE_FIRST = "merge the branch that it was released from";

export const version = {
  "version/not-on-branch": {
    severity: "warning",
    stage: "read",
    about:
      "prompts.lock has a version that was never merged: neither its commit nor its content is in the history of the commit that is checked out, or of a branch in the setting `releaseBranches`. No pull request showed its text to a reviewer. `latest` never means this version. (After a squash or a rebase, a version counts as merged if one commit of the history has the same content.)",
    message: ({ tag }) => `${tag} was never merged: its content is not in the history of this branch`,
    hint: ({ tag }) =>
      `${MERGE_FIRST}; if nothing needs the version, remove its line from prompts.lock, or run \`cuecard retire ${tag}\` if the line is on the main branch already; if it was released from another branch on purpose, add that branch to the setting \`releaseBranches\``,
  } as Finding<{ tag: string }>,
  "version/not-on-branch-frozen": {
    severity: "error",
    stage: "read",
    about:
      "As `version/not-on-branch`, for a version that services would get: an alias points at it, or it is the newest version of its prompt. The lock is frozen (`--frozen`, the default when CI is set), so nothing is built: text that was not reviewed must not reach production.",
    message: ({ tag, pointers }) =>
      pointers.length === 0
        ? `${tag} is the newest version, but it was never merged: its content is not in the history of this branch`
        : `${both(pointers)} ${pointers.length === 1 ? "points" : "point"} at ${tag}, which was never merged: its content is not in the history of this branch`,
    hint: ({ tag, pointers }) =>
      `${MERGE_FIRST}${pointers.length === 0 ? "" : ", or point the alias at another version"}; if nothing needs the version, remove its line from prompts.lock, or run \`cuecard retire ${tag}\`; if it was released from another branch on purpose, add that branch to the setting \`releaseBranches\``,
  } as Finding<{ tag: string; pointers: readonly string[] }>,
  "version/not-locked": {
    severity: "warning",
    stage: "read",
    about:
      "This clone or the remote has the tag of a version that was never merged: neither its commit nor its content is in the history of the commit that is checked out, or of a branch in the setting `releaseBranches`, or the branch that was merged took it back before. Cuecard adds no line to prompts.lock for it, and `latest` never means it.",
    message: ({ tags }) =>
      `prompts.lock gets no line for ${nameSome(tags)}, because ${tags.length === 1 ? "it was" : "they were"} never merged into this branch`,
    hint: "merge the branch that released it, and run `cuecard lock`; a tag that should not exist can be deleted",
  } as Finding<{ tags: readonly string[] }>,
  "version/branch-unknown": {
    severity: "info",
    stage: "read",
    about:
      "This clone lacks commits that would show whether a version was merged: it is shallow or partial, or lacks a branch in the setting `releaseBranches`. The GitHub Action fetches the history that it needs.",
    message: ({ tags }) =>
      `this clone cannot tell whether ${nameSome(tags)} ${tags.length === 1 ? "was" : "were"} merged`,
    hint: ({ shallow, branches }) =>
      shallow
        ? "run `git fetch --unshallow` (in GitHub Actions: `fetch-depth: 0`)"
        : branches.length > 0
          ? `run \`git fetch origin ${branches.map(refspec).join(" ")}\``
          : "run `git fetch --refetch`",
  } as Finding<{ tags: readonly string[]; shallow: boolean; branches: readonly string[] }>,
  "version/branch-missing": {
    severity: "warning",
    stage: "read",
    about:
      "The setting `releaseBranches` names a branch that this clone does not have, neither its own nor a remote's.",
    message: ({ pattern }) => `"releaseBranches" names ${pattern}, but this clone has no such branch`,
    hint: ({ pattern }) => `correct the name, or run \`git fetch origin ${refspec(pattern)}\``,
  } as Finding<{ pattern: string }>,
};

/** What to fetch for a pattern of the setting `releaseBranches`, which may name the remote. */
function refspec(pattern: string): string {
  return refspecOf(pattern.replace(/^origin\//, "").replace(/\*+/g, "*"));
}
