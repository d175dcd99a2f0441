// Everything that a release is decided from, as data. read-facts.ts reads it, decide-releases.ts decides.

import type { Diagnostic, PromptContent } from "@cuecard/model";
import type { Lineage } from "./classify-changes.js";
import type { SharedTags } from "./compare-tags.js";
import type { KnownVersions } from "./known-versions.js";
import type { UndecodedMessage } from "./notes.js";
import type { ReleaseCandidate, ReleaseNotes } from "./release-plan.js";

/** Which prompts of which commit are to be released. */
export interface ReleaseSubject {
  /** Full id. */
  readonly commit: string;
  /** Sorted. */
  readonly names: readonly string[];
  /** Whether the user named the prompts. */
  readonly named: boolean;
  /** Prompts of an earlier plan: they take the next number, even if others have released them since. */
  readonly alreadyPlanned: ReadonlySet<string>;
  /** Digests of the prompts in the working tree, by name; empty if another commit is checked out. */
  readonly working: ReadonlyMap<string, string>;
}

/** What the notes and the reason of a version are made from. */
export interface Draft {
  /** The content of the version before; `undefined` for a first version, and if this clone lacks it. */
  readonly earlier: PromptContent | undefined;
  /** Notes from the messages of commits; `undefined` if the user gave the notes. */
  readonly generatedNotes: string | undefined;
  /** Whether this clone lacks some of those commits. */
  readonly isTruncated: boolean;
  /** A commit whose message cannot be decoded. */
  readonly undecoded?: UndecodedMessage | undefined;
}

export interface ReleaseFacts extends ReleaseSubject {
  readonly promptsDir: string;
  readonly tagPrefix: string;
  /** The project's folder, relative to the top of the repository, with a `/` at the end; empty at the top. */
  readonly folder: string;
  readonly push: string | undefined;
  /** Whether content that any version has counts as released. */
  readonly anyVersion: boolean;
  readonly notes: ReleaseNotes | undefined;
  readonly shallow: boolean;
  /** The versions' tags of this clone and of the remote. */
  readonly tags: SharedTags & { readonly diagnostics: readonly Diagnostic[] };
  readonly known: KnownVersions;
  /** The prompts as the commit has them. */
  readonly candidates: readonly ReleaseCandidate[];
  /** Errors of prompts that the commit has and that cannot be read. */
  readonly unreadable: readonly Diagnostic[];
  /** Of the prompts that differ from their latest version; see `findDiffering`. */
  readonly lineages: ReadonlyMap<string, Lineage>;
  /** Names of prompts that differ from their latest version only in layout and that the user did not name. */
  readonly layoutOnly: ReadonlySet<string>;
  /** What the compiler finds in the prompts that are to be released. */
  readonly checkFindings: readonly Diagnostic[];
  /** Of the prompts that are to be released, by name. */
  readonly drafts: ReadonlyMap<string, Draft>;
}
