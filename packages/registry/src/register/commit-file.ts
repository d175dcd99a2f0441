// Writes one file and commits it alone, with the user's hooks: nothing else that is staged comes along. Where the commit
// is refused, file and index are as they were.

import { existsSync } from "node:fs";
import { mkdir, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Diagnostic } from "@cuecard/model";
import { diagnose, writeFailure } from "@cuecard/model";
import { replaceFile } from "../disk/replace-file.js";
import { identityVariables } from "../git/native-writer.js";
import type { RepositoryFacts } from "../git/preflight.js";
import type { GitOutput } from "../git/run.js";
import { complaintOf, runWriting } from "../git/write.js";
import type { Person } from "../git/writer.js";
import type { FileState } from "./file-state.js";

export interface FileCommit {
  /** From the top of the repository. */
  readonly path: string;
  readonly text: string;
  readonly message: string;
  readonly identity: Person | undefined;
  /** How the file stood before. */
  readonly before: FileState;
}

/** @returns The commit's id, or why there is none; then all is as it was. */
export async function commitFile(facts: RepositoryFacts, commit: FileCommit): Promise<string | Diagnostic> {
  const { path, text, message, identity, before } = commit;
  const file = join(facts.top, path);
  let made: readonly string[] = [];
  const spec = `:(top,literal)${path}`;
  const { text: head } = await runWriting(facts, ["rev-parse", "--verify", "--quiet", "HEAD"]);
  try {
    made = await makeFolders(dirname(file));
    await replaceFile(file, text);
    if (before.staged === undefined) {
      const added = await patiently(() =>
        runWriting(facts, ["add", "--intent-to-add", "--", spec], { detached: true }),
      );
      if (added.code !== 0) return await restore(facts, commit, made, complaintOf(added));
    }
    const environment = identity === undefined ? {} : identityVariables(identity);
    // In a process that no kill of ours reaches: git makes the commit and the index that belongs to it, or neither.
    const args = [
      "-c",
      "user.useConfigOnly=true",
      "commit",
      "--quiet",
      "--only",
      "-F",
      "-",
      "--cleanup=verbatim",
      "--",
      spec,
    ];
    const done = await patiently(() => runWriting(facts, args, { input: `${message}\n`, environment, detached: true }));
    if (done.code === 0 || isSame(done)) {
      await settleIndex(facts, spec, head.trim());
      return (await runWriting(facts, ["rev-parse", "HEAD"])).text.trim();
    }
    return await restore(facts, commit, made, complaintOf(done));
  } catch (error) {
    await restore(facts, commit, made, "");
    return writeFailure(error, path, path);
  }
}

/**
 * A hook that changed the file, or added others, while it was committed left what they were in the index: git commits by
 * another index then, whose entries do not come back. What the commit holds is what is staged.
 */
async function settleIndex(facts: RepositoryFacts, spec: string, before: string): Promise<void> {
  const list = ["diff-tree", "-r", "-z", "--name-only", "--no-commit-id", "--no-renames", "--root"];
  const changed = await runWriting(facts, [...list, ...(before === "" ? [] : [before]), "HEAD"]);
  const others = changed.code === 0 ? changed.text.split("\0").filter((path) => path !== "") : [];
  const specs = [...new Set([spec, ...others.map((path) => `:(top,literal)${path}`)])];
  const { code } = await runWriting(facts, ["diff", "--cached", "--quiet", "--", ...specs]);
  if (code !== 0) await patiently(() => runWriting(facts, ["reset", "--quiet", "--", ...specs], { detached: true }));
}

/** A hook made of the file what the last commit has: there is nothing to commit, and nothing is amiss. */
function isSame({ text }: GitOutput): boolean {
  return /nothing (?:added )?to commit|no changes added to commit/.test(text);
}

/** Another git command holds the index for a moment: an editor's, or one that a killed run of ours left behind. */
async function patiently(work: () => Promise<GitOutput>): Promise<GitOutput> {
  for (let turn = 1; ; turn++) {
    const done = await work();
    if (done.code === 0 || turn === 40 || !/index\.lock|cannot lock ref|Unable to create .*\.lock/.test(done.messages))
      return done;
    await new Promise((resume) => setTimeout(resume, 50 + Math.random() * 100));
  }
}

async function restore(
  facts: RepositoryFacts,
  { path, before }: FileCommit,
  made: readonly string[],
  problem: string,
): Promise<Diagnostic> {
  const file = join(facts.top, path);
  if (before.staged === undefined)
    await patiently(() =>
      runWriting(facts, ["rm", "--cached", "--quiet", "--force", "--ignore-unmatch", "--", `:(top,literal)${path}`]),
    );
  if (before.bytes === undefined) await rm(file, { force: true });
  else await replaceFile(file, before.bytes);
  for (const folder of made.toReversed()) await rmdir(folder).catch(() => {});
  return diagnose("git/refused", { action: `commit ${path}`, problem }, { file: "." });
}

/** Makes a folder with those above it; gives the ones that were not there, outermost first. */
async function makeFolders(folder: string): Promise<string[]> {
  const missing: string[] = [];
  for (let path = folder; !existsSync(path); path = dirname(path)) missing.unshift(path);
  await mkdir(folder, { recursive: true });
  return missing;
}
