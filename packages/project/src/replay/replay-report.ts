// What `replay` returns: how a candidate renders the calls that traces recorded.

import type { WordChange } from "@cuecard/build";

export interface ReplayReport {
  /** How many spans name a prompt. */
  readonly calls: number;
  /** How many of them were rendered by the version that ran and by the candidate. */
  readonly replayed: number;
  /** How many lines are not JSON; the diagnostics name the first ones. */
  readonly unreadableLines: number;
  /** One entry for each version that ran and its candidate. */
  readonly versions: readonly ReplayedVersion[];
  /** Calls that were not compared, by prompt, version and reason. */
  readonly skipped: readonly SkippedCalls[];
}

export interface ReplayedVersion {
  readonly name: string;
  /** The version that ran, such as `v7`. */
  readonly ran: string;
  /** The version in its place, such as `v8`. */
  readonly candidate: string;
  readonly calls: number;
  /** Calls whose text is the same. */
  readonly same: number;
  readonly differing: number;
  /** Calls whose input the candidate rejects. */
  readonly refused: number;
  /** Of calls that both render. */
  readonly tokens: TokenChange;
  /** Why the candidate rejects inputs, most frequent first. */
  readonly refusals: readonly Refusal[];
  /** How texts differ, most frequent first. Calls differ in the same way if the same words change. */
  readonly differences: readonly Difference[];
  /** Differing calls beyond those in `differences`, which are at most 20. */
  readonly otherDifferences: number;
  /** What traces do not record, and both sides were rendered without: `history`, `sections`, `context`. */
  readonly renderedWithout: readonly string[];
}

export interface TokenChange {
  readonly before: number;
  readonly after: number;
  /** Whether the count is an estimate, because the model's tokenizer is not published. */
  readonly estimated: boolean;
}

export interface Refusal {
  /** What is wrong with the input, without its values. */
  readonly problem: string;
  readonly calls: number;
  readonly first: CallPlace;
}

export interface Difference {
  readonly calls: number;
  readonly first: CallPlace;
  /** The first call's text by words. */
  readonly words: readonly WordChange[];
}

/** Where a call is recorded. */
export interface CallPlace {
  /** 1-based. */
  readonly line: number;
  readonly traceId?: string;
  readonly spanId?: string;
}

export interface SkippedCalls {
  /** Empty, as the version is, for calls beyond a thousand groups. */
  readonly name: string;
  /** The version that ran, such as `v7`. */
  readonly version: string;
  readonly reason: SkipReason;
  /** More about the reason, such as the names of variables. */
  readonly detail: string;
  readonly calls: number;
  readonly first: CallPlace;
}

/**
 * - `not-selected`: no `--with` matches the call
 * - `same-version`: the candidate is the version that ran
 * - `no-input`: the trace has no input
 * - `private`, `cut`, `not-recorded`: a value was left out because it is private, recorded in part, or not recorded
 * - `changed`: values were cut or dropped after they were recorded
 * - `unreadable`: an attribute is not as Cuecard writes it
 * - `unknown-version`: this repository has no such prompt or version, or it does not compile
 * - `other-digest`: the version in this repository is not the one that ran
 * - `refused-then`: the version that ran rejects the input as well
 * - `no-candidate`: the candidate does not exist for this prompt, or does not compile
 */
export type SkipReason =
  | "not-selected"
  | "same-version"
  | "no-input"
  | "private"
  | "cut"
  | "not-recorded"
  | "changed"
  | "unreadable"
  | "unknown-version"
  | "other-digest"
  | "refused-then"
  | "no-candidate";
