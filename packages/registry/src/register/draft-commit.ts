// Creates the commit that registering would make, without a ref that names it: a release can be planned at this commit
// before anything is changed. It uses a temporary index.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RepositoryFacts } from "../git/preflight.js";
import { unreadable } from "../git/reader.js";
import { complaintOf, runWriting } from "../git/write.js";

/** This commit is never visible, so it needs no real identity. */
const PLACEHOLDER_IDENTITY = {
  GIT_AUTHOR_NAME: "cuecard",
  GIT_AUTHOR_EMAIL: "cuecard@localhost",
  GIT_AUTHOR_DATE: "2000-01-01T00:00:00Z",
  GIT_COMMITTER_NAME: "cuecard",
  GIT_COMMITTER_EMAIL: "cuecard@localhost",
  GIT_COMMITTER_DATE: "2000-01-01T00:00:00Z",
};

/**
 * @param path From the top of the repository.
 * @param blob The file's blob, which must exist.
 * @returns The commit's id.
 */
export async function draftCommit(
  facts: RepositoryFacts,
  head: string | undefined,
  path: string,
  blob: string,
  message: string,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "cuecard-index-"));
  const environment = { ...PLACEHOLDER_IDENTITY, GIT_INDEX_FILE: join(folder, "index") };
  const git = async (args: readonly string[], input = ""): Promise<string> => {
    const done = await runWriting(facts, args, { environment, input });
    if (done.code === 0) return done.text.trim();
    throw unreadable("git/refused", { action: "prepare the commit", problem: complaintOf(done) });
  };
  try {
    await git(head === undefined ? ["read-tree", "--empty"] : ["read-tree", head]);
    await git(["update-index", "--add", "--cacheinfo", `100644,${blob},${path}`]);
    const tree = await git(["write-tree"]);
    const parents = head === undefined ? [] : ["-p", head];
    return await git(["commit-tree", tree, ...parents, "-F", "-"], message);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
