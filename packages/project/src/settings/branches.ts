// Which branches the setting `releaseBranches` means.

import type { BranchPattern } from "@cuecard/registry";
import picomatch from "picomatch";

/** Reads the setting: names of branches, or globs for them. `*` matches within a part of a name, `**` any number of parts. */
export function parseBranches(patterns: readonly string[]): BranchPattern[] {
  return patterns.map((pattern) => ({ pattern, matches: picomatch(pattern, { dot: true, nonegate: true }) }));
}

/** Why a text is not a branch or a glob for branches; `undefined` if it is one. */
export function branchProblem(pattern: string): string | undefined {
  if (pattern === "") return "it is empty";
  if (pattern.startsWith("refs/")) return 'leave out the beginning "refs/heads/"';
  if (pattern.startsWith("!")) return 'it begins with "!"; list only the branches that count';
  if (/[\s~^:\\\0]|\.\.|^[-/]|\/$/.test(pattern)) return "git allows no branch with this name";
  return undefined;
}
