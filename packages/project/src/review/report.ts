// What a review reports, as data: `cuecard review --format json` prints it, and the other formats show it.

import type { Comparison, TextChange, VaryingPart, WordChange } from "@cuecard/build";
import type { AliasTarget, Diagnostic, Score, VersionId } from "@cuecard/model";
import type { Break, PlannedEdit, VersionLabel } from "../aliases/assess-edit.js";
import type { RenderedMessage } from "../inspect/render.js";
import type { ResolvedUsage } from "../usages/usage.js";

/** What a branch changes: what the model gets, what callers have to pass, and what environments point at. */
export interface Review {
  readonly base: ReviewedCommit;
  readonly head: ReviewedCommit;
  /** Whether calls that are valid today would fail: through a changed prompt, or through an alias that moves. */
  readonly breaking: boolean;
  /** Whether the code was searched for calls: only if the head is what is checked out. */
  readonly searched: boolean;
  /** What breaks, at its places: in the prompts, in aliases.json, and in the code of this repository. Sorted. */
  readonly findings: readonly Diagnostic[];
  /** Sorted by name. */
  readonly prompts: readonly PromptReview[];
  /** The pointers that move, sorted by name and alias. */
  readonly moves: readonly MoveReview[];
  /** Versions whose line is new in prompts.lock, sorted. */
  readonly recorded: readonly RecordedVersion[];
  /** Versions that are retired now, sorted. */
  readonly retired: readonly RetiredVersion[];
}

export interface ReviewedCommit {
  /** As it was asked for: a branch, a commit, or `working`. */
  readonly ref: string;
  /** Full id: of the base, the commit where both histories parted. `undefined` before the first commit. */
  readonly commit: string | undefined;
  /** Of prompts.lock and aliases.json, those with mistakes. What only the other side has is then not reported. */
  readonly incomplete: readonly string[];
}

export interface PromptReview {
  readonly name: string;
  /** Relative to the project's folder: `prompts/greet.md`. */
  readonly path: string;
  readonly change: "added" | "changed" | "renamed" | "deleted";
  /** The name before, of a renamed prompt. */
  readonly formerName: string | undefined;
  /** The partials and named schemas through which it changes, sorted. */
  readonly through: readonly string[];
  /** Whether calls that are valid today fail with this text on some alias. */
  readonly breaking: boolean;
  /** What differs from the base; `undefined` if there is nothing to compare, or a side does not compile. */
  readonly comparison: Comparison | undefined;
  /**
   * The files that differ, as they are written, if `comparison` is `undefined`: the prompt's own first, then those that it uses.
   * Of an added or deleted prompt, without files that the other side has for other prompts.
   */
  readonly files: readonly TextChange[];
  /** The sides that do not compile. */
  readonly broken: readonly ("base" | "head")[];
  /** The aliases (and `latest`) whose callers break if the alias moves to this text. */
  readonly broke: readonly BrokenAlias[];
  /** Where the code of this repository loads the prompt; only if callers break, or the prompt is deleted. */
  readonly usages: readonly ResolvedUsage[];
  /** The examples of both sides, each name once. */
  readonly examples: readonly ExampleReview[];
  readonly size: { readonly before: PromptSize | undefined; readonly after: PromptSize | undefined };
  /** The version that a release after the merge creates; `undefined` if there is nothing to release. */
  readonly next: VersionId | undefined;
  /** The aliases that follow releases, and move to that version; sorted. */
  readonly followers: readonly string[];
  /** The newest version before that, with its scores. */
  readonly latest: ScoredVersion | undefined;
}

export interface BrokenAlias {
  readonly alias: string;
  readonly target: AliasTarget;
  readonly breaks: readonly Break[];
}

export interface ExampleReview {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** What the base is rendered with: the same input, or that of its own example of this name if it does not accept the input. */
  readonly inputBefore: Readonly<Record<string, unknown>>;
  /** `undefined` if this side does not exist, or does not compile. */
  readonly before: ExampleSide | undefined;
  readonly after: ExampleSide | undefined;
  /** The messages of both sides, compared by words; empty if a side is refused or missing. */
  readonly messages: readonly MessageReview[];
}

export type ExampleSide =
  | { readonly messages: readonly RenderedMessage[]; readonly tokens: number }
  /** Why it could not be rendered. */
  | { readonly refused: string };

export interface MessageReview {
  readonly role: string;
  readonly change: "same" | "changed" | "added" | "removed";
  readonly words: readonly WordChange[];
}

/** In tokens. Media counts as its URL. */
export interface PromptSize {
  /** Whether the model's own tokenizer is another one. */
  readonly estimated: boolean;
  /** The template with its partials, before values are inserted. */
  readonly template: number;
  /** The most that an example may have; `undefined` if there is no limit. */
  readonly budget: number | undefined;
  /** What every request begins with: the part that providers can cache. */
  readonly prefix: number;
  /** The first part that varies; `undefined` if none does. */
  readonly prefixEnd: VaryingPart | undefined;
}

export interface MoveReview extends PlannedEdit {
  /** What callers of the alias get instead of what they get now: one for each of `comparisons`. */
  readonly texts: readonly MovedText[];
  /** The versions that callers get or lose on the way, ascending, without the one where the way begins. */
  readonly between: readonly PassedVersion[];
  /** Of the versions that the alias points at before and after. */
  readonly scores: readonly ScoredVersion[];
  /** Where a rollback leads after the merge; `undefined` if nowhere. */
  readonly rollback: RollbackReview | undefined;
  /** Where the code of this repository loads the alias; only if callers break, or the alias is deleted. */
  readonly usages: readonly ResolvedUsage[];
}

export interface RollbackReview {
  /** What `rollback` writes. */
  readonly target: AliasTarget;
  /** Whether the target accepts calls that are right for the new one. */
  readonly acceptsCallers: boolean;
  /** Why `rollback` would refuse the target, such as that it is retired; empty if it would not. */
  readonly refused: readonly string[];
}

export interface MovedText {
  /** `v3`, or `working`. */
  readonly before: VersionLabel;
  readonly after: VersionLabel;
  readonly texts: readonly TextChange[];
  readonly examples: readonly ExampleReview[];
  readonly size: { readonly before: PromptSize | undefined; readonly after: PromptSize | undefined };
}

export interface PassedVersion extends VersionId {
  readonly commit: string;
  readonly notes: string;
}

export interface ScoredVersion extends VersionId {
  readonly scores: readonly Score[];
}

export interface RecordedVersion extends VersionId {
  readonly commit: string;
  readonly digest: string;
  readonly notes: string;
}

export interface RetiredVersion extends VersionId {
  readonly reason: string;
}
