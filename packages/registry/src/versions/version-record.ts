// A version on the way from its tag and its line in prompts.lock to its content.

import { type Diagnostic, type Place, PROMPT_EXTENSION, type PromptContent, type VersionId } from "@cuecard/model";
import type { TagRef } from "../git/reader.js";
import { LOCK_FILE, type LockEntry, type LockLine } from "../lock/lock-file.js";
import type { PromptPlace } from "../repository/prompt-places.js";

/** A version that a tag, a line of prompts.lock, or both name. */
export type NamedVersion =
  | { readonly id: VersionId; readonly ref: TagRef; readonly line: LockLine | undefined }
  | { readonly id: VersionId; readonly ref: undefined; readonly line: LockLine };

/** A version whose commit is known; its content has not been checked yet. */
export interface Candidate extends VersionId {
  readonly commit: string;
  /** The commit object, if it has been read. */
  readonly commitData: Buffer | undefined;
  readonly notes: string;
  readonly retired: string | undefined;
  readonly line: LockLine | undefined;
  readonly warning?: Diagnostic;
}

/** A version that has passed every check. */
export interface VersionRecord extends LockEntry {
  readonly line: LockLine | undefined;
  /** Set if the version is in no history that counts as reviewed. */
  readonly unmerged?: true;
  /** `undefined` if it was not requested. */
  readonly content: PromptContent | undefined;
}

/** A tag that is not a version of this project, because its commit does not hold the prompt. */
export interface ForeignTag {
  readonly id: VersionId;
  readonly tag: string;
  readonly place: PromptPlace;
}

/** Why a version cannot be used. */
export interface Rejection {
  readonly reasons: readonly Diagnostic[];
  /** Where the prompt is, if this is not a version with an error, but a tag that only looks like one. */
  readonly foreign?: PromptPlace;
}

export function isRejection<T extends object>(result: T | Rejection): result is Rejection {
  return "reasons" in result;
}

export function reject(...reasons: readonly Diagnostic[]): Rejection {
  return { reasons };
}

export function pathOf({ name }: VersionId, promptsDir: string): string {
  return `${promptsDir}/${name}${PROMPT_EXTENSION}`;
}

/** Findings point at the version's line. Without a line, they point at the prompt's file. */
export function placeOf(id: VersionId, line: LockLine | undefined, promptsDir: string): Place {
  return line === undefined
    ? { file: pathOf(id, promptsDir), revision: { version: id.version } }
    : { file: LOCK_FILE, range: line.range };
}
