// Writes a prompt to a branch: the compiler checks it, the registry commits it. Nothing that is checked out is changed.

import { type Diagnostic, hasErrors, sortDiagnostics } from "@cuecard/model";
import type { Applied, Planned, Proposal, ProposalPlan } from "@cuecard/registry";
import * as registry from "@cuecard/registry";
import type { Project } from "../read/project.js";
import { checkRequest, refuseUnknownKeys } from "./register.js";
import { releaseCheck } from "./release.js";

export interface ProposalOptions {
  readonly name: string;
  /** The prompt's whole file with its front matter. */
  readonly source: string;
  /** The commit's message. Default: `Edit <name>`. */
  readonly message?: string | undefined;
  /** The branch, which begins with `cuecard/`. Default: `cuecard/` and the prompt's name, with `-` for `/`. */
  readonly branch?: string | undefined;
}

export async function planProposal(project: Project, options: ProposalOptions): Promise<Planned<ProposalPlan>> {
  const { name, source, message = `Edit ${name}` } = options;
  const { plan: request, diagnostics } = await checkRequest(project, { name, source, message });
  if (request === undefined) return { plan: undefined, diagnostics };
  const branch = options.branch ?? `${registry.PROPOSAL_PREFIX}${name.replaceAll("/", "-")}`;
  const planned = await registry.planProposal(project.about([name]).repository, { ...request, branch });
  const unknown = refuseUnknownKeys(planned.diagnostics);
  const found = unknown ?? sortDiagnostics(planned.diagnostics);
  return { plan: hasErrors(found) ? undefined : planned.plan, diagnostics: found };
}

export async function applyProposal(project: Project, plan: ProposalPlan): Promise<Applied<Proposal>> {
  const refused = (diagnostics: readonly Diagnostic[]) => ({ result: undefined, diagnostics });
  // A plan may have been changed by its caller since it was made.
  const { diagnostics: wrong } = await checkRequest(project, {
    ...{ name: plan.name, source: plan.text, message: plan.message },
  });
  if (hasErrors(wrong)) return refused(wrong);
  const { check, diagnostics } = await releaseCheck(project);
  if (hasErrors(diagnostics)) return refused(diagnostics);
  return registry.applyProposal(project.about([plan.name]).repository, plan, { check });
}
