// The source files that a sparse checkout leaves out: code in them may load prompts, and is not searched.

import { type Diagnostic, diagnose } from "@cuecard/model";
import { readSkippedEntries } from "@cuecard/registry";
import { isSourceFile, type ListedSources } from "./source-files.js";

/** One note that names the top-level folders with such files; empty if none are left out. */
export function findUnsearched({ files, generatedDir }: ListedSources): readonly Diagnostic[] {
  const folders = new Set<string>();
  // With a sparse index, the entries of whole folders may contain anything.
  for (const path of readSkippedEntries(files.root).keys())
    if ((path.endsWith("/") || isSourceFile(path)) && !path.startsWith(`${generatedDir}/`)) folders.add(topOf(path));
  if (folders.size === 0) return [];
  return [diagnose("git/code-not-checked-out", { folders: [...folders].sort() }, { file: "." })];
}

function topOf(path: string): string {
  return path.split("/", 1)[0] ?? path;
}
