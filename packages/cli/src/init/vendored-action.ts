// The GitHub Action that `init` puts into a repository: the very files of this repository's own (packages/action), copied into
// this package when it is built.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { packageFolder } from "../package.js";

/** Where it stands in a repository, from the top. */
export const ACTION_FOLDER = ".github/actions/cuecard";

/** Where it stands in this package. */
export const SHIPPED_ACTION: string = path.join(packageFolder(), "dist", "action");

/** The names of its files with their texts. */
export function vendoredAction(): ReadonlyMap<string, string> {
  const names = readdirSync(SHIPPED_ACTION).sort();
  return new Map(names.map((name) => [name, readFileSync(path.join(SHIPPED_ACTION, name), "utf8")]));
}
