// What a release is, as data: what would be made of which commit, and what came of it.

import type { Diagnostic, PromptContent, VersionId } from "@cuecard/model";
import type { Person } from "../git/writer.js";

/** The names that a prompt had before, by its file's text. */
export type FormerNames = (text: string) => readonly string[];

/** The notes of every version, or of each by its prompt's name. */
export type ReleaseNotes = string | Readonly<Record<string, string>>;

/** What planning a release and planning it again have in common. */
export interface ReleaseRules {
  /** Reads former names, so that the notes continue from their versions. Default: no prompt has any. */
  readonly formerNames?: FormerNames | undefined;
  /** Whether content of any version that is not retired counts as released. Default: only content of the latest one. */
  readonly anyVersion?: boolean | undefined;
}

export interface PlanReleaseOptions extends ReleaseRules {
  /** The prompts to look at. Default: all of the commit. */
  readonly names?: readonly string[] | undefined;
  /** A commit, or what leads to one. Default: `HEAD`. */
  readonly commit?: string | undefined;
  /** Default: from the messages of the commits since. */
  readonly notes?: ReleaseNotes | undefined;
  /** The remote that the tags are pushed to; its versions count. Default: the release stays in this clone. */
  readonly push?: string | undefined;
  /** Finds what is wrong with contents that are to be released; an error prevents the whole plan. */
  readonly check?: ((prompts: readonly ReleaseCandidate[]) => Promise<readonly Diagnostic[]>) | undefined;
}

export interface ReleaseCandidate {
  readonly name: string;
  readonly digest: string;
  readonly content: PromptContent;
}

/** Why there is something to release. */
export type ReleaseReason =
  | { readonly kind: "first" }
  /** The prompt's own file differs from its latest version, or these partials that it reaches do. */
  | { readonly kind: "changed"; readonly prompt: boolean; readonly partials: readonly string[] }
  /** What differs is not known: this clone lacks the content of the latest version. */
  | { readonly kind: "differs" };

export interface PlannedVersion extends VersionId {
  /** `<name>@v<N>` */
  readonly tag: string;
  readonly digest: string;
  readonly notes: string;
  readonly reason: ReleaseReason;
}

/** A prompt whose latest version was released from a commit that this one does not have. */
export interface BehindPrompt extends VersionId {
  /** Whether it was changed here, too: then it is released only by name. */
  readonly changed: boolean;
  /** Whether this clone's history does not tell; the commit may as well have brought older content back. */
  readonly unknown?: true;
  /** The version that was planned, where somebody else released this one meanwhile. */
  readonly planned?: number;
}

export interface ReleasePlan {
  /** Full id. */
  readonly commit: string;
  readonly push: string | undefined;
  /** Whether somebody named the prompts. */
  readonly named: boolean;
  /** Sorted by name. */
  readonly releases: readonly PlannedVersion[];
  /** Prompts whose content is that of their latest version, which stands here. */
  readonly unchanged: readonly VersionId[];
  /** Prompts that are left out, each with its latest version, which was released from other commits. */
  readonly behind: readonly BehindPrompt[];
  /** Tags of earlier versions that the remote lacks: they are pushed, too. */
  readonly unpushed: readonly string[];
  /** Tags of earlier versions that only the remote has: they are made here, too. */
  readonly absent: readonly string[];
  /** Tags of earlier versions that prompts.lock has no line for: it gets them. */
  readonly unlocked: readonly string[];
}

export interface ApplyReleaseOptions extends ReleaseRules {
  /** Whether the tags are signed, as git's settings say. Default: as `tag.gpgSign` says. */
  readonly sign?: boolean | undefined;
  /** Who makes the tags. Default: the identity that git's settings or variables name. */
  readonly identity?: Person | undefined;
}

export interface ReleasedVersion extends PlannedVersion {
  /** The tag object. */
  readonly oid: string;
  /** The version that was planned, where somebody else took it meanwhile. */
  readonly planned?: number;
}

export interface ReleaseResult {
  readonly commit: string;
  readonly released: readonly ReleasedVersion[];
  /** Also those that somebody else released meanwhile. */
  readonly unchanged: readonly VersionId[];
  readonly behind: readonly BehindPrompt[];
  /** The remote that has the versions now. */
  readonly pushed: string | undefined;
  /** Tags of earlier versions that the remote lacked and has now. */
  readonly pushedToo: readonly string[];
  /** Tags that the remote has and this clone could not make. */
  readonly lacking: readonly string[];
  /** Whether prompts.lock was written. */
  readonly locked: boolean;
}

/** Whether a plan has nothing to do. */
export function isEmptyRelease({ releases, unpushed, absent, unlocked }: ReleasePlan): boolean {
  return [releases, unpushed, absent, unlocked].every((list) => list.length === 0);
}
