// Writes a prompt to a branch: the compiler checks it, the registry commits it. Nothing that is checked out is changed.

import { hasErrors, sortDiagnostics } from "@cuecard/model";
import type { Planned, ProposalPlan } from "@cuecard/registry";
import * as registry from "@cuecard/registry";
import type { Project } from "../read/project.js";
import { checkRequest, refuseUnknownKeys } from "../release/register.js";

export interface ProposalOptions {
  readonly name: string;
  /** The prompt's whole file with its front matter. */
  readonly source: string;
  /** The commit's message. Default: `Edit <name>`. */
  readonly message?: string | undefined;
  /** The branch, which begins with `cuecard/`. Default: `cuecard/` and the prompt's name, with `-` for `/`. */
  readonly branch?: string | undefined;
}

export interface PromptProposalPlan extends ProposalPlan {
  readonly name: string;
  /** Relative to the project's folder. */
  readonly file: string;
}

export async function planProposal(project: Project, options: ProposalOptions): Promise<Planned<PromptProposalPlan>> {
  const { name, source, message = `Edit ${name}` } = options;
  const { plan: request, diagnostics } = await checkRequest(project, { name, source, message });
  if (request === undefined) return { plan: undefined, diagnostics };
  const branch = options.branch ?? `${registry.PROPOSAL_PREFIX}${name.replaceAll("/", "-")}`;
  const planned = await registry.planPromptProposal(project.about([name]).repository, { ...request, branch });
  const unknown = refuseUnknownKeys(planned.diagnostics);
  const found = unknown ?? sortDiagnostics(planned.diagnostics);
  const [written] = planned.plan?.files ?? [];
  if (planned.plan === undefined || written === undefined || hasErrors(found))
    return { plan: undefined, diagnostics: found };
  return { plan: { name, file: written.file, ...planned.plan }, diagnostics: found };
}
