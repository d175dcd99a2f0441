// Where documents come from, whatever it is.

import type { AbortSignalLike } from "./host.js";

export interface ReadRequest {
  /** The ETag of the document that is in effect. */
  readonly etag: string | undefined;
  readonly maxBytes: number;
  readonly signal: AbortSignalLike;
}

/** `undefined`: it is the document that is in effect. */
export type Answer = { readonly body: string | Uint8Array; readonly etag: string | undefined } | undefined;

export interface Source {
  /** What people see of it: without secrets that URLs may contain. */
  readonly label: string;
  /** @throws FollowError */
  read(request: ReadRequest): Promise<Answer>;
  /**
   * Calls back whenever there may be a new document, until the function that it returns is called. Left out if the source
   * has to be asked.
   *
   * @param onFailure Called if that is impossible from now on.
   */
  readonly watch?: (onChange: () => void, onFailure: () => void) => () => void;
}
