// Plans to write a prompt's file to a branch as a commit. Nothing that is checked out is changed: no file, no index, no HEAD.

import { type Diagnostic, diagnose, type Planned, PROMPT_EXTENSION } from "@cuecard/model";
import { readCommit } from "../git/commit-object.js";
import { complaintOf, runWriting } from "../git/write.js";
import type { OpenRepository, Repository } from "../repository/repository.js";
import { type DraftCommit, draftCommit } from "./draft-commit.js";
import { hashBlob } from "./file-state.js";
import { planDraft } from "./plan-draft.js";
import { findCaseConflict, findHalfPair } from "./plan-register.js";
import { type PlanProposalOptions, PROPOSAL_PREFIX, type ProposalPlan } from "./proposal.js";
import { planUnlessUnreadable } from "./unless-unreadable.js";

export interface PreparedProposal {
  readonly plan: ProposalPlan | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** The tree of the new commit. */
  readonly tree: string;
}

/** Plans a proposal. Only objects that no ref names are written. Mistakes of users are diagnostics. */
export function planProposal(repository: Repository, options: PlanProposalOptions): Promise<Planned<ProposalPlan>> {
  return planUnlessUnreadable(() => prepareProposal(repository, options));
}

/** @returns The plan with what applying it needs, or why the prompt cannot be written there. */
export async function prepareProposal(
  repository: Repository,
  options: PlanProposalOptions,
): Promise<PreparedProposal | Diagnostic> {
  const { name, text, message, branch } = options;
  const file = `${repository.promptsDir}/${name}${PROMPT_EXTENSION}`;
  const half = findHalfPair(name, text, file);
  if (half !== undefined) return half;
  const opened = await repository.open();
  const { reader, facts } = opened;
  if (reader.adapter !== "native") return diagnose("git/needs-program", { action: "propose" }, { file: "." });
  const wrong = await findBranchProblem(opened, branch);
  if (wrong !== undefined) return wrong;
  const tip = await opened.resolveCommit(`refs/heads/${branch}`);
  const parent = tip ?? (await opened.resolveCommit("HEAD"));
  if (parent === undefined) return diagnose("propose/no-commit", { branch }, { file: "." });
  const base = await readCommit(reader, parent);
  const path = `${reader.prefix}${file}`;
  const conflict = await findCaseConflict(opened, parent, name);
  if (conflict !== undefined) return conflict;
  const blob = await hashBlob(facts, path, text, true);
  const draft: DraftCommit = await draftCommit(opened, base, { path, blob }, message);
  const { check } = options;
  const released = await planDraft(repository, { name, file, commit: draft.oid, notes: message, check });
  const plan: ProposalPlan = {
    ...{ name, file, text, message, branch, parent },
    isNew: tip === undefined,
    unchanged: draft.tree === base?.tree,
  };
  return { plan: released.plan && plan, diagnostics: released.diagnostics, tree: draft.tree };
}

async function findBranchProblem({ facts }: OpenRepository, branch: string): Promise<Diagnostic | undefined> {
  const invalid = (problem: string) => diagnose("propose/invalid-branch", { branch, problem }, { file: "." });
  if (!branch.startsWith(PROPOSAL_PREFIX)) return invalid(`it does not begin with ${PROPOSAL_PREFIX}`);
  if (branch.includes("\0")) return invalid("git does not allow such a name");
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
