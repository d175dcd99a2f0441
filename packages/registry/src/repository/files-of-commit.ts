// Reads files of the project as they are in a commit.

import { readCommit } from "../git/commit-object.js";
import { notAFile } from "../git/objects.js";
import { TreeReader } from "../git/tree-reader.js";
import type { OpenRepository } from "./repository.js";

/**
 * The texts of files by path; those that the commit does not have as regular files are left out.
 *
 * @param paths Relative to the project's folder.
 * @throws ObjectMissing if this clone lacks a part of the commit.
 */
export async function readFilesOfCommit(
  { reader }: OpenRepository,
  commit: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  const tree = (await readCommit(reader, commit))?.tree;
  if (tree === undefined) return texts;
  const trees = new TreeReader(reader);
  for (const path of paths) {
    const entry = await trees.find(tree, `${reader.prefix}${path}`);
    if (entry === undefined || notAFile(entry.mode) !== undefined) continue;
    const blob = await reader.readObject(entry.oid);
    if (blob !== undefined) texts.set(path, blob.data.toString("utf8"));
  }
  return texts;
}
