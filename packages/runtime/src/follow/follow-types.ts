// The types that users of `follow` see.

import type { FollowError } from "./follow-error.js";

declare global {
  /** As the libraries of TypeScript 5.2 and newer have it, for compilers that are older or have an older `lib`. */
  interface SymbolConstructor {
    readonly dispose: unique symbol;
  }
}

/** `AbortSignal`, if the importing program has its type. */
type Signal = typeof globalThis extends { readonly AbortSignal: { readonly prototype: infer S } } ? S : unknown;

/**
 * Reads the pointers from anywhere: a database, a configuration service. It returns the document as text, as bytes (`Uint8Array`) or
 * as an object of plain objects, or `undefined` if nothing has changed.
 */
export type FollowSource = (request: { readonly signal: Signal }) => unknown;

export interface FollowOptions {
  /** An `http:` or `https:` URL, a file (a path, or a `file:` URL), or a function. */
  readonly source: string | { readonly href: string } | FollowSource;
  /**
   * How often to ask: `"30s"`, `"5m"`, or milliseconds; at least 100 ms. Without it there is no timer: files are watched, and URLs and
   * functions are asked by `refresh()` only.
   */
  readonly interval?: number | string;
  /** How long an answer may take: `"5s"`, or milliseconds. Default: 5 seconds. */
  readonly timeout?: number | string;
  /** The size of the largest document that is read, in bytes. Default: 4 MiB. */
  readonly maxBytes?: number;
  /** Headers of each request, such as `{ authorization: "…" }`; for URLs only. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * The Ed25519 public key that documents must be signed with, as PEM, or several: a document needs a signature by one of them.
   */
  readonly publicKey?: string | readonly string[];
  /** Documents with a lower `sequence`, or with none, are ignored. Default: whichever comes first is accepted. */
  readonly minSequence?: number;
  /** Called after pointers moved. It may be async, and is not waited for. */
  readonly onChange?: (state: FollowState) => unknown;
  /** Called whenever a refresh fails; `state.lastError` has the same error. It may be async, and is not waited for. */
  readonly onError?: (error: FollowError) => unknown;
}

/** Where a pointer leads: `"v3"`, `"working"`, or versions with their weights. */
export type PointerTarget = string | { readonly [version: string]: number };

/** A pointer of the document that was not moved. The pointer of the package stays. */
export interface RefusedPointer {
  readonly name: string;
  readonly alias: string;
  /** Where the document wanted it to lead. */
  readonly target: PointerTarget;
  readonly code:
    | "unknown-prompt"
    | "unknown-alias"
    | "unknown-version"
    | "breaks-callers"
    | "needs-key"
    | "working-file";
  /** A sentence for people, without a full stop. */
  readonly reason: string;
}

/** What is followed, and where pointers lead now. Each change makes a new, frozen object. */
export interface FollowState {
  /** The source, without the query of a URL. */
  readonly source: string;
  /** The ETag of the document that is in effect. */
  readonly etag: string | undefined;
  /** The sequence of the document that is in effect. */
  readonly sequence: number | undefined;
  /** When the pointers that are in effect were read (ISO 8601); `undefined` as long as they are those of the package. */
  readonly since: string | undefined;
  /** When the source last confirmed them (ISO 8601). */
  readonly checked: string | undefined;
  /** Where every alias leads, by prompt. */
  readonly pointers: { readonly [name: string]: { readonly [alias: string]: PointerTarget } };
  /** What the document wanted and did not get. */
  readonly refused: readonly RefusedPointer[];
  /** Why the last refresh failed; `undefined` if it did not. */
  readonly lastError: FollowError | undefined;
}

export interface RefreshOptions {
  /** Asks only if the source was last asked longer ago than this: `"10s"`, or milliseconds. Default: always. */
  readonly maxAge?: number | string;
}

/** What pointers are followed with, beside the functions that load prompts. */
export interface Following {
  /** What is followed, and where pointers lead now. */
  readonly state: FollowState;
  /**
   * Asks the source now, and waits for the answer, which keeps the process alive for `timeout` at most. If that fails, it does not reject: `lastError` of the state that it returns has
   * the reason.
   *
   * @throws FollowError if an option is wrong.
   */
  refresh(options?: RefreshOptions): Promise<FollowState>;
  /** Stops asking and watching. Pointers stay where they are. */
  close(): void;
  [Symbol.dispose](): void;
}

/** The functions of a package that load prompts. */
export interface Loaders {
  readonly load: unknown;
  readonly find: unknown;
  readonly at: unknown;
}

/** A package whose pointers move: `load`, `find` and `at` have the types that they have in the package. */
export type Live<Package extends Loaders> = Pick<Package, "load" | "find" | "at"> & Following;
