// Changes files in the tree of a commit: makes the trees on their paths anew, from the files' folders to the root.

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

/** A file to write or delete. */
export interface TreeEdit {
  /** The names on the file's path, then its own. */
  readonly path: readonly string[];
  /** `undefined`: the file is deleted, if it is there. */
  readonly blob: string | undefined;
}

/**
 * Changes files of a tree. A file that is there stays executable if it is; folders that become empty are gone.
 *
 * @param root The tree to start with; `undefined` for an empty one.
 * @param edits Each path once.
 * @returns `undefined` if a file is in the place of a folder, or the other way round.
 * @throws ObjectMissing if this clone lacks a tree on a path.
 */
export async function editTree(
  repository: Repository,
  root: string | undefined,
  edits: readonly TreeEdit[],
): Promise<EditedTree | undefined> {
  let data = root === undefined ? Buffer.alloc(0) : await readTree(repository, root);
  const objects: NewObject[] = [];
  const idBytes = repository.facts.objectFormat === "sha1" ? 20 : 32;
  for (const [name, own] of groupByFirst(edits)) {
    const old = findTreeEntry(data, Buffer.from(name), idBytes);
    const isFolder = own.some(({ path }) => path.length > 0);
    if (isFolder && own.some(({ path }) => path.length === 0)) return undefined;
    if (old !== undefined && (old.mode === FOLDER) !== isFolder) {
      // What is to be deleted is not there.
      if (own.every(({ blob }) => blob === undefined)) continue;
      return undefined;
    }
    const below = isFolder ? await editTree(repository, old?.oid, own) : { oid: own[0]?.blob, objects: [] };
    if (below === undefined) return undefined;
    objects.push(...below.objects);
    const isGone = isFolder ? below.objects.at(-1)?.data.length === 0 : below.oid === undefined;
    const mode = isFolder ? FOLDER : old?.mode === EXECUTABLE ? EXECUTABLE : FILE;
    data = withEntry(data, idBytes, { name, mode, oid: isGone ? undefined : below.oid });
  }
  const tree: NewObject = { type: "tree", data };
  return { oid: objectId(repository.facts, tree), objects: [...objects, tree] };
}

function groupByFirst(edits: readonly TreeEdit[]): Map<string, TreeEdit[]> {
  const groups = new Map<string, TreeEdit[]>();
  for (const { path, blob } of edits) {
    const [name = "", ...rest] = path;
    groups.set(name, [...(groups.get(name) ?? []), { path: rest, blob }]);
  }
  return groups;
}

const FOLDER = "40000";
const FILE = "100644";
const EXECUTABLE = "100755";

async function readTree({ reader }: Repository, oid: string): Promise<Buffer> {
  const object = await reader.readObject(oid);
  if (object === undefined) throw new ObjectMissing();
  return Buffer.from(object.data); // It is valid only until the next object is read.
}

interface NewEntry {
  readonly name: string;
  readonly mode: string;
  /** `undefined`: there is to be no such entry. */
  readonly oid: string | undefined;
}

/** A tree with an entry instead of another one with its name. The names of other entries need not be UTF-8. */
function withEntry(data: Buffer, idBytes: number, { name, mode, oid }: NewEntry): Buffer {
  const key = sortKey(Buffer.from(name), mode === FOLDER);
  const written =
    oid === undefined ? Buffer.alloc(0) : Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(oid, "hex")]);
  for (let at = 0; at < data.length; ) {
    const space = data.indexOf(" ", at);
    const end = data.indexOf(0, space);
    const next = end + 1 + idBytes;
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
