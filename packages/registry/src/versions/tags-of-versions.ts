// Finds the tags of a project's versions. A version that was released before the project got its tag prefix keeps its
// tag: its line in prompts.lock names the same commit.

import { parseGitTag, type VersionId, versionTag } from "@cuecard/model";
import type { TagRef } from "../git/reader.js";
import type { OpenRepository } from "../repository/repository.js";

/**
 * The tags by version, as prompts.lock writes it (`greet@v1`).
 *
 * @param known Versions whose commits are known.
 */
export async function tagsOfVersions(
  { tags, tagPrefix }: Pick<OpenRepository, "tags" | "tagPrefix">,
  known: Iterable<VersionId & { readonly commit: string }>,
): Promise<ReadonlyMap<string, TagRef>> {
  const refs = await tags.refs();
  const found = new Map<string, TagRef>();
  for (const ref of refs) {
    const id = parseGitTag(ref.name, tagPrefix);
    if (id !== undefined) found.set(versionTag(id), ref);
  }
  if (tagPrefix === "") return found;
  const byName = new Map(refs.map((ref) => [ref.name, ref]));
  for (const version of known) {
    const key = versionTag(version);
    const ref = byName.get(key);
    if (!found.has(key) && ref !== undefined && (ref.peeled ?? ref.oid) === version.commit) found.set(key, ref);
  }
  return found;
}
