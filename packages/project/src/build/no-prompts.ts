// Reports a project with neither prompts nor versions: a check of nothing would pass, and a build would write an empty
// package. Usually the command runs in the wrong folder.

import { existsSync } from "node:fs";
import path from "node:path";
import { type Diagnostic, diagnose, hasErrors } from "@cuecard/model";
import { findGitDir } from "@cuecard/registry";
import type { CompiledProject } from "../compile/compiled-project.js";
import type { Project } from "../read/project.js";
import { isProject } from "../settings/find-project.js";

/** Other errors explain why there is nothing, and tags that a frozen lock lacks are reported as such. */
export async function findNoPrompts(
  { dir, config }: Project,
  { snapshot, unlocked, diagnostics }: Pick<CompiledProject, "snapshot" | "unlocked" | "diagnostics">,
): Promise<readonly Diagnostic[]> {
  if (snapshot === undefined || hasErrors(diagnostics) || unlocked.length > 0) return [];
  if (snapshot.workingNames.length > 0 || snapshot.versions.length > 0) return [];
  const folder = path.join(dir, config.prompts);
  const args = {
    folder,
    path: config.prompts,
    exists: existsSync(folder),
    above: await findAbove(dir, config.prompts),
  };
  return [diagnose("prompt/none-found", args, { file: config.prompts })];
}

/** The nearest folder above, within the repository, that is a project or has a prompts folder. */
async function findAbove(dir: string, prompts: string): Promise<string | undefined> {
  const root = findGitDir(dir)?.root;
  for (let at = dir; root !== undefined && at !== root && at !== path.dirname(at); ) {
    at = path.dirname(at);
    if ((await isProject(at)) || existsSync(path.join(at, prompts))) return at;
  }
  return undefined;
}
