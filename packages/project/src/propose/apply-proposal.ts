// Applies a proposal, after it has been checked again: its plan may have been changed by its caller since it was made.

import { ALIASES_FILE, type Diagnostic, hasErrors, LOCK_FILE, sortDiagnostics } from "@cuecard/model";
import type { Applied, ApplyProposalOptions, Proposal, ProposalPlan } from "@cuecard/registry";
import * as registry from "@cuecard/registry";
import { refuseBreaking } from "../aliases/plan-aliases.js";
import type { Project } from "../read/project.js";
import { releaseCheck } from "../release/release.js";
import type { ChangesPlan } from "./plan-changes.js";
import type { PromptProposalPlan } from "./propose-prompt.js";
import { reviewDraft } from "./review-draft.js";

export async function applyProposal(
  project: Project,
  plan: ProposalPlan | PromptProposalPlan | ChangesPlan,
  options: ApplyProposalOptions,
): Promise<Applied<Proposal>> {
  const wrong = "name" in plan ? await checkPrompt(project, plan) : await checkChanges(project, plan);
  if (wrong.length > 0) return { result: undefined, diagnostics: sortDiagnostics(wrong) };
  return registry.applyProposal(project.repository, plan, options);
}

const OF_MOVES: readonly string[] = [ALIASES_FILE, LOCK_FILE];

async function checkPrompt(project: Project, plan: PromptProposalPlan): Promise<readonly Diagnostic[]> {
  const { check, diagnostics } = await releaseCheck(project);
  if (hasErrors(diagnostics)) return diagnostics;
  return registry.checkPromptProposal(project.about([plan.name]).repository, plan.name, plan, check);
}

async function checkChanges(project: Project, plan: ProposalPlan | ChangesPlan): Promise<readonly Diagnostic[]> {
  if ("moves" in plan && plan.breaking && !plan.allowsBreaking) return refuseBreaking(plan.moves);
  const prepared = await registry.prepareProposal(project.repository, plan);
  if ("code" in prepared) return [prepared];
  // A move is made on what the branch has in aliases.json, and was checked when it was planned.
  const isMove = "moves" in plan && plan.moves.length > 0;
  const fromDisk = plan.files.flatMap(({ file }) => (isMove && OF_MOVES.includes(file) ? [] : [file]));
  const { diagnostics } = await reviewDraft(project, { commit: prepared.draft, fromDisk, runsHelpers: false });
  return hasErrors(diagnostics) ? diagnostics : [];
}
