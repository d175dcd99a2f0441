// The folder of a generated package that builds replace.

import path from "node:path";
import type { ReplacedFolder } from "./replace-folder.js";

/** @param packageDir Absolute. */
export function distFolder(packageDir: string): ReplacedFolder {
  return { dir: path.join(packageDir, "dist"), newPrefix: "dist.new-", oldPrefix: "dist.old-" };
}
