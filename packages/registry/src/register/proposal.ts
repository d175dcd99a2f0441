// The plan and the result of writing a prompt to a branch, as data.

import type { PlanReleaseOptions } from "../release/release-plan.js";

export interface PlanProposalOptions extends Pick<PlanReleaseOptions, "check"> {
  readonly name: string;
  /** The prompt's whole file. */
  readonly text: string;
  /** The commit's message. */
  readonly message: string;
  /** The branch to write to, without `refs/heads/`. It begins with `cuecard/`. */
  readonly branch: string;
}

export interface ProposalPlan {
  readonly name: string;
  /** Relative to the project's folder. */
  readonly file: string;
  readonly text: string;
  readonly message: string;
  readonly branch: string;
  /** The commit that the new one is made on: the branch's, or the one that is checked out if the branch is new. */
  readonly parent: string;
  /** Whether the branch is new. */
  readonly isNew: boolean;
  /** Whether the parent already has the file with this text; nothing is written then. */
  readonly unchanged: boolean;
}

export interface Proposal {
  readonly name: string;
  readonly file: string;
  readonly branch: string;
  /** The branch's commit. */
  readonly commit: string;
  /** Whether the commit is new. */
  readonly created: boolean;
}

/** What the branches that programs write to begin with: a person's own branches are not changed. */
export const PROPOSAL_PREFIX = "cuecard/";
