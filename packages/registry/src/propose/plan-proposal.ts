// Plans to write files to a branch as a commit. Nothing that is checked out is changed: no file, no index, no HEAD.

import { type Diagnostic, diagnose } from "@cuecard/model";
import { readCommit } from "../git/commit-object.js";
import { complaintOf, runWriting } from "../git/write.js";
import { draftCommit } from "../register/draft-commit.js";
import { unlessUnreadable } from "../register/unless-unreadable.js";
import type { OpenRepository, Repository } from "../repository/repository.js";
import { describeWrongBranch } from "./branch-name.js";
import { findForeignFile } from "./foreign-file.js";
import type { ProposalPlan, ProposalRequest } from "./proposal.js";

/** A plan with what looking at it and applying it needs. */
export interface PreparedProposal {
  readonly plan: ProposalPlan;
  /** The tree of the new commit. */
  readonly tree: string;
  /** A commit with this tree on the plan's parent. No ref names it. */
  readonly draft: string;
}

/**
 * Plans a proposal. Only objects that no ref names are written.
 *
 * @returns Why the files cannot be written there instead of a plan.
 */
export function prepareProposal(
  repository: Repository,
  request: ProposalRequest,
): Promise<PreparedProposal | Diagnostic> {
  return unlessUnreadable(() => prepare(repository, request));
}

async function prepare(
  repository: Repository,
  { files, message, branch }: ProposalRequest,
): Promise<PreparedProposal | Diagnostic> {
  const foreign = findForeignFile(repository, files);
  if (foreign !== undefined) return foreign;
  if (message.trim() === "" || message.includes("\0")) return diagnose("propose/no-message", {}, { file: "." });
  const opened = await repository.open();
  const { reader } = opened;
  if (reader.adapter !== "native") return diagnose("git/needs-program", { action: "propose" }, { file: "." });
  const wrong = await findBranchProblem(opened, branch);
  if (wrong !== undefined) return wrong;
  const { parent, isNew } = await findParent(opened, branch);
  if (parent === undefined) return diagnose("propose/no-commit", {}, { file: "." });
  const base = await readCommit(reader, parent);
  const edits = files.map(({ file, blob }) => ({ path: `${reader.prefix}${file}`, blob }));
  const { oid: draft, tree } = await draftCommit(opened, base, edits, message);
  return { plan: { files, message, branch, parent, isNew, unchanged: tree === base?.tree }, tree, draft };
}

/** The commit that a proposal to a branch is made on: the branch's, or the one that is checked out. */
export async function findParent(
  repository: OpenRepository,
  branch: string,
): Promise<{ readonly parent: string | undefined; readonly isNew: boolean }> {
  const tip = await repository.resolveCommit(`refs/heads/${branch}`);
  return { parent: tip ?? (await repository.resolveCommit("HEAD")), isNew: tip === undefined };
}

async function findBranchProblem({ facts }: OpenRepository, branch: string): Promise<Diagnostic | undefined> {
  const invalid = (problem: string) => diagnose("propose/invalid-branch", { branch, problem }, { file: "." });
  const wrong = describeWrongBranch(branch);
  if (wrong !== undefined) return invalid(wrong);
  const { code } = await runWriting(facts, ["check-ref-format", `refs/heads/${branch}`]);
  if (code !== 0) return invalid("git does not allow such a name");
  // A commit to a symbolic ref would move the branch that it leads to, which may be any, and may be checked out.
  const link = await runWriting(facts, ["symbolic-ref", "--quiet", `refs/heads/${branch}`]);
  if (link.code === 0) return invalid(`it is a symbolic ref to ${link.text.trim()}`);
  const listed = await runWriting(facts, ["worktree", "list", "--porcelain", "-z"]);
  // Before 2.36, git does not know -z.
  const trees = listed.code === 0 ? listed : await runWriting(facts, ["worktree", "list", "--porcelain"]);
  if (trees.code !== 0)
    return diagnose("git/refused", { action: "list the worktrees", problem: complaintOf(trees) }, { file: "." });
  const isCheckedOut = trees.text.split(/[\0\n]/).includes(`branch refs/heads/${branch}`);
  return isCheckedOut ? invalid("it is checked out, and its files would no longer match it") : undefined;
}
