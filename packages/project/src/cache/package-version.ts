// The version of Cuecard's packages, and the identity of the compiler it would run: what every cache is keyed by.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { packageFolder } from "./package-folder.js";

const PARTS = ["build", "model", "registry", "runtime"];

function packageVersion(): string {
  return readVersion(packageFolder());
}

let identity: string | undefined;

/**
 * Changes whenever the same content may compile to something else, without importing the compiler. Installed
 * packages never change under their version; in this repository's own checkout the files' times count as well.
 * A process runs one compiler, so this is read once.
 */
export function compilerIdentity(): string {
  identity ??= readIdentity();
  return identity;
}

function readIdentity(): string {
  const hash = createHash("sha256").update(packageVersion());
  const parts = PARTS.map((part) => [part, findPackage(part)] as const);
  for (const [part, dir] of [["project", packageFolder()] as const, ...parts]) {
    hash.update(`\n${part} ${dir === undefined ? "?" : readVersion(dir)}`);
    if (dir !== undefined && !dir.split(path.sep).includes("node_modules"))
      for (const folder of ["src", "dist"]) hash.update(` ${newestChange(path.join(dir, folder))}`);
  }
  return hash.digest("hex").slice(0, 32);
}

function findPackage(part: string): string | undefined {
  for (let dir = packageFolder(); dir !== path.dirname(dir); dir = path.dirname(dir)) {
    try {
      return realpathSync(path.join(dir, "node_modules", "@cuecard", part));
    } catch {
      // Not installed at this level.
    }
  }
  return undefined;
}

function readVersion(dir: string): string {
  const manifest = JSON.parse(readFileSync(path.join(dir, "package.json"), "utf8")) as { version: string };
  return manifest.version;
}

function newestChange(dir: string): string {
  let newest = 0;
  let count = 0;
  let entries: ReturnType<typeof readDirectory>;
  try {
    entries = readDirectory(dir);
  } catch {
    return "-";
  }
  for (const entry of entries) {
    if (!entry.isFile() || entry.name.endsWith(".test.ts")) continue;
    count++;
    newest = Math.max(newest, statSync(path.join(entry.parentPath, entry.name)).mtimeMs);
  }
  return `${count}:${newest}`;
}

function readDirectory(dir: string) {
  return readdirSync(dir, { recursive: true, withFileTypes: true });
}
