// Questions about the history that the git program answers much faster than reading commit by commit.

import type { RepositoryFacts } from "./preflight.js";
import type { BranchRef, CommitPaths, GitReader } from "./reader.js";
import { runGit, tryGit } from "./run.js";
import { walkFirstParents, walkOutside } from "./walk-history.js";

const FORMAT = "%(refname)%00%(objectname)%00%(symref)";

export async function listBranches(facts: RepositoryFacts): Promise<BranchRef[]> {
  const { text } = await runGit(facts, ["for-each-ref", `--format=${FORMAT}`, "refs/heads", "refs/remotes"]);
  return text.split("\n").flatMap((line) => {
    const [ref = "", commit = "", symbolic] = line.split("\0");
    const [, kind, name] = /^refs\/(heads|remotes)\/(.+)$/.exec(ref) ?? [];
    return name === undefined || symbolic !== "" ? [] : [{ name, remote: kind === "remotes", commit }];
  });
}

/** Implements {@link GitReader.findOutside} with one process for any number of commits, and remembers the answer for each commit. */
export function outsideFinder(facts: RepositoryFacts, reader: Pick<GitReader, "readObject">): GitReader["findOutside"] {
  const known = new Map<string, Map<string, boolean>>();
  return async (commits, heads) => {
    const key = heads.join();
    const answers = known.get(key) ?? new Map(heads.map((head) => [head, false]));
    known.set(key, answers);
    const open = commits.filter((commit) => !answers.has(commit));
    if (open.length > 0) {
      const outside = await findOutside(facts, reader, { commits: open, heads });
      for (const commit of open) answers.set(commit, outside.has(commit));
    }
    return new Set(commits.filter((commit) => answers.get(commit) === true));
  };
}

async function findOutside(
  facts: RepositoryFacts,
  reader: Pick<GitReader, "readObject">,
  { commits, heads }: { readonly commits: readonly string[]; readonly heads: readonly string[] },
): Promise<ReadonlySet<string>> {
  const input = [...commits, ...heads.map((head) => `^${head}`)].map((line) => `${line}\n`).join("");
  const { code, text } = await tryGit(facts, ["rev-list", "--stdin"], { input });
  // This clone may lack one of the commits, or a part of the history.
  return code === 0 ? new Set(text.split("\n")) : walkOutside(reader, commits, heads);
}

/** Implements {@link GitReader.listFirstParents}. */
export async function listFirstParents(
  facts: RepositoryFacts,
  reader: Pick<GitReader, "readObject">,
  heads: readonly string[],
): Promise<ReadonlySet<string>> {
  const input = heads.map((head) => `${head}\n`).join("");
  const { code, text } = await tryGit(facts, ["rev-list", "--first-parent", "--stdin"], { input });
  return code === 0 ? new Set(text.split("\n")) : walkFirstParents(reader, heads);
}

export async function listChanges(
  facts: RepositoryFacts,
  heads: readonly string[],
  folder: string,
): Promise<CommitPaths[] | undefined> {
  const format = ["-z", "--format=%H", "--name-only", "--no-renames", "--no-show-signature"];
  const history = ["--full-history", "--diff-merges=first-parent", "--stdin", "--", `:(top,literal)${folder}`];
  const input = heads.map((head) => `${head}\n`).join("");
  const { code, text } = await tryGit(facts, ["log", ...format, ...history], { input });
  // This clone may lack folders of earlier commits.
  if (code !== 0) return undefined;
  const changes: { commit: string; paths: string[] }[] = [];
  for (const part of text.split("\0")) {
    // A path that follows its commit begins with a line feed.
    if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(part)) changes.push({ commit: part, paths: [] });
    else if (part !== "") changes.at(-1)?.paths.push(part.replace(/^\n/, ""));
  }
  return changes;
}

/** Implements {@link GitReader.listFileCommits}. */
export async function listFileCommits(
  facts: RepositoryFacts,
  from: string,
  paths: readonly string[],
  limit: number,
): Promise<string[] | undefined> {
  const count = Number.isFinite(limit) ? [`--max-count=${limit}`] : [];
  const files = paths.map((path) => `:(top,literal)${path}`);
  const { code, text } = await tryGit(facts, ["rev-list", ...count, from, "--", ...files]);
  return code === 0 ? text.split("\n").filter((line) => line !== "") : undefined;
}

export async function findMergeBase(facts: RepositoryFacts, one: string, other: string): Promise<string | undefined> {
  const { code, text } = await tryGit(facts, ["merge-base", one, other]);
  return code === 0 ? text.trim() : undefined;
}
