// Requests that propose what was edited, or a move of environments. What they take and give is in
// packages/catalog/src/dev/proposals.ts.

import { createHash } from "node:crypto";
import { type Diagnostic, formatPlace, hasErrors } from "@cuecard/model";
import type {
  ChangesCount,
  ChangesPlan,
  ChangesRequest,
  KnownBranch,
  PlannedProposal,
  ProposableChanges,
  Proposal,
  ProposalDone,
  ProposalFinding,
} from "@cuecard/project";
import { RequestError } from "../../exit.js";
import type { Route, ServedProject } from "./api.js";
import { describeProposal } from "./describe-proposal.js";
import { refuse, toSentence } from "./refuse.js";

/** How much of a text is sent: the page shows no more. In UTF-16 units. */
const MOST_TEXT = 200_000;

export const countChanges: Route = (_, { project }) =>
  project.use(async (registry): Promise<ChangesCount> => {
    const outcome = await registry.changedFiles();
    const files = outcome.kind === "found" ? outcome.value : [];
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
      ...{ head, identity, target, branches: branches.map(({ name, isPushed }) => ({ name, isPushed })) },
      files: files.map((file) => ({ ...file, before: shown(file.before), after: shown(file.after) })),
    };
  });

export const planProposal: Route = (body, { project }) =>
  project.use(async (registry): Promise<PlannedProposal> => {
    const asked = await registry.planChanges(requestOf(body, project));
    const wrong = body["branch"] === undefined ? undefined : asked.diagnostics.find(isAboutBranch);
    // The review needs no branch of that name.
    const { plan, diagnostics } =
      wrong === undefined ? asked : await registry.planChanges(requestOf({ ...body, branch: undefined }, project));
    if (plan === undefined) throw refuse(diagnostics);
    const { branch, message, isNew, unchanged, breaking } = plan;
    return {
      ...{ branch, message, isNew, unchanged, breaking },
      branchProblem: wrong && toSentence(wrong.message),
      state: stateOf(plan),
      files: plan.files.map(({ file }) => file),
      review: describeProposal(plan),
      // The review has what breaks, and the page asks for consent.
      findings: diagnostics.filter(({ code }) => !BREAKING.includes(code)).map(toFinding),
    };
  });

const isAboutBranch = ({ code }: Diagnostic) => code === "propose/invalid-branch";

export const propose: Route = async (body, { project }) => {
  const { state, identity, ...request } = body;
  const written = await project.use(async (registry) => {
    const { plan, diagnostics } = await registry.planChanges(requestOf(request, project));
    if (plan === undefined || hasErrors(diagnostics)) throw refuse(diagnostics);
    if (stateOf(plan) !== state)
      throw new RequestError("Something has changed since the review was shown. Look at it again.");
    const given = identity === undefined ? {} : { identity: identity as { name: string; email: string } };
    const { result, diagnostics: problems } = await registry.applyProposal(plan, given);
    if (result === undefined) throw refuse(problems);
    return result;
  });
  project.unpushed.set(written.branch, written);
  return describeDone(written);
};

export const pushProposal: Route = async ({ branch }, { project }) => {
  const { written, registry, remote } = await project.use(async (current) => {
    const outcome = await current.proposals();
    if (outcome.kind !== "found") throw refuse(outcome.diagnostics);
    const { branches, target } = outcome.value;
    const found = branches.find(({ name }) => name === branch);
    if (found === undefined) throw new RequestError("This clone has no such branch for proposals.");
    if (target === undefined) throw new RequestError("This clone has no remote to push to.");
    return {
      written: toProposal(found, project.unpushed.get(found.name)),
      registry: current,
      remote: target.remote,
    };
  });
  // Others need not wait for a remote.
  const { result, diagnostics } = await registry.pushProposal(written, remote);
  if (result === undefined) throw refuse(diagnostics);
  if (result.pushed) project.unpushed.delete(written.branch);
  return describeDone(result, diagnostics);
};

function toProposal({ name, commit, subject }: KnownBranch, written: Proposal | undefined): Proposal {
  if (written?.commit === commit) return written;
  const unknown = { files: [], before: commit, created: false, pushed: false, link: undefined };
  return { branch: name, message: subject, commit, ...unknown };
}

/** What a plan writes, and on what. */
function stateOf({ parent, files }: ChangesPlan): string {
  return createHash("sha256")
    .update(JSON.stringify([parent, files]))
    .digest("hex");
}

/** The registry itself checks what it is given. */
function requestOf(body: Readonly<Record<string, unknown>>, { runsHelpers }: ServedProject): ChangesRequest {
  return { ...(body as ChangesRequest), runsHelpers };
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
