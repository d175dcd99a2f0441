// Writes a planned commit, and moves its branch to it.

import { type Applied, type Diagnostic, diagnose, hasErrors } from "@cuecard/model";
import { readCommit } from "../git/commit-object.js";
import { lacksIdentity, OWN_IDENTITY } from "../git/native-writer.js";
import type { RepositoryFacts } from "../git/preflight.js";
import { complaintOf, runWriting } from "../git/write.js";
import type { PlanReleaseOptions } from "../release/release-plan.js";
import type { Repository } from "../repository/repository.js";
import { prepareProposal } from "./plan-proposal.js";
import type { Proposal, ProposalPlan } from "./proposal.js";
import { unlessUnreadable } from "./unless-unreadable.js";

/**
 * Applies a plan if the branch is still where the plan saw it. The commit has git's configured identity, and is signed if git signs
 * commits. No hooks for commits run, because nothing that they could look at is checked out.
 */
export function applyProposal(
  repository: Repository,
  plan: ProposalPlan,
  options: Pick<PlanReleaseOptions, "check">,
): Promise<Applied<Proposal>> {
  const refused = (diagnostics: readonly Diagnostic[]): Applied<Proposal> => ({ result: undefined, diagnostics });
  return unlessUnreadable(async () => {
    const { name, file, branch } = plan;
    const prepared = await prepareProposal(repository, { ...plan, ...options });
    if ("code" in prepared) return refused([prepared]);
    const { plan: now, diagnostics, tree } = prepared;
    if (now === undefined || hasErrors(diagnostics)) return refused(diagnostics);
    const moved = diagnose("propose/branch-moved", { branch }, { file }, { name });
    if (now.parent !== plan.parent || now.isNew !== plan.isNew) return refused([moved]);
    const result = (commit: string, created: boolean) => ({
      result: { name, file, branch, commit, created },
      diagnostics,
    });
    const { facts, reader } = await repository.open();
    // A new branch that has no commit of its own would say nothing.
    if (now.unchanged) return result(now.parent, false);
    const commit = await writeCommit(facts, plan, tree);
    if (typeof commit !== "string") return refused([commit]);
    if ((await readCommit(reader, commit))?.tree !== tree) throw new Error(`the commit ${commit} has another tree`);
    const old = plan.isNew ? "0".repeat(commit.length) : plan.parent;
    const reason = `cuecard: ${plan.message.split("\n", 1)[0]}`;
    // Never through a symbolic ref, even if one has taken the branch's place just now.
    const update = ["update-ref", "--no-deref", "-m", reason, `refs/heads/${branch}`, commit, old];
    const done = await runWriting(facts, update, { detached: true });
    if (done.code === 0) return result(commit, true);
    if (/reference already exists|but expected/.test(done.messages)) return refused([moved]);
    return refused([refusal(`write the branch ${branch}`, complaintOf(done))]);
  }, refused);
}

async function writeCommit(
  facts: RepositoryFacts,
  { parent, message }: ProposalPlan,
  tree: string,
): Promise<string | Diagnostic> {
  const signs = await runWriting(facts, ["config", "--type=bool", "--get", "commit.gpgSign"]);
  const args = ["commit-tree", ...(signs.text.trim() === "true" ? ["-S"] : []), "-p", parent, "-F", "-", tree];
  const made = await runWriting(facts, [...OWN_IDENTITY, ...args], { input: `${message}\n` });
  if (made.code === 0) return made.text.trim();
  if (lacksIdentity(made.messages)) return diagnose("git/no-identity", {}, { file: "." });
  return refusal("write the commit", complaintOf(made));
}

function refusal(action: string, problem: string): Diagnostic {
  return diagnose("git/refused", { action, problem }, { file: "." });
}
