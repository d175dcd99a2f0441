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
  GIT_COMMITTER_NAME: "cuecard",
  GIT_COMMITTER_EMAIL: "cuecard@localhost",
};

/** For the first commit of a repository. */
const FIRST_DATE = "2000-01-01T00:00:00Z";

/**
 * @param head The commit that is checked out, with its date, which the new commit gets as well: it must not look older, because
 * histories are searched by dates.
 * @param path From the top of the repository.
 * @param blob The file's blob, which must exist.
 * @returns The commit's id.
 */
export async function draftCommit(
  facts: RepositoryFacts,
  head: { readonly oid: string; readonly date: string } | undefined,
  path: string,
  blob: string,
  message: string,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "cuecard-index-"));
  const date = head?.date ?? FIRST_DATE;
  const dates = { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  const environment = { ...PLACEHOLDER_IDENTITY, ...dates, GIT_INDEX_FILE: join(folder, "index") };
  const git = async (args: readonly string[], input = ""): Promise<string> => {
    const done = await runWriting(facts, args, { environment, input });
    if (done.code === 0) return done.text.trim();
    throw unreadable("git/refused", { action: "prepare the commit", problem: complaintOf(done) });
  };
  try {
    await git(head === undefined ? ["read-tree", "--empty"] : ["read-tree", head.oid]);
    await git(["update-index", "--add", "--cacheinfo", `100644,${blob},${path}`]);
    const tree = await git(["write-tree"]);
    const parents = head === undefined ? [] : ["-p", head.oid];
    return await git(["commit-tree", tree, ...parents, "-F", "-"], message);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
