// The plan and the result of writing files to a branch, as data.

import type { Person } from "../git/writer.js";

/** A file of a proposal. */
export interface ProposedFile {
  /** Relative to the project's folder. */
  readonly file: string;
  /** The id of the blob that it gets, which exists; `undefined`: it is deleted. */
  readonly blob: string | undefined;
}

export interface ProposalRequest {
  /** Each once. */
  readonly files: readonly ProposedFile[];
  /** The commit's message. */
  readonly message: string;
  /** The branch to write to, without `refs/heads/`. It begins with `cuecard/`. */
  readonly branch: string;
}

export interface ProposalPlan extends ProposalRequest {
  /** The commit that the new one is made on: the branch's, or the one that is checked out if the branch is new. */
  readonly parent: string;
  /** Whether the branch is new. */
  readonly isNew: boolean;
  /** Whether the parent already has these files; no commit is made then. */
  readonly unchanged: boolean;
}

export interface ApplyProposalOptions {
  /** Author and committer. Default: the identity from git's settings or variables. */
  readonly identity?: Person | undefined;
  /** The remote to push the branch to. Default: it stays in this clone. */
  readonly push?: string | undefined;
}

export interface Proposal {
  readonly files: readonly string[];
  readonly branch: string;
  /** The commit's message. */
  readonly message: string;
  /** Where the branch was before; `undefined` if it is new. */
  readonly before: string | undefined;
  /** The branch's commit. */
  readonly commit: string;
  /** Whether the commit is new. */
  readonly created: boolean;
  /** Whether the remote has the branch with this commit now. */
  readonly pushed: boolean;
  /** The page that opens a pull request; `undefined` if it is not known for this remote. */
  readonly link: string | undefined;
}

/** Why a file cannot be proposed in the middle of a merge. */
export const UNMERGED = "it has conflicts of a merge that is not finished";

/** What the branches that programs write to begin with: a person's own branches are not changed. */
export const PROPOSAL_PREFIX = "cuecard/";
