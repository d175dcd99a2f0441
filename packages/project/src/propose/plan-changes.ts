// Plans to write edited files, or a move of aliases, to a branch: what is proposed is reviewed as a branch would be.

import { ALIASES_FILE, type Diagnostic, diagnose, LOCK_FILE, type Planned, sortDiagnostics } from "@cuecard/model";
import type { AliasRequest, ChosenFile, ProposalPlan, ProposedFile } from "@cuecard/registry";
import * as registry from "@cuecard/registry";
import { type AliasPlan, planAliases } from "../aliases/plan-aliases.js";
import type { Project } from "../read/project.js";
import type { Review } from "../review/report.js";
import { describeFiles, describeRequest, nameBranch } from "./describe-proposal.js";
import { reviewDraft } from "./review-draft.js";

export interface ChangesRequest {
  /** Files that were edited, as they are on disk. */
  readonly files?: readonly ChosenFile[] | undefined;
  /** A change of aliases.json, which begins with what the branch has there: edits on disk are not part of it. */
  readonly aliases?: AliasRequest | undefined;
  /** Whether `aliases` may break today's callers. Default: that is an error. */
  readonly allowBreaking?: boolean | undefined;
  /** The commit's message. Default: one that names what changes. */
  readonly message?: string | undefined;
  /** The branch, which begins with `cuecard/`. Default: a new one that is named after what changes. */
  readonly branch?: string | undefined;
  /** Whether examples that call the project's helpers are rendered, which runs them. Default: no. */
  readonly runsHelpers?: boolean | undefined;
}

export interface ChangesPlan extends ProposalPlan {
  /** All that the branch changes, compared with what is checked out. */
  readonly review: Review;
  /** The pointers that move. */
  readonly moves: AliasPlan["edits"];
  /** Whether the moves break today's callers. */
  readonly breaking: boolean;
  /** Whether it may be applied even if it is breaking. */
  readonly allowsBreaking: boolean;
}

/** @returns A plan may come with errors: it shows what is wrong, and cannot be applied. */
export async function planChanges(project: Project, request: ChangesRequest): Promise<Planned<ChangesPlan>> {
  const refused = (...diagnostics: readonly Diagnostic[]) => ({ plan: undefined, diagnostics });
  const { files: chosen = [], aliases, allowBreaking = false } = request;
  const branch = request.branch ?? (await nameBranch(project, aliases ?? chosen.map(({ file }) => file)));
  const own = await registry.writeChosen(project.repository, chosen);
  if ("code" in own) return refused(own);
  const moved = aliases === undefined ? NOT_MOVED : await planMove(project, branch, aliases, allowBreaking);
  if (moved.plan === undefined) return refused(...moved.diagnostics);
  const { files: ofMove, plan: move } = moved.plan;
  const files = [...own, ...ofMove];
  if (files.length === 0) return refused(diagnose("propose/nothing", { branch }, { file: "." }), ...moved.diagnostics);
  const message =
    request.message ?? (aliases === undefined ? describeFiles(project, chosen) : describeRequest(aliases));
  const prepared = await registry.prepareProposal(project.repository, { files, message, branch });
  if ("code" in prepared) return refused(prepared);
  const { plan, draft } = prepared;
  const taken = plan.isNew ? await findTaken(project, branch) : undefined;
  if (taken !== undefined) return refused(taken);
  if (plan.unchanged && plan.isNew) return refused(diagnose("propose/nothing", { branch }, { file: "." }));
  const fromDisk = chosen.map(({ file }) => file);
  const reviewed = await reviewDraft(project, { commit: draft, fromDisk, runsHelpers: request.runsHelpers ?? false });
  if (reviewed.kind !== "found") return refused(...reviewed.diagnostics);
  const { breaking = false, edits: moves = [] } = move ?? {};
  return {
    plan: { ...plan, review: reviewed.value, moves, breaking, allowsBreaking: allowBreaking },
    diagnostics: sortDiagnostics([...moved.diagnostics, ...reviewed.diagnostics]),
  };
}

interface PlannedMove {
  readonly files: readonly ProposedFile[];
  readonly plan: AliasPlan | undefined;
}

const NOT_MOVED: Planned<PlannedMove> = { plan: { files: [], plan: undefined }, diagnostics: [] };

/** The files of the branch with the moves: aliases.json, and prompts.lock if it lacks lines that they need. */
async function planMove(
  project: Project,
  branch: string,
  request: AliasRequest,
  allowBreaking: boolean,
): Promise<Planned<PlannedMove>> {
  const refused = (...diagnostics: readonly Diagnostic[]) => ({ plan: undefined, diagnostics });
  const { repository } = project;
  const base = await registry.readProposalBase(repository, branch, ALIASES_FILE);
  if ("code" in base) return refused(base);
  const { plan, diagnostics } = await planAliases(project, request, { allowBreaking, base });
  if (plan === undefined) return refused(...diagnostics);
  if (plan.edits.length === 0) return { plan: { files: [], plan }, diagnostics: [] };
  const lock = plan.locks.length === 0 ? undefined : await registry.readProposalBase(repository, branch, LOCK_FILE);
  if (lock !== undefined && "code" in lock) return refused(lock);
  const lines = lock === undefined ? undefined : registry.addLines(lock.text ?? "", plan.locks);
  if (typeof lines === "object") return refused(lines);
  const texts = [
    [ALIASES_FILE, plan.text.after] as const,
    ...(lines === undefined ? [] : [[LOCK_FILE, lines] as const]),
  ];
  const files: ProposedFile[] = [];
  for (const [file, text] of texts) {
    const written = await registry.writeText(repository, file, text);
    if ("code" in written) return refused(written);
    files.push(written);
  }
  return { plan: { files, plan }, diagnostics };
}

/** A branch of the remote that this clone does not have must not be begun a second time. */
async function findTaken(project: Project, branch: string): Promise<Diagnostic | undefined> {
  const { facts } = await project.repository.open();
  const remote = await registry.findPushRemote(facts);
  if (remote === undefined || !(await registry.hasRemoteBranch(facts, remote, branch))) return undefined;
  const problem = `${remote} has it already, and this clone does not`;
  return diagnose("propose/invalid-branch", { branch, problem }, { file: "." });
}
