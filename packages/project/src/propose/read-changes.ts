// What was edited and is not committed, and where it would be proposed, and with which identity.

import type { ChangedFile, ProposalBranch, PushTarget } from "@cuecard/registry";
import { findPushTarget, readWorkingChanges, whoAmI } from "@cuecard/registry";
import type { Outcome } from "../read/outcome.js";
import type { Project } from "../read/project.js";

export interface Changes {
  /** The commit that is checked out, and its branch; `undefined` if HEAD is detached. */
  readonly head: { readonly commit: string; readonly branch: string | undefined };
  /** Of the prompts folder, and aliases.json; sorted by path. */
  readonly files: readonly ChangedFile[];
  /** The branches for proposals in this clone, newest first. */
  readonly branches: readonly ProposalBranch[];
  /** `Ada <ada@example.com>`, from git's settings; `undefined` if git knows none. */
  readonly identity: string | undefined;
  /** Where proposals are pushed; `undefined` without a remote. */
  readonly target: PushTarget | undefined;
}

export async function readChanges(project: Project): Promise<Outcome<Changes>> {
  // The versions of prompts do not matter, however many there are.
  const { repository } = project.about([]);
  const changes = await readWorkingChanges(repository);
  if ("code" in changes) return { kind: "broken", diagnostics: [changes] };
  const { facts } = await repository.open();
  const { head, branch, files, branches } = changes;
  const value = {
    ...{ head: { commit: head, branch }, files, branches },
    identity: await whoAmI(project.dir),
    target: await findPushTarget(facts),
  };
  return { kind: "found", value, diagnostics: [] };
}
