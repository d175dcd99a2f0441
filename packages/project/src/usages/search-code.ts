// Searches the project's code for usages, if there is a TypeScript that reads it. TypeScript, which is slow to load, and what uses
// it are imported only here.

import { diagnose, type Snapshot } from "@cuecard/model";
import type { Project } from "../read/project.js";
import { findTypeScript } from "../typescript/find-typescript.js";
import type { FoundUsages } from "./find-usages.js";
import { resolveUsages } from "./resolve-usages.js";
import type { SourceProject } from "./source-files.js";
import type { ResolvedUsage } from "./usage.js";

/**
 * All usages in the code.
 *
 * @param needed Whether there is no answer without the code: if it cannot be read, that is an error, and otherwise a warning.
 */
export async function searchCode(project: SourceProject, needed: boolean): Promise<FoundUsages> {
  const typescript = findTypeScript();
  if (!("specifier" in typescript)) {
    const code = needed ? "code/no-typescript" : "code/not-searched";
    return { usages: [], diagnostics: [diagnose(code, typescript, { file: "." })] };
  }
  const { findUsages } = await import("./find-usages.js");
  return findUsages(project);
}

/** The same, with what each usage means for the prompts of a snapshot. */
export async function searchCodeFor(
  snapshot: Snapshot,
  project: Project,
  needed: boolean,
): Promise<FoundUsages<ResolvedUsage>> {
  const { usages, diagnostics } = await searchCode(project, needed);
  return { usages: resolveUsages(usages, snapshot), diagnostics };
}
