// The plan and the result of registering a prompt, as data.

import type { Planned, VersionId } from "@cuecard/model";
import type { Person } from "../git/writer.js";
import type { PlannedVersion, PlanReleaseOptions } from "../release/release-plan.js";

export interface PlanRegisterOptions extends Pick<PlanReleaseOptions, "check"> {
  readonly name: string;
  /** The prompt's file. */
  readonly text: string;
  /** The version's notes. Default: the commit's message. */
  readonly notes?: string | undefined;
  /** The commit's message. */
  readonly message: string;
}

export interface RegisterPlan {
  readonly name: string;
  /** Relative to the project's folder. */
  readonly file: string;
  readonly text: string;
  readonly notes: string | undefined;
  readonly message: string;
  /** The version that already has this content; nothing is registered then. */
  readonly existing: RegisteredVersion | undefined;
  /** The new version; `undefined` if one already has this content. */
  readonly release: PlannedVersion | undefined;
}

export interface RegisteredVersion extends VersionId {
  readonly commit: string;
  readonly digest: string;
}

export interface Registration extends RegisteredVersion {
  /** Whether the version is new. Content that already has a version gets no new one. */
  readonly created: boolean;
  /** Whether the version got its line in prompts.lock, which is to be committed. */
  readonly locked: boolean;
}

/** Decides about a plan before it is applied: returns it with further findings, or without it if it is refused. */
export type JudgePlan = (planned: Planned<RegisterPlan>) => Promise<Planned<RegisterPlan>>;

export interface ApplyRegisterOptions extends Pick<PlanReleaseOptions, "check"> {
  /** The committer and tagger. Default: the identity from git's settings or variables. */
  readonly identity?: Person | undefined;
  /** Whether to sign the tag. Default: the setting `tag.gpgSign`. */
  readonly sign?: boolean | undefined;
}
