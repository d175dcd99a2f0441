// This package's own folder and version, as it is installed: src/ and dist/ are one level below it.

import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export function packageFolder(): string {
  return fileURLToPath(new URL("..", import.meta.url));
}

export function packageVersion(): string {
  return readManifest().version;
}

/** The address of the documentation; `undefined` before the package is published, which adds it. */
export function packageHomepage(): string | undefined {
  return readManifest().homepage;
}

interface Manifest {
  readonly version: string;
  readonly homepage?: string;
}

let manifest: Manifest | undefined;

/** Read once: every command prints, or passes on, something of it. */
function readManifest(): Manifest {
  manifest ??= JSON.parse(readFileSync(path.join(packageFolder(), "package.json"), "utf8")) as Manifest; // our own file
  return manifest;
}
