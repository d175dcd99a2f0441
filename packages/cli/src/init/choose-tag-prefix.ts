// Chooses the tag prefix of a project whose repository has other projects already.

import path from "node:path";
import { suggestTagPrefix } from "@cuecard/model";
import type { FoundProject } from "@cuecard/project";

export interface PrefixFacts {
  /** Absolute. */
  readonly dir: string;
  readonly gitRoot: string | undefined;
  readonly others: readonly OtherProject[];
}

/** Another project of the repository. */
export interface OtherProject extends Pick<FoundProject, "dir" | "config"> {
  /** The names of its prompts. */
  readonly prompts: readonly string[];
}

/** The prefix, from the folder's name, that no tag of another project begins with; empty for the only project. */
export function chooseTagPrefix({ dir, gitRoot, others }: PrefixFacts): string {
  if (gitRoot === undefined || others.length === 0) return "";
  const segments = path.relative(gitRoot, dir).split(path.sep);
  const names = segments.map((_, index) => segments.slice(-1 - index).join("-"));
  const base = names.flatMap((name) => suggestTagPrefix(name) ?? []);
  const [first = suggestTagPrefix(path.basename(gitRoot)) ?? "project/"] = base;
  const numbered = Array.from({ length: others.length + 1 }, (_, index) => `${first.slice(0, -1)}-${index + 2}/`);
  return [first, ...base, ...numbered].find((prefix) => isFree(prefix, others)) ?? "";
}

/** Another project may have the prefix, or nested prompts (`bot/greet`) whose tags begin with it. */
export function isFree(prefix: string, others: readonly OtherProject[]): boolean {
  const wanted = prefix.toLowerCase();
  return others.every(({ config, prompts }) => {
    const taken = config.tagPrefix.toLowerCase();
    if (taken !== "" && (taken.startsWith(wanted) || wanted.startsWith(taken))) return false;
    return prompts.every((name) => !`${taken}${name.toLowerCase()}`.startsWith(wanted));
  });
}
