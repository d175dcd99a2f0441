// Plans to write one prompt's text to a branch, checked as if it was released there.

import { type Diagnostic, hasErrors, type Planned, PROMPT_EXTENSION } from "@cuecard/model";
import { planDraft } from "../register/plan-draft.js";
import { findCaseConflict, findHalfPair } from "../register/plan-register.js";
import { planUnlessUnreadable } from "../register/unless-unreadable.js";
import type { PlanReleaseOptions } from "../release/release-plan.js";
import type { Repository } from "../repository/repository.js";
import { prepareProposal } from "./plan-proposal.js";
import type { ProposalPlan } from "./proposal.js";
import { writeText } from "./write-blobs.js";

export interface PromptProposal extends Pick<PlanReleaseOptions, "check"> {
  readonly name: string;
  /** The prompt's whole file. */
  readonly text: string;
  /** The commit's message. */
  readonly message: string;
  /** See {@link ProposalPlan.branch}. */
  readonly branch: string;
}

export function planPromptProposal(repository: Repository, proposal: PromptProposal): Promise<Planned<ProposalPlan>> {
  return planUnlessUnreadable(async () => {
    const { name, text, message, branch, check } = proposal;
    const file = `${repository.promptsDir}/${name}${PROMPT_EXTENSION}`;
    const half = findHalfPair(name, text, file);
    if (half !== undefined) return half;
    const written = await writeText(repository, file, text);
    if ("code" in written) return written;
    return planChecked(repository, { name, check, request: { files: [written], message, branch } });
  });
}

/** Checks a plan that may have been changed since it was made. */
export async function checkPromptProposal(
  repository: Repository,
  name: string,
  { files, message, branch }: ProposalPlan,
  check: PlanReleaseOptions["check"],
): Promise<readonly Diagnostic[]> {
  const { diagnostics } = await planChecked(repository, { name, check, request: { files, message, branch } });
  return hasErrors(diagnostics) ? diagnostics : [];
}

interface Checked extends Pick<PromptProposal, "name" | "check"> {
  readonly request: Pick<ProposalPlan, "files" | "message" | "branch">;
}

async function planChecked(repository: Repository, { name, check, request }: Checked): Promise<Planned<ProposalPlan>> {
  const prepared = await prepareProposal(repository, request);
  if ("code" in prepared) return { plan: undefined, diagnostics: [prepared] };
  const { plan, draft } = prepared;
  const conflict = await findCaseConflict(await repository.open(), plan.parent, name);
  if (conflict !== undefined) return { plan: undefined, diagnostics: [conflict] };
  const file = `${repository.promptsDir}/${name}${PROMPT_EXTENSION}`;
  const released = await planDraft(repository, { name, file, commit: draft, notes: request.message, check });
  return { plan: released.plan && plan, diagnostics: released.diagnostics };
}
