// Prompts whose files were edited since a commit: their versions will not have the edits.

import type { GitReader } from "../git/reader.js";
import { readWorkingTree } from "../snapshot/read-working-tree.js";
import type { ReleaseSource } from "./release-plan.js";

/**
 * Digests of the prompts as they stand in the working tree, by name. Empty where another commit than the one checked out
 * is to be released: the working tree has nothing to do with it.
 */
export async function readWorkingDigests(
  reader: GitReader,
  commit: string,
  source: ReleaseSource,
): Promise<ReadonlyMap<string, string>> {
  if ((await reader.resolveCommit("HEAD")) !== commit) return new Map();
  const { prompts } = await readWorkingTree(source);
  return new Map(prompts.map(({ name, digest }) => [name, digest]));
}
