// `build --fetch`: fetches what a shallow clone lacks.

import { type FetchedVersions, fetchLocked } from "@cuecard/registry";
import type { Project } from "../read/project.js";

/** A repository that cannot be opened is left to the build, which reports it. */
export async function fetchVersions({ repository }: Project): Promise<FetchedVersions> {
  try {
    await repository.open();
  } catch {
    return { fetched: 0, diagnostics: [] };
  }
  return fetchLocked(repository);
}
