// What was edited and is not committed, and where it would be proposed, and with which identity.

import type { ChangedFile, ProposalBranch, PushTarget } from "@cuecard/registry";
import { findPushTarget, findUnpushed, listBranches, readWorkingChanges, whoAmI } from "@cuecard/registry";
import type { Outcome } from "../read/outcome.js";
import type { Project } from "../read/project.js";

export interface Changes {
  /** The commit that is checked out, and its branch; `undefined` if HEAD is detached. */
  readonly head: { readonly commit: string; readonly branch: string | undefined };
  /** Of the prompts folder, and aliases.json; sorted by path. */
  readonly files: readonly ChangedFile[];
  /** The branches for proposals in this clone, newest first. */
  readonly branches: readonly KnownBranch[];
  /** `Ada <ada@example.com>`, from git's settings; `undefined` if git knows none. */
  readonly identity: string | undefined;
  /** Where proposals are pushed; `undefined` without a remote. */
  readonly target: PushTarget | undefined;
}

/** A branch for proposals of this clone. */
export interface KnownBranch extends ProposalBranch {
  /** Whether the remote has its commit, as this clone knows it; `undefined` if that is not known, or there is no remote. */
  readonly isPushed: boolean | undefined;
}

/** What is proposed already. */
export type Proposals = Pick<Changes, "branches" | "target">;

export async function readProposals(project: Project): Promise<Outcome<Proposals>> {
  const opened = await project.repository.open();
  return { kind: "found", value: await describeBranches(opened, await listBranches(opened)), diagnostics: [] };
}

async function describeBranches(
  opened: Awaited<ReturnType<Project["repository"]["open"]>>,
  branches: readonly ProposalBranch[],
): Promise<Proposals> {
  const target = await findPushTarget(opened.facts);
  const unpushed = target && (await findUnpushed(opened, target.remote, branches));
  const isPushed = (commit: string) => unpushed && !unpushed.has(commit);
  return { target, branches: branches.map((branch) => ({ ...branch, isPushed: isPushed(branch.commit) })) };
}

/** What differs, without where it would be proposed. */
export async function readChangedFiles(project: Project): Promise<Outcome<readonly ChangedFile[]>> {
  const changes = await readWorkingChanges(project.about([]).repository);
  if ("code" in changes) return { kind: "broken", diagnostics: [changes] };
  return { kind: "found", value: changes.files, diagnostics: [] };
}

/** All that is edited, and where it would be proposed. */
export async function readChanges(project: Project): Promise<Outcome<Changes>> {
  // The versions of prompts do not matter, however many there are.
  const { repository } = project.about([]);
  const changes = await readWorkingChanges(repository);
  if ("code" in changes) return { kind: "broken", diagnostics: [changes] };
  const { head, branch, files, branches } = changes;
  const value = {
    ...{ head: { commit: head, branch }, files },
    ...(await describeBranches(await repository.open(), branches)),
    identity: await whoAmI(project.dir),
  };
  return { kind: "found", value, diagnostics: [] };
}
