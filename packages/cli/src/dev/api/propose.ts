// Requests that propose what was edited, or a move of environments. What they take and give is in
// packages/catalog/src/dev/proposals.ts.

import { createHash } from "node:crypto";
import { type Diagnostic, formatPlace, hasErrors } from "@cuecard/model";
import type {
  ChangesCount,
  ChangesPlan,
  ChangesRequest,
  PlannedProposal,
  ProposableChanges,
  Proposal,
  ProposalDone,
  ProposalFinding,
  Registry,
} from "@cuecard/project";
import { RequestError } from "../../exit.js";
import type { Call, Route } from "./api.js";
import { describeProposal } from "./describe-proposal.js";
import { refuse } from "./refuse.js";

/** How much of a text is sent: the page shows no more. In UTF-16 units. */
const MOST_TEXT = 200_000;

export const countChanges: Route = (_, { project }) =>
  project.use(async (registry): Promise<ChangesCount> => {
    const outcome = await registry.changes();
    const files = outcome.kind === "found" ? outcome.value.files : [];
    return { waiting: files.filter(({ proposedIn }) => proposedIn.length === 0).length };
  });

const BREAKING: readonly string[] = ["input/breaking-change", "alias/breaking-change"];

export const changes: Route = (_, { project }) =>
  project.use(async (registry): Promise<ProposableChanges> => {
    const outcome = await registry.changes();
    if (outcome.kind !== "found") throw refuse(outcome.diagnostics);
    const { head, files, branches, identity, target } = outcome.value;
    const shown = (text: string | undefined) => (text === undefined || text.length > MOST_TEXT ? undefined : text);
    return {
      ...{ head, identity, target, branches: branches.map(({ name }) => name) },
      files: files.map((file) => ({ ...file, before: shown(file.before), after: shown(file.after) })),
    };
  });

export const planProposal: Route = (body, { project }) =>
  project.use(async (registry): Promise<PlannedProposal> => {
    const { plan, diagnostics } = await planned(registry, body, project);
    const { branch, message, isNew, unchanged, breaking } = plan;
    return {
      ...{ branch, message, isNew, unchanged, breaking },
      state: stateOf(plan),
      files: plan.files.map(({ file }) => file),
      review: describeProposal(plan),
      // The review has what breaks, and the page asks for consent.
      findings: diagnostics.filter(({ code }) => !BREAKING.includes(code)).map(toFinding),
    };
  });

export const propose: Route = async (body, { project }) => {
  const { state, push, identity, ...wish } = body;
  const { written, registry, remote } = await project.use(async (current) => {
    const { plan, diagnostics } = await planned(current, wish, project);
    if (hasErrors(diagnostics)) throw refuse(diagnostics);
    if (stateOf(plan) !== state)
      throw new RequestError("something has changed since the review was shown: look at it again");
    const given = identity === undefined ? {} : { identity: identity as { name: string; email: string } };
    const { result, diagnostics: problems } = await current.applyProposal(plan, given);
    if (result === undefined) throw refuse(problems);
    return { written: result, registry: current, remote: push === true ? await remoteOf(current) : undefined };
  });
  if (remote === undefined) return describeDone(written);
  // Others need not wait for a remote.
  const { result, diagnostics } = await registry.pushProposal(written, remote);
  if (result === undefined) throw refuse(diagnostics);
  return describeDone(result, diagnostics);
};

/** What a plan writes, and on what. */
function stateOf({ parent, files }: ChangesPlan): string {
  return createHash("sha256")
    .update(JSON.stringify([parent, files]))
    .digest("hex");
}

async function planned(
  registry: Registry,
  wish: Readonly<Record<string, unknown>>,
  { runsHelpers }: Call["project"],
): Promise<{ readonly plan: ChangesPlan; readonly diagnostics: readonly Diagnostic[] }> {
  // The registry itself checks what it is given.
  const { plan, diagnostics } = await registry.planChanges({ ...(wish as ChangesRequest), runsHelpers });
  if (plan === undefined) throw refuse(diagnostics);
  return { plan, diagnostics };
}

async function remoteOf(registry: Registry): Promise<string | undefined> {
  const outcome = await registry.changes();
  return outcome.kind === "found" ? outcome.value.target?.remote : undefined;
}

function describeDone(
  { branch, commit, created, pushed, link }: Proposal,
  diagnostics: readonly Diagnostic[] = [],
): ProposalDone {
  const [problem] = diagnostics;
  return { branch, commit, created, pushed, link, problem: problem?.message };
}

function toFinding(finding: Diagnostic): ProposalFinding {
  const { severity, code, message, hint, file } = finding;
  const place = file === "." ? undefined : formatPlace(finding);
  return { severity: severity === "error" ? "error" : "warning", code, message, hint, place };
}
