// The version of Cuecard, and the identity of the compiler it would run: what every cache is keyed by.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { packageFolder } from "./package-folder.js";

/** In this repository's own checkout, where the code that runs can come from: the sources, or the bundle made of them. */
const CODE = ["build/src", "model/src", "project/src", "registry/src", "runtime/src", "cli/dist"];

let identity: string | undefined;

/**
 * Changes whenever the same content may compile to something else, without importing the compiler. An installed package never
 * changes under its version; in this repository's own checkout the files' times count as well. A process runs one compiler,
 * so this is read once.
 */
export function compilerIdentity(): string {
  identity ??= readIdentity();
  return identity;
}

function readIdentity(): string {
  const folder = packageFolder();
  const hash = createHash("sha256").update(readVersion(folder));
  if (!folder.split(path.sep).includes("node_modules"))
    for (const code of CODE) hash.update(`\n${code} ${newestChange(path.join(folder, "..", code))}`);
  return hash.digest("hex").slice(0, 32);
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
