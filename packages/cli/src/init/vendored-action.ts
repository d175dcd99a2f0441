// The GitHub Action that `init` adds to a repository: the files of packages/action, copied into this package when it is built.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { packageFolder } from "../package.js";

/** Its folder, relative to the top of a repository. */
export const ACTION_FOLDER = ".github/actions/cuecard";

/** Its folder in this package. */
export const SHIPPED_ACTION: string = path.join(packageFolder(), "dist", "action");

/** Texts by file name. */
export function vendoredAction(): ReadonlyMap<string, string> {
  const names = readdirSync(SHIPPED_ACTION).sort();
  return new Map(names.map((name) => [name, readFileSync(path.join(SHIPPED_ACTION, name), "utf8")]));
}
