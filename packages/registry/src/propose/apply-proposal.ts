// Writes a planned commit, moves its branch to it, and pushes the branch.

import { type Applied, type Diagnostic, diagnose } from "@cuecard/model";
import { readCommit } from "../git/commit-object.js";
import { identityVariables, lacksIdentity, OWN_IDENTITY } from "../git/native-writer.js";
import type { RepositoryFacts } from "../git/preflight.js";
import { complaintOf, runWriting } from "../git/write.js";
import { unlessUnreadable } from "../register/unless-unreadable.js";
import type { Repository } from "../repository/repository.js";
import { prepareProposal } from "./plan-proposal.js";
import type { ApplyProposalOptions, Proposal, ProposalPlan } from "./proposal.js";
import { findPullRequestLink } from "./pull-request-link.js";
import { pushBranch } from "./push-branch.js";
import { describeRemote } from "./push-target.js";

/** How many seconds a program for signatures may take, which includes a person who types a passphrase. */
const SIGNING = 120;

/**
 * Applies a plan if the branch is still where the plan saw it. The commit has git's configured identity unless another one is given,
 * and is signed if git signs commits. No hooks for commits run, because nothing that they could look at is checked out.
 *
 * The branch is first moved in this clone, then pushed. If the remote's branch has commits that the clone's does not have, the
 * clone's branch is moved back. If the push fails for another reason, the branch stays; applying the same files again pushes it.
 *
 * @returns A result with an error if the branch is written but not pushed.
 */
export async function applyProposal(
  repository: Repository,
  plan: ProposalPlan,
  { identity, push }: ApplyProposalOptions = {},
): Promise<Applied<Proposal>> {
  const written = await unlessUnreadable(() => writeBranch(repository, plan, identity));
  if ("code" in written) return { result: undefined, diagnostics: [written] };
  // A new branch without a commit of its own has nothing to review.
  if (push === undefined || (plan.isNew && !written.created)) return { result: written, diagnostics: [] };
  return pushProposal(repository, written, push);
}

/**
 * Pushes a branch that was written. If the remote's has commits that it does not have, it is moved back to where it was.
 *
 * @param remote The remote's name.
 * @returns A result with an error if the branch is not pushed and stays.
 */
export async function pushProposal(
  repository: Repository,
  written: Proposal,
  remote: string,
): Promise<Applied<Proposal>> {
  const { branch, message, commit, created, before } = written;
  const { facts } = await repository.open();
  const pushed = await pushBranch(facts, { remote, branch, commit });
  if (pushed.kind === "pushed") {
    const link = findPullRequestLink(await describeRemote(facts, remote), { branch, message }, pushed.said);
    return { result: { ...written, pushed: true, link }, diagnostics: [] };
  }
  const args = { remote, branch, problem: pushed.problem };
  if (pushed.kind === "refused")
    return { result: written, diagnostics: [diagnose("propose/push-refused", args, { file: "." })] };
  if (created) await moveBranch(facts, { branch, from: commit, to: before, reason: "not pushed" });
  return { result: undefined, diagnostics: [diagnose("propose/remote-moved", args, { file: "." })] };
}

async function writeBranch(
  repository: Repository,
  plan: ProposalPlan,
  identity: ApplyProposalOptions["identity"],
): Promise<Proposal | Diagnostic> {
  const { branch } = plan;
  const prepared = await prepareProposal(repository, plan);
  if ("code" in prepared) return prepared;
  const { plan: now, tree } = prepared;
  const moved = diagnose("propose/branch-moved", { branch }, { file: "." });
  if (now.parent !== plan.parent || now.isNew !== plan.isNew) return moved;
  const files = plan.files.map(({ file }) => file);
  const before = plan.isNew ? undefined : plan.parent;
  const proposal = { files, branch, message: plan.message, before, pushed: false, link: undefined };
  if (now.unchanged) return { ...proposal, commit: now.parent, created: false };
  const { facts, reader } = await repository.open();
  const commit = await writeCommit(facts, plan, tree, identity);
  if (typeof commit !== "string") return commit;
  if ((await readCommit(reader, commit))?.tree !== tree) throw new Error(`the commit ${commit} has another tree`);
  const problem = await moveBranch(facts, {
    branch,
    from: before,
    to: commit,
    reason: plan.message.split("\n", 1)[0] ?? "",
  });
  if (problem !== undefined) return problem === "moved" ? moved : problem;
  return { ...proposal, commit, created: true };
}

interface BranchMove {
  readonly branch: string;
  /** Where the branch must be; `undefined` if it must not exist. */
  readonly from: string | undefined;
  /** `undefined`: the branch is deleted. */
  readonly to: string | undefined;
  readonly reason: string;
}

async function moveBranch(
  facts: RepositoryFacts,
  { branch, from, to, reason }: BranchMove,
): Promise<"moved" | Diagnostic | undefined> {
  const ref = `refs/heads/${branch}`;
  const none = "0".repeat((to ?? from ?? "").length);
  const change = to === undefined ? ["-d", ref, from ?? none] : [ref, to, from ?? none];
  // Never through a symbolic ref, even if one has taken the branch's place just now.
  const args = ["update-ref", "--no-deref", "-m", `cuecard: ${reason}`, ...change];
  const done = await runWriting(facts, args, { detached: true });
  if (done.code === 0) return undefined;
  if (/reference already exists|but expected/.test(done.messages)) return "moved";
  return refusal(`write the branch ${branch}`, complaintOf(done));
}

async function writeCommit(
  facts: RepositoryFacts,
  { parent, message }: ProposalPlan,
  tree: string,
  identity: ApplyProposalOptions["identity"],
): Promise<string | Diagnostic> {
  const environment = identity === undefined ? {} : identityVariables(identity);
  const signs = await runWriting(facts, ["config", "--type=bool", "--get", "commit.gpgSign"]);
  const args = ["commit-tree", ...(signs.text.trim() === "true" ? ["-S"] : []), "-p", parent, "-F", "-", tree];
  const options = { input: `${message.trim()}\n`, environment, seconds: SIGNING };
  const made = await runWriting(facts, [...OWN_IDENTITY, ...args], options);
  if (made.code === 0) return made.text.trim();
  if (lacksIdentity(made.messages)) return diagnose("git/no-identity", {}, { file: "." });
  return refusal("write the commit", complaintOf(made));
}

function refusal(action: string, problem: string): Diagnostic {
  return diagnose("git/refused", { action, problem }, { file: "." });
}
