// Reads the tags from a repository's ref files in one pass: loose refs, then packed-refs.
// Format: https://git-scm.com/docs/gitrepository-layout (refs, packed-refs)

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { TagRef } from "./reader.js";

const OID = /^[0-9a-f]{40}$/;

/**
 * Every tag of a repository with ref files. Loose refs are read first: `git pack-refs` writes packed-refs before it
 * deletes the loose ones, so that a tag being packed meanwhile is seen in one of the two places. A loose ref wins.
 */
export async function readTagRefs(commonDir: string): Promise<TagRef[]> {
  const loose = await readLooseRefs(join(commonDir, "refs/tags"), "");
  const seen = new Set(loose.map((ref) => ref.name));
  const packed = await readFile(join(commonDir, "packed-refs"), "utf8").catch(() => "");
  return [...loose, ...parsePackedRefs(packed).filter((ref) => !seen.has(ref.name))];
}

/** The tags of a packed-refs file. A line `^<oid>` tells what the tag above it peels to. */
export function parsePackedRefs(text: string): TagRef[] {
  const refs: TagRef[] = [];
  const lines = text.split("\n");
  for (const [index, line] of lines.entries()) {
    const space = line.indexOf(" refs/tags/");
    const oid = line.slice(0, Math.max(0, space));
    if (!OID.test(oid)) continue;
    const name = line.slice(space + " refs/tags/".length).trimEnd();
    const next = lines[index + 1];
    refs.push(next?.startsWith("^") ? { name, oid, peeled: next.slice(1).trimEnd() } : { name, oid });
  }
  return refs;
}

async function readLooseRefs(folder: string, prefix: string): Promise<TagRef[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    entries.map((entry) => {
      const path = join(folder, entry.name);
      const name = `${prefix}${entry.name}`;
      if (entry.isDirectory()) return readLooseRefs(path, `${name}/`);
      return entry.name.endsWith(".lock") ? [] : readLooseRef(path, name, entry.isSymbolicLink());
    }),
  );
  return found.flat();
}

async function readLooseRef(path: string, name: string, link: boolean): Promise<TagRef[]> {
  if (link) return [{ name, oid: "", problem: "it is a symbolic ref" }];
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return []; // packed or deleted since the folder was listed
  const oid = text.trim();
  if (OID.test(oid)) return [{ name, oid }];
  return [{ name, oid: "", problem: oid.startsWith("ref:") ? "it is a symbolic ref" : "its ref is broken" }];
}
