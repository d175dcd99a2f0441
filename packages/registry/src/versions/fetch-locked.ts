// Fetches the commits that prompts.lock names and this clone lacks: hosts and CI clone without history and without tags.

import { type Diagnostic, diagnose, LOCK_FILE } from "@cuecard/model";
import type { RepositoryFacts } from "../git/preflight.js";
import { readProjectFile } from "../git/project-file.js";
import { complaintOf, runWriting } from "../git/write.js";
import { parseLock } from "../lock/lock-file.js";
import type { Repository } from "../repository/repository.js";

export interface FetchedVersions {
  /** How many commits were fetched. */
  readonly fetched: number;
  /** Why some could not be fetched. They stay missing, which the reading of versions reports. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The remote that every clone has. */
const REMOTE = "origin";

/** In a shallow clone, commits are fetched without their history. No ref and no file of the working tree changes. */
export async function fetchLocked(repository: Repository): Promise<FetchedVersions> {
  const { facts, reader } = await repository.open();
  const absent: string[] = [];
  const { lines } = parseLock((await readProjectFile(repository.dir, LOCK_FILE))?.text ?? "");
  for (const commit of new Set([...lines.values()].map((line) => line.commit)))
    if ((await reader.readObject(commit)) === undefined) absent.push(commit);
  if (absent.length === 0) return { fetched: 0, diagnostics: [] };
  const failed = await fetchCommits(facts, absent);
  // The reader may not see objects that appeared after it started.
  await repository.close();
  if (failed.problem === undefined) return { fetched: absent.length, diagnostics: [] };
  const args = { remote: REMOTE, commits: failed.commits, problem: failed.problem };
  const diagnostic = diagnose("lock/fetch-failed", args, { file: LOCK_FILE });
  return { fetched: absent.length - failed.commits, diagnostics: [diagnostic] };
}

interface Failed {
  readonly commits: number;
  readonly problem: string | undefined;
}

/** All at once. If the remote refuses one of them, it sends none, so they are then fetched one by one. */
async function fetchCommits(facts: RepositoryFacts, commits: readonly string[]): Promise<Failed> {
  const problem = await fetchOnce(facts, commits);
  if (problem === undefined || commits.length === 1 || !/not our ref|unadvertised object|no such ref/i.test(problem))
    return { commits: problem === undefined ? 0 : commits.length, problem };
  const problems: string[] = [];
  for (const commit of commits) {
    const own = await fetchOnce(facts, [commit]);
    if (own !== undefined) problems.push(own);
  }
  return { commits: problems.length, problem: problems[0] };
}

/** @returns Why it failed. */
async function fetchOnce(facts: RepositoryFacts, commits: readonly string[]): Promise<string | undefined> {
  const options = ["--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--no-auto-maintenance"];
  if (facts.shallow) options.push("--depth=1");
  if (facts.partial) options.push("--no-filter");
  const fetched = await runWriting(facts, ["fetch", ...options, "--stdin", "--", REMOTE], {
    input: commits.map((commit) => `${commit}\n`).join(""),
    environment: { GIT_TERMINAL_PROMPT: "0" },
  });
  return fetched.code === 0 ? undefined : complaintOf(fetched);
}
