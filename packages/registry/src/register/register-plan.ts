// What registering a prompt is, as data.

import type { VersionId } from "@cuecard/model";
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
  /** The version that the content has already; then there is nothing to do. */
  readonly existing: RegisteredVersion | undefined;
  /** The version that it will get; `undefined` where it has one. */
  readonly release: PlannedVersion | undefined;
}

export interface RegisteredVersion extends VersionId {
  readonly commit: string;
  readonly digest: string;
}

export interface Registration extends RegisteredVersion {
  /** Whether the version is new; content that has a version gets no other. */
  readonly created: boolean;
}

export interface ApplyRegisterOptions extends Pick<PlanReleaseOptions, "check"> {
  /** Who commits and tags. Default: the identity that git's settings or variables name. */
  readonly identity?: Person | undefined;
  /** Whether the tag is signed. Default: as `tag.gpgSign` says. */
  readonly sign?: boolean | undefined;
}
