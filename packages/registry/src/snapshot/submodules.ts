// Finds submodules within the prompts folder. Their files are not in the repository's commits, so they cannot be released.
// Format: https://git-scm.com/docs/gitmodules

import { existsSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { isWithin } from "@cuecard/model";
import { findGitDir } from "../git/find-git-dir.js";
import { parseConfig } from "../git/preflight.js";

/**
 * Paths within the prompts folder, also of submodules that are not checked out; empty for the prompts folder itself.
 *
 * @param root The prompts folder, absolute.
 */
export function listSubmodules(root: string): ReadonlySet<string> {
  const top = findGitDir(root)?.root;
  const file = top === undefined ? undefined : join(top, ".gitmodules");
  if (top === undefined || file === undefined || !existsSync(file)) return new Set();
  const folder = relative(top, root).split(sep).join("/");
  const paths = parseConfig(readFileSync(file, "utf8")).flatMap(({ key, value }) =>
    /^submodule\..*\.path$/.test(key) ? [value.replace(/\/+$/, "")] : [],
  );
  return new Set(
    paths.flatMap((path) => {
      if (isWithin(folder, path)) return [""];
      return path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : [];
    }),
  );
}
