// Reads the tags and branches from a repository's ref files: loose refs, then packed-refs.
// Format: https://git-scm.com/docs/gitrepository-layout (refs, packed-refs)

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "../disk/error-code.js";
import type { RepositoryFacts } from "./preflight.js";
import { type BranchRef, type TagRef, unreadableFile } from "./reader.js";

const OID = /^[0-9a-f]{40}$/;

/** All tags of a repository that stores refs as files. */
export function readTagRefs(commonDir: string): Promise<TagRef[]> {
  return readRefs(commonDir, "refs/tags/");
}

/** All branches, of this clone and of remotes. */
export async function readBranchRefs(commonDir: string): Promise<BranchRef[]> {
  const [own, others] = await Promise.all([readRefs(commonDir, "refs/heads/"), readRefs(commonDir, "refs/remotes/")]);
  const toBranches = (refs: readonly TagRef[], remote: boolean) =>
    refs.filter(({ oid }) => oid !== "").map(({ name, oid }) => ({ name, remote, commit: oid }));
  return [...toBranches(own, false), ...toBranches(others, true)];
}

/**
 * The refs of a folder. Loose refs are read first: `git pack-refs` writes packed-refs before it deletes the loose ones,
 * so a ref that is packed during the reading is found in at least one place. A loose ref wins.
 */
async function readRefs(commonDir: string, folder: string): Promise<TagRef[]> {
  const loose = await readLooseRefs(join(commonDir, folder), "");
  const seen = new Set(loose.map((ref) => ref.name));
  const packed = (await readIfPresent(join(commonDir, "packed-refs"))) ?? "";
  return [...loose, ...parsePackedRefs(packed, folder).filter((ref) => !seen.has(ref.name))];
}

/** The object that a ref names: `HEAD`, a branch or a tag. `undefined` if the ref does not exist. */
export async function readRef(facts: RepositoryFacts, name: string): Promise<string | undefined> {
  if (name !== "HEAD" && !isRefName(name)) return undefined;
  for (const full of name === "HEAD"
    ? [name]
    : [name, `refs/tags/${name}`, `refs/heads/${name}`, `refs/remotes/${name}`]) {
    const oid = await followRef(facts, full);
    if (oid !== undefined) return oid;
  }
  return undefined;
}

/** The commits that a merge in progress will have as further parents. */
export async function readMergeHeads(facts: RepositoryFacts): Promise<string[]> {
  const text = (await readIfPresent(join(facts.gitDir, "MERGE_HEAD"))) ?? "";
  return text.split("\n").filter((line) => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(line));
}

/** How many symbolic refs in a row are followed; the same as in git. */
const MAX_SYMBOLIC = 5;

async function followRef(facts: RepositoryFacts, start: string): Promise<string | undefined> {
  let name = start;
  for (let depth = 0; depth < MAX_SYMBOLIC; depth++) {
    if (name !== "HEAD" && !(name.startsWith("refs/") && isRefName(name))) return undefined;
    const folder = name === "HEAD" ? facts.gitDir : facts.commonDir;
    const text = ((await readIfPresent(join(folder, name))) ?? "").trim();
    if (OID.test(text)) return text;
    const target = /^ref: (.+)$/.exec(text)?.[1];
    // After the loose ref, as above: it may be packed right now.
    if (target === undefined)
      return findPacked((await readIfPresent(join(facts.commonDir, "packed-refs"))) ?? "", name);
    name = target;
  }
  return undefined;
}

/** Whether a name is safe to use as a path: it must stay below the folder of refs. */
function isRefName(name: string): boolean {
  return /^[^\s~^:?*[\\\0]+$/.test(name) && !name.split("/").some((part) => part === "" || part.startsWith("."));
}

function findPacked(packed: string, name: string): string | undefined {
  const end = `${packed}\n`.indexOf(` ${name}\n`);
  return end === -1 ? undefined : packed.slice(packed.lastIndexOf("\n", end) + 1, end);
}

/**
 * The refs of a packed-refs file that are in a folder, with their names within it. A line `^<oid>` holds the object that the
 * tag above it peels to.
 */
export function parsePackedRefs(text: string, folder: string): TagRef[] {
  const refs: TagRef[] = [];
  const lines = text.split("\n");
  for (const [index, line] of lines.entries()) {
    const space = line.indexOf(` ${folder}`);
    const oid = line.slice(0, Math.max(0, space));
    if (!OID.test(oid)) continue;
    const name = line.slice(space + 1 + folder.length).trimEnd();
    const next = lines[index + 1];
    refs.push(next?.startsWith("^") ? { name, oid, peeled: next.slice(1).trimEnd() } : { name, oid });
  }
  return refs;
}

async function readLooseRefs(folder: string, prefix: string): Promise<TagRef[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(unlessAbsent(folder, []));
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
  const text = await readIfPresent(path);
  if (text === undefined) return []; // packed or deleted since the folder was listed
  const oid = text.trim();
  if (OID.test(oid)) return [{ name, oid }];
  return [{ name, oid: "", problem: oid.startsWith("ref:") ? "it is a symbolic ref" : "its ref is broken" }];
}

function readIfPresent(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(unlessAbsent(path, undefined));
}

/** Refs that cannot be read must not look like refs that do not exist. (A ref may also be a folder of others.) */
function unlessAbsent<T>(path: string, value: T): (error: unknown) => T {
  return (error) => {
    const code = errorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return value;
    throw unreadableFile(path, error);
  };
}
