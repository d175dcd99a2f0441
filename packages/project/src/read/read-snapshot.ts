// Reads a project's snapshot. Uses what earlier builds cached, so reading an unchanged project is cheap.

import { existsSync } from "node:fs";
import path from "node:path";
import { type Diagnostic, diagnose, hasErrors, sortDiagnostics } from "@cuecard/model";
import {
  type ChangedReading,
  nothingRead,
  type ReadResult,
  readSnapshot as readRepository,
  readChanges as readRepositoryChanges,
} from "@cuecard/registry";
import type { Project, SnapshotNeed } from "./project.js";

export async function readSnapshot(project: Project, need: SnapshotNeed): Promise<ReadResult> {
  if (hasErrors(project.diagnostics)) return nothingRead(project.diagnostics);
  const { cache, repository, isPart, onProgress } = project;
  const { frozen = project.frozen } = need;
  const result = await readRepository(repository, {
    frozen,
    view: frozen === project.frozen ? await project.view() : undefined,
    resolvesConflicts: need.resolvesConflicts,
    merged: () => (isPart ? cache.mergedOf(repository.only) : cache.merged),
    remembered: isPart ? undefined : cache.readings,
    knownDigest: isPart ? undefined : (id) => cache.knownDigest(id),
    needsContent: need.texts,
    take: need.take,
    proposed: need.proposed,
    replacements: need.replacements,
    onProgress,
  });
  if (!isPart && result.merged !== undefined) cache.merged = result.merged;
  const missing = findMissingFolder(project, result);
  // Without the folder, versions seem to lack their prompts, and aliases their versions: all of that is one mistake.
  const found = missing.length > 0 ? missing : result.diagnostics;
  return { ...result, diagnostics: sortDiagnostics([...project.diagnostics, ...found]) };
}

/** Reads what has changed since an earlier reading; `undefined` if everything has to be read. */
export async function readChanges(
  project: Project,
  { texts, take }: Pick<SnapshotNeed, "texts" | "take">,
): Promise<ChangedReading | undefined> {
  const { cache, repository, isPart, frozen } = project;
  if (isPart || project.diagnostics.length > 0) return undefined;
  return await readRepositoryChanges(repository, {
    ...{ frozen, view: await project.view(), remembered: cache.readings },
    needsContent: texts,
    take,
  });
}

/** The prompts folder in the settings must exist, unless there are versions: all prompts may have been deleted. */
function findMissingFolder({ dir, config, promptsPlace }: Project, { snapshot }: ReadResult): Diagnostic[] {
  if (promptsPlace === undefined || snapshot === undefined) return [];
  if (snapshot.versions.length > 0 || snapshot.workingNames.length > 0) return [];
  if (existsSync(path.join(dir, config.prompts))) return [];
  const problem = `"prompts" names the folder ${config.prompts}, which does not exist`;
  return [diagnose("config/invalid", { problem }, promptsPlace)];
}
