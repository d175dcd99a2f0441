// What every change of the registry is: a plan, made without touching anything, and its application.

import type { Diagnostic } from "@cuecard/model";

export interface Planned<P> {
  /** What would be done, as data that JSON can hold; `undefined` when something stands against it. */
  readonly plan: P | undefined;
  /** Sorted. Errors say why there is no plan; warnings, what to know before it is applied. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface Applied<R> {
  /** What has been done; `undefined` when nothing has. */
  readonly result: R | undefined;
  /** Sorted. */
  readonly diagnostics: readonly Diagnostic[];
}
