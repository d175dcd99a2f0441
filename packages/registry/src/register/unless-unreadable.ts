// Turns a repository that cannot be read into a result with its diagnostic.

import type { Diagnostic } from "@cuecard/model";
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
