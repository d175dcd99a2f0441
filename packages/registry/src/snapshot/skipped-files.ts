// The files of the prompts folder that a sparse checkout leaves out of the working tree: they are read from git's index.

import { PROMPT_EXTENSION, schemaName } from "@cuecard/model";
import type { TreeEntry } from "../git/objects.js";
import type { GitReader } from "../git/reader.js";
import { readSkippedEntries } from "../git/skipped-entries.js";
import { ObjectMissing, TreeReader } from "../git/tree-reader.js";
import { SCORES_EXTENSION } from "../scores/scores-file.js";

/** By path within the prompts folder. Only Markdown, scores and schema files, and none in hidden folders. */
export type SkippedFiles = ReadonlyMap<string, TreeEntry>;

/** @param reader Opened only if the index contains whole folders. */
export async function listSkippedFiles(
  dir: string,
  promptsDir: string,
  reader: () => Promise<Pick<GitReader, "readObject"> | undefined>,
): Promise<SkippedFiles> {
  const files = new Map<string, TreeEntry>();
  const start = `${promptsDir}/`;
  const add = (path: string, entry: TreeEntry) => {
    if (!path.startsWith(start)) return;
    const own = path.slice(start.length);
    const isHidden = own.split("/").some((segment) => segment.startsWith("."));
    const isRead = own.endsWith(PROMPT_EXTENSION) || own.endsWith(SCORES_EXTENSION) || schemaName(own) !== undefined;
    if (!isHidden && isRead) files.set(own, entry);
  };
  for (const [path, entry] of readSkippedEntries(dir)) {
    if (!path.endsWith("/")) add(path, entry);
    else if (path.startsWith(start) || start.startsWith(path)) await addFolder(path, entry.oid);
  }
  return files;

  async function addFolder(path: string, oid: string): Promise<void> {
    const opened = await reader();
    if (opened === undefined) return;
    try {
      for (const { name, ...entry } of await new TreeReader(opened).list(oid, path)) add(name, entry);
    } catch (error) {
      // Folders are in every clone with a sparse index, because git itself needs them.
      if (!(error instanceof ObjectMissing)) throw error;
    }
  }
}
