// The plan and the result of a release, as data.

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
  /** Whether two contents differ only in layout. Such prompts are released only if the user names them. Default: never. */
  readonly isLayoutOnly?: ((before: PromptContent, after: PromptContent) => boolean) | undefined;
}

export interface PlanReleaseOptions extends ReleaseRules {
  /** The prompts to release. Default: all prompts of the commit. */
  readonly names?: readonly string[] | undefined;
  /** A commit, or a name that git resolves to one. Default: `HEAD`. */
  readonly commit?: string | undefined;
  /** Default: generated from the messages of the commits since the latest version. */
  readonly notes?: ReleaseNotes | undefined;
  /** The remote to push the tags to; its versions are taken into account. Default: the release stays in this clone. */
  readonly push?: string | undefined;
  /** Checks the content that is to be released; an error refuses the whole plan. */
  readonly check?: ((prompts: readonly ReleaseCandidate[]) => Promise<readonly Diagnostic[]>) | undefined;
}

export interface ReleaseCandidate {
  readonly name: string;
  readonly digest: string;
  readonly content: PromptContent;
}

/** Why a prompt is released. */
export type ReleaseReason =
  | { readonly kind: "first" }
  /** The prompt's own file, files that it shares, or the setting `trimMessages` differ from its latest version. */
  | {
      readonly kind: "changed";
      readonly prompt: boolean;
      readonly partials: readonly string[];
      /** Named schemas; left out if none changed. */
      readonly schemas?: readonly string[];
      /** Whether messages are trimmed from this version on, or no longer; left out if that did not change. */
      readonly trimMessages?: boolean;
    }
  /** Unknown, because this clone lacks the content of the latest version. */
  | { readonly kind: "differs" };

export interface PlannedVersion extends VersionId {
  /** The git tag: `<name>@v<N>`, after the prefix of the project's tags. */
  readonly tag: string;
  readonly digest: string;
  readonly notes: string;
  readonly reason: ReleaseReason;
}

/** A prompt that is skipped: its latest version was released from a commit that this one does not have. */
export interface BehindPrompt extends VersionId {
  /** Whether this commit also changed it. It is then released only if the user names it. */
  readonly changed: boolean;
  /** Set if this clone lacks the history: the commit may also have restored older content. */
  readonly unknown?: true;
  /** The planned version, if others released this one after the plan was made. */
  readonly planned?: number;
}

export interface ReleasePlan {
  /** Full id. */
  readonly commit: string;
  readonly push: string | undefined;
  /** Whether the user named the prompts. */
  readonly named: boolean;
  /** Sorted by name. */
  readonly releases: readonly PlannedVersion[];
  /** Prompts whose content is already released, with that version. */
  readonly unchanged: readonly VersionId[];
  /** Prompts that differ from their latest version only in layout, with that version. They are not released. */
  readonly layoutOnly: readonly VersionId[];
  /** Skipped prompts, each with its latest version. */
  readonly behind: readonly BehindPrompt[];
  /** Tags of earlier versions that the remote lacks: they are pushed as well. */
  readonly unpushed: readonly string[];
  /** Tags of earlier versions that only the remote has: they are created here as well. */
  readonly absent: readonly string[];
  /** Earlier versions (`greet@v1`) without a line in prompts.lock: the lines are added. */
  readonly unlocked: readonly string[];
}

export interface ApplyReleaseOptions extends ReleaseRules {
  /** Whether to sign the tags, with the key from git's settings. Default: the setting `tag.gpgSign`. */
  readonly sign?: boolean | undefined;
  /** The tagger. Default: the identity from git's settings or variables. */
  readonly identity?: Person | undefined;
}

export interface ReleasedVersion extends PlannedVersion {
  /** The id of the tag object. */
  readonly oid: string;
  /** The planned version, if others took its number after the plan was made. */
  readonly planned?: number;
}

export interface ReleaseResult {
  readonly commit: string;
  readonly released: readonly ReleasedVersion[];
  /** Includes prompts that others released after the plan was made. */
  readonly unchanged: readonly VersionId[];
  /** Prompts that differ from their latest version only in layout, with that version. */
  readonly layoutOnly: readonly VersionId[];
  readonly behind: readonly BehindPrompt[];
  /** The remote that has the versions now. */
  readonly pushed: string | undefined;
  /** Tags of earlier versions that the remote lacked and has now. */
  readonly pushedToo: readonly string[];
  /** Tags that the remote has and that could not be created here. */
  readonly lacking: readonly string[];
  /** Whether prompts.lock was written. */
  readonly locked: boolean;
}

/** Whether there is nothing to do. */
export function isEmptyRelease({ releases, unpushed, absent, unlocked }: ReleasePlan): boolean {
  return [releases, unpushed, absent, unlocked].every((list) => list.length === 0);
}
