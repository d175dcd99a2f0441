// This package's own folder and version, as it is installed: src/ and dist/ are one level below it.

import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export function packageFolder(): string {
  return fileURLToPath(new URL("..", import.meta.url));
}

export function packageVersion(): string {
  const manifest = JSON.parse(readFileSync(path.join(packageFolder(), "package.json"), "utf8")) as { version: string };
  return manifest.version;
}
