// Reads a project from its repository with what earlier builds know, so that an unchanged one is cheap to read.

import { existsSync } from "node:fs";
import path from "node:path";
import { type Diagnostic, diagnose, hasErrors, sortDiagnostics } from "@cuecard/model";
import type { ProposedPointers, ReadResult, RepositoryOptions } from "@cuecard/registry";
import type { BuildCache } from "../cache/build-cache.js";
import type { Project } from "../settings/open-project.js";
import { loadCompiler, loadedCompiler } from "./compiler.js";
import { withRepository } from "./with-repository.js";

type PartialReferences = RepositoryOptions["partialReferences"];

/** How a registry reads its project, whatever it is asked for. */
export interface RegistrySettings {
  readonly cache: BuildCache;
  /** Whether prompts.lock is taken as it is. */
  readonly frozen: boolean;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

export interface ReadSettings extends RegistrySettings {
  /** Whether merge conflict markers in prompts.lock are resolved by the lines of both sides. */
  readonly resolvesConflicts?: boolean | undefined;
  /** Which versions' texts are wanted. Default: those whose compiled form is not known. */
  readonly wantsContent?: (version: ReadVersion) => boolean;
  /** Pointers that are about to be written to aliases.json. */
  readonly proposed?: readonly ProposedPointers[];
}

export interface ReadVersion {
  readonly name: string;
  readonly version: number;
  readonly digest: string;
  /** Whether an alias points at it, or it is its prompt's latest. */
  readonly targeted: boolean;
}

export async function readProject(project: Project, settings: ReadSettings): Promise<ReadResult> {
  if (hasErrors(project.diagnostics))
    return {
      snapshot: undefined,
      brokenAliases: [],
      proposedFindings: [],
      lock: { before: "", text: "", changed: false, added: [], resolved: false },
      diagnostics: sortDiagnostics(project.diagnostics),
    };
  const { cache } = settings;
  const { readSnapshot } = await import("@cuecard/registry");
  const references: PartialReferences = async (text, of) => {
    const compiler = loadedCompiler();
    // A version's texts are read once: to look for them in the cache is worth it only where it spares the compiler.
    const known = of === "working" || compiler === undefined ? cache.references(text) : undefined;
    if (known !== undefined) return known;
    const found = (compiler ?? (await loadCompiler())).partialReferences(text);
    if (of === "working") cache.rememberReferences(text, found);
    return found;
  };
  const result = await withRepository(
    project,
    (repository) =>
      readSnapshot(repository, {
        frozen: settings.frozen,
        resolvesConflicts: settings.resolvesConflicts,
        knownDigest: (id) => cache.knownDigest(id),
        needsContent: settings.wantsContent ?? ((version) => !cache.hasCompiled(version.digest)),
        proposed: settings.proposed,
        onProgress: settings.onProgress,
      }),
    references,
  );
  const missing = findMissingFolder(project, result);
  return { ...result, diagnostics: sortDiagnostics([...project.diagnostics, ...missing, ...result.diagnostics]) };
}

/** A folder that the settings name must be there, unless versions show that it was: all its prompts may be retired. */
function findMissingFolder({ dir, config, promptsPlace }: Project, { snapshot }: ReadResult): Diagnostic[] {
  if (promptsPlace === undefined || snapshot === undefined || snapshot.versions.length > 0) return [];
  if (existsSync(path.join(dir, config.prompts))) return [];
  const problem = `"prompts" names the folder ${config.prompts}, which does not exist`;
  return [diagnose("config/invalid", { problem }, promptsPlace)];
}
