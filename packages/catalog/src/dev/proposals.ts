// What pages of `cuecard dev` send to propose what was edited, or a move of environments, and what they get. Types only.

/**
 * `changes`: what was edited and is not committed, and where it would be proposed.
 *
 * Request: `{}`.
 */
export interface ProposableChanges {
  /** The commit that is checked out; its branch is left out if HEAD is detached. */
  readonly head: { readonly commit: string; readonly branch?: string | undefined };
  /** Sorted by path. */
  readonly files: readonly ProposableFile[];
  /** The branches for proposals in this clone, newest first; `isPushed` is left out if it is not known. */
  readonly branches: readonly { readonly name: string; readonly isPushed?: boolean | undefined }[];
  /** The name and address of git's settings; left out if git has none. */
  readonly identity?: string | undefined;
  /** Left out without a remote. */
  readonly target?: ProposalTarget | undefined;
}

/**
 * `count-changes`: how many files wait to be proposed. It is answered also where nothing can be proposed.
 *
 * Request: `{}`.
 */
export interface ChangesCount {
  readonly waiting: number;
}

export interface ProposalTarget {
  /** The remote's name. */
  readonly remote: string;
  readonly url: string;
  /** The branch that a pull request goes into, if that is known. */
  readonly base?: string | undefined;
  /** How many commits of the current branch are not there: a pull request has them as well. */
  readonly unpushed: number;
}

export interface ProposableFile {
  /** Relative to the project's folder. */
  readonly file: string;
  readonly change: "added" | "changed" | "deleted";
  /** Of the bytes on disk, the same as in `source` and `save`; empty for a deleted file. */
  readonly digest: string;
  /** Left out where there is no such file, or it is not text. */
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  /** Why it cannot be proposed. */
  readonly problem?: string | undefined;
  /** The branches that have the file as it is on disk. */
  readonly proposedIn: readonly string[];
}

/** A move of environments. */
export type EnvironmentMove =
  | {
      readonly kind: "promote";
      readonly names: readonly string[] | "all";
      readonly from: string;
      readonly to: string;
      /** The percentage of callers. Default: all. */
      readonly share?: number | undefined;
    }
  | { readonly kind: "rollback"; readonly name: string; readonly alias: string };

/** `plan-proposal`: what a proposal would change. Nothing that a ref names is written. */
export interface PlanRequest {
  readonly files?: readonly { readonly file: string; readonly digest: string }[] | undefined;
  /** Made on what was committed in aliases.json, whatever is on disk there. */
  readonly aliases?: EnvironmentMove | undefined;
  /** Whether a move may break callers. */
  readonly allowBreaking?: boolean | undefined;
  /** The commit's message. Default: one that names what changes. */
  readonly message?: string | undefined;
  /** Default: a new one that is named after what changes. */
  readonly branch?: string | undefined;
}

export interface PlannedProposal {
  /** The files of the commit. */
  readonly files: readonly string[];
  readonly branch: string;
  readonly message: string;
  /** Why the branch that was asked for cannot be used: the plan is for another one then. */
  readonly branchProblem?: string | undefined;
  /** Identifies what would be written: the files as they will be, and the commit that the new one begins with. */
  readonly state: string;
  /** Whether the branch is new. */
  readonly isNew: boolean;
  /** Whether the branch already has these files: then it is only pushed. */
  readonly unchanged: boolean;
  /** Whether a move breaks callers: then it needs `allowBreaking`. */
  readonly breaking: boolean;
  /** The review of the branch. */
  readonly review: readonly ReviewBlock[];
  /** With errors, it cannot be proposed. */
  readonly findings: readonly ProposalFinding[];
}

export interface ProposalFinding {
  readonly severity: "error" | "warning";
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  /** `prompts/greet.md:3:7`; left out if it is not about a file. */
  readonly place?: string | undefined;
}

/** Texts of the repository are `code` or `data`; the others are Cuecard's words. */
export type ReviewText = string | { readonly code: string } | { readonly data: string };

export type ReviewBlock =
  | { readonly kind: "heading" | "paragraph"; readonly content: readonly ReviewText[] }
  | { readonly kind: "list"; readonly items: readonly (readonly ReviewText[])[] }
  | {
      readonly kind: "alert";
      readonly content: readonly ReviewText[];
      readonly items: readonly (readonly ReviewText[])[];
    }
  | {
      readonly kind: "table";
      readonly headings: readonly string[];
      readonly rows: readonly (readonly (readonly ReviewText[])[])[];
    }
  | { readonly kind: "words"; readonly title: readonly ReviewText[]; readonly lines: readonly ReviewLine[] };

/** A line near a change, in parts; `null` where lines are left out. */
export type ReviewLine = readonly { readonly kind: "same" | "added" | "removed"; readonly text: string }[] | null;

/** `propose`: writes the branch. `push-proposal` with `{ branch }` pushes it. */
export interface ProposeRequest extends PlanRequest {
  readonly message: string;
  readonly branch: string;
  /** As planned: if something else would be written now, nothing is. */
  readonly state: string;
  /** Default: that of git's settings. */
  readonly identity?: { readonly name: string; readonly email: string } | undefined;
}

export interface ProposalDone {
  readonly branch: string;
  readonly commit: string;
  /** Whether there was something to commit. */
  readonly created: boolean;
  readonly pushed: boolean;
  /** The page that opens a pull request, if it is known. */
  readonly link?: string | undefined;
  /** Why it was not pushed. */
  readonly problem?: string | undefined;
}
