// Where a project's caches live: under the nearest package's node_modules, else in a private folder for temporary files.

import { createHash } from "node:crypto";
import { lstatSync, mkdirSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { findLink } from "@cuecard/registry";

/** The cache folder of a project, not created yet; `undefined` when there is no safe place for one. */
export function locateCache(projectDir: string): string | undefined {
  for (let dir = projectDir; ; dir = path.dirname(dir)) {
    const modules = path.join(dir, "node_modules");
    // A link, which a commit can contain, could lead out of the repository.
    if (isDirectory(modules)) {
      const cache = path.join(".cache", "cuecard", shortName(path.relative(dir, projectDir)));
      if (findLink(modules, cache) === undefined) return path.join(modules, cache);
      break;
    }
    if (isDirectory(path.join(dir, ".git")) || dir === path.dirname(dir)) break;
  }
  const shared = privateTemporaryFolder();
  return shared === undefined ? undefined : path.join(shared, shortName(projectDir));
}

/** Others can write to the system's temporary folder: one that is not ours alone is not used. */
function privateTemporaryFolder(): string | undefined {
  const user = process.getuid?.();
  const dir = path.join(os.tmpdir(), user === undefined ? "cuecard" : `cuecard-${user}`);
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const kind = lstatSync(dir);
    if (!kind.isDirectory()) return undefined;
    if (user !== undefined && (kind.uid !== user || (kind.mode & 0o077) !== 0)) return undefined;
    return dir;
  } catch {
    return undefined;
  }
}

function shortName(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

function isDirectory(dir: string): boolean {
  return lstatSync(dir, { throwIfNoEntry: false })?.isDirectory() === true;
}
