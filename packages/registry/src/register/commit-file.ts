// Writes one file and commits only that file, with the user's hooks. Other staged changes are not committed. If the
// commit is refused, the file and the index are restored.

import { existsSync } from "node:fs";
import { mkdir, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Diagnostic } from "@cuecard/model";
import { diagnose, writeFailure } from "@cuecard/model";
import { replaceFile } from "../disk/replace-file.js";
import { readCommit } from "../git/commit-object.js";
import { identityVariables } from "../git/native-writer.js";
import type { RepositoryFacts } from "../git/preflight.js";
import { readRef } from "../git/refs.js";
import type { GitOutput } from "../git/run.js";
import { complaintOf, runWriting } from "../git/write.js";
import type { Person } from "../git/writer.js";
import type { OpenRepository } from "../repository/repository.js";
import type { FileState } from "./file-state.js";

export interface FileCommit {
  /** From the top of the repository. */
  readonly path: string;
  readonly text: string;
  readonly message: string;
  readonly identity: Person | undefined;
  /** The state of the file before. */
  readonly before: FileState;
  /** The commit that was checked out before. */
  readonly head: string | undefined;
  /** The tree that the new commit has, unless a hook changes something. */
  readonly tree: string;
}

/** @returns The commit's id, or why the commit failed; everything is restored then. */
export async function commitFile(
  { facts, reader }: Pick<OpenRepository, "facts" | "reader">,
  commit: FileCommit,
): Promise<string | Diagnostic> {
  const { path, text, message, identity, before } = commit;
  const file = join(facts.top, path);
  let made: readonly string[] = [];
  const spec = `:(top,literal)${path}`;
  try {
    made = await makeFolders(dirname(file));
    await replaceFile(file, text);
    if (before.staged === undefined) {
      const added = await withRetries(() =>
        runWriting(facts, ["add", "--intent-to-add", "--", spec], { detached: true }),
      );
      if (added.code !== 0) return await restore(facts, commit, made, complaintOf(added));
    }
    const environment = identity === undefined ? {} : identityVariables(identity);
    // In a process that survives when ours is killed: git writes both the commit and the matching index, or neither.
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
    const done = await withRetries(() =>
      runWriting(facts, args, { input: `${message}\n`, environment, detached: true }),
    );
    if (done.code === 0 || hasNothingToCommit(done)) {
      const oid = (await readRef(facts, "HEAD")) ?? (await runWriting(facts, ["rev-parse", "HEAD"])).text.trim();
      if ((await readCommit(reader, oid))?.tree !== commit.tree) await syncIndex(facts, spec, commit.head);
      return oid;
    }
    return await restore(facts, commit, made, complaintOf(done));
  } catch (error) {
    await restore(facts, commit, made, "");
    return writeFailure(error, path, path);
  }
}

/**
 * Makes the index match the new commit. `git commit --only` uses a temporary index: if a hook changes the file or adds
 * others during the commit, the real index keeps their old entries.
 */
async function syncIndex(facts: RepositoryFacts, spec: string, before: string | undefined): Promise<void> {
  const list = ["diff-tree", "-r", "-z", "--name-only", "--no-commit-id", "--no-renames", "--root"];
  const changed = await runWriting(facts, [...list, ...(before === undefined ? [] : [before]), "HEAD"]);
  const others = changed.code === 0 ? changed.text.split("\0").filter((path) => path !== "") : [];
  const specs = [...new Set([spec, ...others.map((path) => `:(top,literal)${path}`)])];
  const { code } = await runWriting(facts, ["diff", "--cached", "--quiet", "--", ...specs]);
  if (code !== 0) await withRetries(() => runWriting(facts, ["reset", "--quiet", "--", ...specs], { detached: true }));
}

/** Whether there was nothing to commit, because a hook changed the file back to its committed content. */
function hasNothingToCommit({ text }: GitOutput): boolean {
  return /nothing (?:added )?to commit|no changes added to commit/.test(text);
}

/** Waits for another git command that holds the index: one of an editor, or one that a killed run left behind. */
async function withRetries(work: () => Promise<GitOutput>): Promise<GitOutput> {
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
    await withRetries(() =>
      runWriting(facts, ["rm", "--cached", "--quiet", "--force", "--ignore-unmatch", "--", `:(top,literal)${path}`]),
    );
  if (before.bytes === undefined) await rm(file, { force: true });
  else await replaceFile(file, before.bytes);
  for (const folder of made.toReversed()) await rmdir(folder).catch(() => {});
  return diagnose("git/refused", { action: `commit ${path}`, problem }, { file: "." });
}

/** Creates a folder and its parents; returns the created ones, outermost first. */
async function makeFolders(folder: string): Promise<string[]> {
  const missing: string[] = [];
  for (let path = folder; !existsSync(path); path = dirname(path)) missing.unshift(path);
  await mkdir(folder, { recursive: true });
  return missing;
}
