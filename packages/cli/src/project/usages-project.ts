// Where the code of the monorepo loads prompts, with the versions that this leads to as things stand.

import type { Diagnostic } from "@cuecard/model";
import type { BuildCache } from "../cache/build-cache.js";
import { resolveUsages } from "../usages/resolve-usages.js";
import type { ResolvedUsage } from "../usages/usage.js";
import type { Project } from "./open-project.js";
import { readProject } from "./read-project.js";

export interface FoundUsages {
  readonly kind: "found";
  /** Sorted by file and place. */
  readonly usages: readonly ResolvedUsage[];
  /** Names of the prompts that stand in the working tree or have versions; sorted. */
  readonly prompts: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

export type UsagesOutcome =
  | FoundUsages
  /** The project cannot be read. */
  | { readonly kind: "broken"; readonly diagnostics: readonly Diagnostic[] };

export async function usagesOf(
  project: Project,
  settings: { readonly cache: BuildCache; readonly frozen: boolean },
): Promise<UsagesOutcome> {
  const { snapshot, diagnostics } = await readProject(project, { ...settings, wantsContent: () => false });
  if (snapshot === undefined) return { kind: "broken", diagnostics };
  const { findUsages } = await import("../usages/find-usages.js"); // with TypeScript, which takes long to load
  const usages = resolveUsages(await findUsages(project), snapshot);
  const prompts = [...new Set([...snapshot.working, ...snapshot.versions].map(({ name }) => name))].sort();
  return { kind: "found", usages, prompts, diagnostics };
}
