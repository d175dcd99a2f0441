// Puts a file into the tree of a commit: makes the trees on its path anew, from the file's folder to the root.

import { findTreeEntry } from "./objects.js";
import type { RepositoryFacts } from "./preflight.js";
import type { GitReader } from "./reader.js";
import { ObjectMissing } from "./tree-reader.js";
import { type NewObject, objectId } from "./write-objects.js";

export interface EditedTree {
  readonly oid: string;
  /** All trees that are new. */
  readonly objects: readonly NewObject[];
}

interface Repository {
  readonly facts: RepositoryFacts;
  readonly reader: Pick<GitReader, "readObject">;
}

/**
 * @param root The tree to start with; `undefined` for an empty one.
 * @param path The names on the file's path, then its own.
 * @returns `undefined` if a file is in the place of a folder, or the other way round.
 * @throws ObjectMissing if this clone lacks a tree on the path.
 */
export async function putFile(
  repository: Repository,
  root: string | undefined,
  [name = "", ...rest]: readonly string[],
  blob: string,
): Promise<EditedTree | undefined> {
  const data = root === undefined ? Buffer.alloc(0) : await readTree(repository, root);
  const old = findTreeEntry(data, Buffer.from(name), blob.length / 2);
  const isFolder = rest.length > 0;
  if (old !== undefined && (old.mode === FOLDER) !== isFolder) return undefined;
  const below = isFolder ? await putFile(repository, old?.oid, rest, blob) : { oid: blob, objects: [] };
  if (below === undefined) return undefined;
  const own: NewObject = { type: "tree", data: withEntry(data, name, isFolder, below.oid) };
  return { oid: objectId(repository.facts, own), objects: [...below.objects, own] };
}

const FOLDER = "40000";
const FILE = "100644";

async function readTree({ reader }: Repository, oid: string): Promise<Buffer> {
  const object = await reader.readObject(oid);
  if (object === undefined) throw new ObjectMissing();
  return Buffer.from(object.data); // It is valid only until the next object is read.
}

/** A tree with an entry instead of another one with its name. The names of other entries need not be UTF-8. */
function withEntry(data: Buffer, name: string, isFolder: boolean, oid: string): Buffer {
  const key = sortKey(Buffer.from(name), isFolder);
  const written = Buffer.concat([Buffer.from(`${isFolder ? FOLDER : FILE} ${name}\0`), Buffer.from(oid, "hex")]);
  for (let at = 0; at < data.length; ) {
    const space = data.indexOf(" ", at);
    const end = data.indexOf(0, space);
    const next = end + 1 + oid.length / 2;
    const isTree = data.toString("latin1", at, space) === FOLDER;
    const order = key.compare(sortKey(data.subarray(space + 1, end), isTree));
    if (order <= 0) return Buffer.concat([data.subarray(0, at), written, data.subarray(order === 0 ? next : at)]);
    at = next;
  }
  return Buffer.concat([data, written]);
}

/** Folders are sorted as if their names ended in a slash. */
function sortKey(name: Buffer, isFolder: boolean): Buffer {
  return isFolder ? Buffer.concat([name, Buffer.from("/")]) : name;
}
