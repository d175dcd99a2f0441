// Prompts whose files were edited since a commit: their versions will not have the edits.

import type { OpenRepository } from "../repository/repository.js";
import { readWorkingTree } from "../snapshot/read-working-tree.js";

/**
 * Digests of the prompts as they stand in the working tree, by name. Empty where another commit than the one checked out
 * is to be released: the working tree has nothing to do with it.
 */
export async function readWorkingDigests(
  repository: OpenRepository,
  commit: string,
): Promise<ReadonlyMap<string, string>> {
  if ((await repository.resolveCommit("HEAD")) !== commit) return new Map();
  const { prompts } = await readWorkingTree(repository);
  return new Map(prompts.map(({ name, digest }) => [name, digest]));
}
