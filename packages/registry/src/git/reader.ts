// The port for reading git: the few questions that the registry asks a repository. It has two adapters (native.ts,
// isomorphic.ts).

import { type Arguments, type Code, type Diagnostic, diagnose } from "@cuecard/model";
import { errorCode } from "../disk/error-code.js";

export type GitAdapter = "native" | "isomorphic";

/** A tag according to its ref; the object has not been read. */
export interface TagRef {
  /** Without `refs/tags/`: `finance/forecast@v3`. */
  readonly name: string;
  /** The object that the ref names: a commit or a tag object. Empty if `problem` is set. */
  readonly oid: string;
  /** The object that an annotated tag finally leads to, if the ref store has it. */
  readonly peeled?: string;
  /** Why the ref cannot be a version: it is a symbolic ref, or its file is broken. */
  readonly problem?: string;
}

/** The tags of a repository at one moment. */
export interface TagList {
  /** The state of the refs: two lists with the same text have the same tags. */
  readonly text: string;
  readonly names: () => readonly string[];
  /** What the tags lead to, which takes longer to find out. */
  readonly refs: () => Promise<readonly TagRef[]>;
}

export type GitObjectType = "commit" | "tree" | "blob" | "tag";

export interface GitObject {
  readonly type: GitObjectType;
  /** In bytes. */
  readonly size: number;
  /** Empty for blobs above `BLOB_LIMIT`. Valid only until the caller's next `await`. */
  readonly data: Buffer;
}

/** A branch of this clone, or one of a remote as it was last fetched. */
export interface BranchRef {
  /** Without `refs/heads/` or `refs/remotes/`: `main`, `origin/main`. */
  readonly name: string;
  readonly remote: boolean;
  readonly commit: string;
}

/** A commit that changed files. */
export interface CommitPaths {
  readonly commit: string;
  /** What differs from the first parent, from the top of the repository. */
  readonly paths: readonly string[];
}

export interface GitReader {
  readonly adapter: GitAdapter;
  /** The project's folder within the repository, with a `/` at the end; empty at the top. */
  readonly prefix: string;
  readonly shallow: boolean;
  /** How many objects to request at once. */
  readonly concurrency: number;
  /**
   * The tags, in one pass.
   *
   * @param names Only those of versions with these names, which a tag has before `@`. Default: all.
   * @param ignoresCase Whether names are the same that differ only in the case of ASCII letters. Default: no.
   */
  listTags(names?: readonly string[], ignoresCase?: boolean): Promise<TagList>;
  /** Whether there is any tag. */
  hasTags(): Promise<boolean>;
  /**
   * The commit that a name leads to: `HEAD`, a branch, a tag, or an id of at least four digits. `undefined` if there is
   * none, as for `HEAD` in a repository without commits.
   */
  resolveCommit(name: string): Promise<string | undefined>;
  /** All branches. */
  listBranches(): Promise<readonly BranchRef[]>;
  /**
   * Those of some commits that are not in the history of any head: neither a head nor an ancestor of one, as far as this
   * clone has the history.
   */
  findOutside(commits: readonly string[], heads: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * What the heads were one after the other: themselves, their first parents, and so on, as far as this clone has them. A commit of a
   * branch that was merged is not among them.
   */
  listFirstParents(heads: readonly string[]): Promise<ReadonlySet<string>>;
  /** The commit where two histories parted; `undefined` if they share none, as far as this clone has them. */
  findMergeBase(one: string, other: string): Promise<string | undefined>;
  /**
   * Every commit in the history of the heads that changed a file of a folder, newest first. `undefined` where only walking
   * through the history shows it.
   */
  readonly listChanges:
    | ((heads: readonly string[], folder: string) => Promise<readonly CommitPaths[] | undefined>)
    | undefined;
  /**
   * The commits at which one of some files differs from every parent, newest first, like `git log -- <paths>`; `undefined` if this
   * clone lacks objects that show it. An adapter without it is walked instead.
   *
   * @param limit The most that are listed.
   */
  readonly listFileCommits:
    | ((from: string, paths: readonly string[], limit: number) => Promise<readonly string[] | undefined>)
    | undefined;
  /**
   * One object by its id; `undefined` if this clone does not have it. In a partial clone it is fetched, unless the
   * repository was opened offline.
   */
  readObject(oid: string): Promise<GitObject | undefined>;
  /** The text of a blob of any size, such as an earlier prompts.lock. */
  readLargeText(oid: string): Promise<string | undefined>;
  /**
   * If an object will have to be fetched, others are fetched with it, although they may not be needed. `undefined` where
   * nothing is fetched.
   */
  readonly fetchTogether: ((oid: string, others: readonly string[]) => Promise<void>) | undefined;
  /** Why objects that a partial clone left out could not be fetched. */
  fetchProblem(): string | undefined;
  /** Call it after objects were fetched: those that were missing may be here now. */
  forgetMissing(): void;
  /** Never rejects, because a failure would replace the result of what was read. */
  close(): Promise<void>;
}

/** Thrown within the registry if the repository as a whole cannot be read; its callers get the diagnostic. */
export class RepositoryUnreadable extends Error {
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.name = "RepositoryUnreadable";
    this.diagnostic = diagnostic;
  }
}

/** Why a repository cannot be read, as an error to throw. */
export function unreadable<C extends Code>(code: C, args: Arguments<C>): RepositoryUnreadable {
  return new RepositoryUnreadable(diagnose(code, args, { file: "." }));
}

/** The error for a file of the repository that exists and cannot be read: it must not look like an absent one. */
export function unreadableFile(file: string, error: unknown): RepositoryUnreadable {
  return unreadable("git/failed", { problem: `${file} cannot be read (${errorCode(error)})` });
}
