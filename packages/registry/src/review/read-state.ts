// Reads the two states of a project that a review compares: the commit where a branch began, and the branch or the working tree.

import type { Diagnostic, WorkingPrompt } from "@cuecard/model";
import { RepositoryUnreadable } from "../git/reader.js";
import { ObjectMissing } from "../git/tree-reader.js";
import { type Base, findBaseCommit, readRecords, unknownCommit } from "../history/read-base.js";
import { listCommitPrompts, readCommitPrompts } from "../release/commit-prompts.js";
import type { OpenRepository, Repository } from "../repository/repository.js";

/** A project as it is in a commit. */
export interface CommitState extends Base {
  /** Sorted by name; only those that can be read. */
  readonly prompts: readonly WorkingPrompt[];
  /** The names of all prompts that have a file, sorted. */
  readonly names: readonly string[];
  /** Why some of them cannot be read. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface ReviewStates {
  readonly base: CommitState;
  /** The base as it was asked for. */
  readonly baseRef: string;
  /** The commit to review; `undefined` for the working tree. */
  readonly head: CommitState | undefined;
  /** Full id of the commit that is checked out, or of `head`; `undefined` before the first commit. */
  readonly headCommit: string | undefined;
  /** Whether `headCommit` is checked out. */
  readonly isCheckedOut: boolean;
}

export interface StatesRequest {
  /** Branches, tags or commits. The first that exists is the base. */
  readonly bases: readonly string[];
  /** A branch, tag or commit; `undefined` for the working tree. */
  readonly head: string | undefined;
}

/** @returns The states, or why they cannot be read. */
export async function readReviewStates(
  repository: Repository,
  request: StatesRequest,
): Promise<ReviewStates | Diagnostic> {
  try {
    return await readStates(await repository.open(), request);
  } catch (error) {
    if (error instanceof RepositoryUnreadable) return error.diagnostic;
    if (error instanceof ObjectMissing) return unknownCommit(request.bases[0] ?? "");
    throw error;
  }
}

async function readStates(
  repository: OpenRepository,
  { bases, head }: StatesRequest,
): Promise<ReviewStates | Diagnostic> {
  const tip = head ?? "HEAD";
  const headCommit = await repository.resolveCommit(tip);
  if (headCommit === undefined && head !== undefined) return unknownCommit(head, "head");
  const baseRef = (await firstThatExists(repository, bases)) ?? bases[0] ?? "";
  const commit = await findBaseCommit(repository, baseRef, tip);
  if (typeof commit !== "string") return commit;
  return {
    base: await readState(repository, commit),
    baseRef,
    head: headCommit === undefined || head === undefined ? undefined : await readState(repository, headCommit),
    headCommit,
    isCheckedOut: head === undefined || headCommit === (await repository.resolveCommit("HEAD")),
  };
}

async function firstThatExists(repository: OpenRepository, refs: readonly string[]): Promise<string | undefined> {
  for (const ref of refs) if ((await repository.resolveCommit(ref)) !== undefined) return ref;
  return undefined;
}

async function readState(repository: OpenRepository, commit: string): Promise<CommitState> {
  const records = await readRecords(repository, commit);
  const names = await listCommitPrompts(repository, commit);
  const { candidates, diagnostics } = await readCommitPrompts(repository, commit, names);
  return { ...records, names, prompts: candidates, diagnostics };
}
