// Where the things stand that are measured.

import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The top of this checkout. */
export const CHECKOUT: string = fileURLToPath(new URL("..", import.meta.url));

/** The command line as users get it. */
export const CUECARD: string = join(CHECKOUT, "packages/cli/bin/cuecard.js");

/** The program of this folder that runs in a process of its own. */
export function processFile(name: string): string {
  return fileURLToPath(new URL(`processes/${name}`, import.meta.url));
}

/** A built package's entry, to be imported. */
export function packageEntry(name: "build" | "registry"): string {
  return pathToFileURL(join(CHECKOUT, "packages", name, "dist/index.js")).href;
}
