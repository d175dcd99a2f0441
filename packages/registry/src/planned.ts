// What every change of the registry is: a plan, made without touching anything, and its application.

import type { Diagnostic } from "@cuecard/model";

export interface Planned<P> {
  /**
   * What would be done, as data that JSON can hold; `undefined` when something stands against it. A plan next to errors is
   * there to be looked at: what carries it out refuses it.
   */
  readonly plan: P | undefined;
  /** Sorted. Errors say what stands against it; warnings, what to know before it is applied. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface Applied<R> {
  /** What has been done; `undefined` when nothing has. */
  readonly result: R | undefined;
  /** Sorted. */
  readonly diagnostics: readonly Diagnostic[];
}
