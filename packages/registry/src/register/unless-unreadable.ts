// Turns a repository that cannot be read into a result with its diagnostic.

import type { Diagnostic, Planned } from "@cuecard/model";
import { RepositoryUnreadable } from "../git/reader.js";

/** @returns The diagnostic in place of a result, if the repository cannot be read. */
export async function unlessUnreadable<T>(work: () => Promise<T>): Promise<T | Diagnostic> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RepositoryUnreadable)) throw error;
    return error.diagnostic;
  }
}

/** @param prepare Makes a plan with what applying it needs, or finds out why there can be none. */
export async function planUnlessUnreadable<P>(prepare: () => Promise<Planned<P> | Diagnostic>): Promise<Planned<P>> {
  const prepared = await unlessUnreadable(prepare);
  if ("code" in prepared) return { plan: undefined, diagnostics: [prepared] };
  return { plan: prepared.plan, diagnostics: prepared.diagnostics };
}
