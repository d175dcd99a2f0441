// Every change of a project is a plan, made without writing anything, and its application.

import type { Diagnostic } from "./diagnostics/diagnostic.js";

export interface Planned<P> {
  /**
   * What would be done, as data that JSON can hold; `undefined` if it cannot be planned. A plan that comes with errors is
   * for display only: applying it is refused.
   */
  readonly plan: P | undefined;
  /** Sorted. Errors are the reasons why the plan cannot be applied; warnings are worth reading before applying it. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface Applied<R> {
  /** What was done; `undefined` if nothing was. */
  readonly result: R | undefined;
  /** Sorted. */
  readonly diagnostics: readonly Diagnostic[];
}
