// The port to git: the few questions that the registry asks a repository. Two adapters answer them (native.ts, isomorphic.ts).

import type { Diagnostic } from "@cuecard/model";

export type GitAdapter = "native" | "isomorphic";

/** A tag as its ref says it; what it leads to has not been read. */
export interface TagRef {
  /** Without `refs/tags/`: `finance/forecast@v3`. */
  readonly name: string;
  /** The object the ref names: a commit, or a tag object. Empty when `problem` is set. */
  readonly oid: string;
  /** Where the ref store itself tells: what an annotated tag leads to in the end. */
  readonly peeled?: string;
  /** Why the ref itself cannot be a version (a symbolic ref, a broken file). */
  readonly problem?: string;
}

export type GitObjectType = "commit" | "tree" | "blob" | "tag";

export interface GitObject {
  readonly type: GitObjectType;
  /** In bytes. */
  readonly size: number;
  /** Empty for blobs larger than the reader was asked to read. Valid only until the caller's next `await`. */
  readonly data: Buffer;
}

export interface GitReader {
  readonly adapter: GitAdapter;
  /** The project's folder within the repository, with a `/` at its end; empty at the top. */
  readonly prefix: string;
  readonly shallow: boolean;
  /** How many objects to ask for at once. */
  readonly concurrency: number;
  /** Every tag, in one pass. */
  listTags(): Promise<readonly TagRef[]>;
  /**
   * The commit that a name leads to: `HEAD`, a branch, a tag, a full or (four characters or more) abbreviated id.
   * `undefined` when there is none: HEAD of a repository without commits, too.
   */
  resolveCommit(name: string): Promise<string | undefined>;
  /** One object by its id; `undefined` when this clone does not have it. Nothing is ever fetched. */
  readObject(oid: string): Promise<GitObject | undefined>;
  /** Objects were fetched: those that were missing may be here now. */
  forgetMissing(): void;
  close(): Promise<void>;
}

/** Blobs above this are not read: the size is answered, the data is empty. */
export const BLOB_LIMIT = 1_000_000;

/** Thrown inside the registry when the repository as a whole cannot be read; `readSnapshot` turns it into its diagnostic. */
export class RepositoryUnreadable extends Error {
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.name = "RepositoryUnreadable";
    this.diagnostic = diagnostic;
  }
}
