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

/** The tags of a packed-refs file. Lines with `^` (what a tag peels to) only repeat what the objects say. */
export function parsePackedRefs(text: string): TagRef[] {
  const refs: TagRef[] = [];
  for (const line of text.split("\n")) {
    const space = line.indexOf(" refs/tags/");
    if (space === -1) continue;
    const oid = line.slice(0, space);
    if (OID.test(oid)) refs.push({ name: line.slice(space + " refs/tags/".length).trimEnd(), oid });
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
