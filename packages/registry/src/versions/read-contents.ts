// Reads the texts of versions that a reading has checked before, for what shows them.

import type { PromptContent, VersionSnapshot } from "@cuecard/model";
import { mapLimited } from "../disk/map-limited.js";
import { openIfReadable, type Repository } from "../repository/repository.js";
import { contentOfDigest } from "./digest.js";

/**
 * @param versions Those of which the texts are not in the snapshot already.
 * @returns By digest. Contents that are gone, or are not what the digest says, are left out.
 */
export async function readContents(
  repository: Repository,
  versions: readonly VersionSnapshot[],
): Promise<ReadonlyMap<string, PromptContent>> {
  const contents = new Map<string, PromptContent>();
  const missing = new Map<string, VersionSnapshot>();
  for (const version of versions)
    if (version.content === undefined) missing.set(version.digest, version);
    else contents.set(version.digest, version.content);
  const opened = missing.size === 0 ? undefined : await openIfReadable(repository);
  if (opened === undefined) return contents;
  await mapLimited([...missing.values()], opened.reader.concurrency, async ({ name, version, commit, digest }) => {
    const result = await opened.contents.read({ name, version, commit });
    if (result.kind !== "content") return;
    const content = contentOfDigest(result.content, digest, repository.promptsDir);
    if (content !== undefined) contents.set(digest, content);
  });
  return contents;
}
