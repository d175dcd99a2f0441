// Finds the settings of a repository that name a program which git would run where Cuecard only reads: reading executes nothing that
// came with the repository. The settings of the user and the machine are trusted.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RepositoryFacts } from "./preflight.js";
import { tryGit } from "./run.js";

/** What a fetch would run; see https://git-scm.com/docs/git-config. Hooks are switched off where a command only reads. */
const RUNS_WITH_A_FETCH =
  /^(?:core\.(?:sshcommand|gitproxy|askpass|alternaterefscommand)|credential\.(?:.*\.)?helper|remote\..*\.(?:uploadpack|vcs)|protocol\.(?:.*\.)?allow)$/s;

/** The keys of such settings, sorted. `undefined` if git cannot list them. */
export async function namedPrograms(facts: RepositoryFacts): Promise<readonly string[] | undefined> {
  return (await listOwnKeys(facts))?.filter((key) => RUNS_WITH_A_FETCH.test(key));
}

/**
 * Arguments of git that switch off the filters that the repository's own settings define: `git status` would run them to compare
 * files. `undefined` if they cannot be switched off.
 */
export async function withoutOwnFilters(facts: RepositoryFacts): Promise<readonly string[] | undefined> {
  // Few repositories define filters, and reading two files is faster than starting git.
  const files = [join(facts.commonDir, "config"), join(facts.gitDir, "config.worktree")];
  const text = files.map((file) => (existsSync(file) ? readFileSync(file, "latin1") : "")).join("\n");
  if (!/filter|include/i.test(text)) return [];
  const keys = await listOwnKeys(facts);
  const filters = new Set(keys?.flatMap((key) => /^filter\.(.*)\.[^.]*$/s.exec(key)?.[1] ?? []));
  // `-c` cannot name such a filter: it splits its argument at the first `=`, and refuses line feeds.
  if (keys === undefined || [...filters].some((name) => /[=\n]/.test(name))) return undefined;
  // An empty process takes precedence over the other commands.
  return [...filters].flatMap((name) => ["-c", `filter.${name}.process=`, "-c", `filter.${name}.required=false`]);
}

/** The keys that the repository's own files set, also by including others; sorted. `undefined` with git before 2.26. */
async function listOwnKeys(facts: RepositoryFacts): Promise<readonly string[] | undefined> {
  const { code, text } = await tryGit(facts, ["config", "--list", "--show-scope", "--name-only", "--null"]);
  if (code !== 0) return undefined;
  const parts = text.split("\0");
  const keys = new Set<string>();
  for (let at = 0; at + 1 < parts.length; at += 2)
    if (parts[at] === "local" || parts[at] === "worktree") keys.add(parts[at + 1] ?? "");
  return [...keys].sort();
}
