// Where the project's files find Cuecard's JSON Schemas. In a workspace, most package managers install Cuecard at the top.

import { existsSync } from "node:fs";
import path from "node:path";
import type { PackageManager } from "./package-manager.js";

/** They give each package of a workspace a node_modules folder with all its dependencies. */
const ISOLATED: ReadonlySet<PackageManager> = new Set(["pnpm", "bun"]);

/**
 * The folder of the schemas, relative to the project: `./node_modules/cuecard/schemas/`.
 *
 * @param steps The way from the project to its workspace's top folder: `../../`, or empty if they are the same.
 * @returns `undefined` with Plug'n'Play, which has no such folder.
 */
export function findSchemas(dir: string, steps: string, packageManager: PackageManager): string | undefined {
  if (packageManager === "yarn-pnp") return undefined;
  const ups = Array.from({ length: steps.split("../").length }, (_, count) => "../".repeat(count));
  const installed = ups.find((up) => existsSync(path.join(dir, up, "node_modules/cuecard")));
  const up = installed ?? (ISOLATED.has(packageManager) ? "" : steps);
  return `${up === "" ? "./" : up}node_modules/cuecard/schemas/`;
}
