// Turns a repository that cannot be read into a result with its diagnostic.

import type { Diagnostic, Planned } from "@cuecard/model";
import { RepositoryUnreadable } from "../git/reader.js";

export async function unlessUnreadable<T>(
  work: () => Promise<T>,
  refused: (diagnostics: readonly Diagnostic[]) => T,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RepositoryUnreadable)) throw error;
    return refused([error.diagnostic]);
  }
}

/** @param prepare Makes a plan with what applying it needs, or finds out why there can be none. */
export function planUnlessUnreadable<P>(prepare: () => Promise<Planned<P> | Diagnostic>): Promise<Planned<P>> {
  return unlessUnreadable(
    async () => {
      const prepared = await prepare();
      if ("code" in prepared) return { plan: undefined, diagnostics: [prepared] };
      return { plan: prepared.plan, diagnostics: prepared.diagnostics };
    },
    (diagnostics) => ({ plan: undefined, diagnostics }),
  );
}
