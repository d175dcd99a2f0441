// Reports projects of one repository whose versions would have the same git tags.

import { type Diagnostic, diagnose, PROMPT_EXTENSION, suggestTagPrefix, type VersionId } from "@cuecard/model";
import { type FoundProject, findProjects } from "../settings/find-projects.js";
import type { Project } from "./project.js";

/** Findings of `check`: one for each other project that shares tags with this one. */
export async function findSharedTags(project: Project): Promise<readonly Diagnostic[]> {
  const { own, others } = await readProjects(project);
  return others.flatMap((other) => {
    const names = own.listPrompts().filter((name) => sharesTags(own, name, other));
    const place = { file: "." };
    const found = names.length === 0 ? [] : [diagnose("config/shared-tags", { names, ...choice(own, other) }, place)];
    const [prefix, theirs] = [own.config.tagPrefix, other.config.tagPrefix];
    if (prefix === theirs || prefix.toLowerCase() !== theirs.toLowerCase()) return found;
    return [...found, diagnose("config/tag-prefix-case", { prefix, other: theirs, folder: other.folder }, place)];
  });
}

/** Why versions must not be released: their tags would be versions of another project as well. */
export async function refuseSharedTags(
  project: Project,
  releases: readonly (VersionId & { readonly tag: string })[],
): Promise<readonly Diagnostic[]> {
  if (releases.length === 0) return [];
  const { own, others } = await readProjects(project);
  return releases.flatMap(({ name, version, tag }) => {
    const other = others.find((candidate) => sharesTags(own, name, candidate));
    if (other === undefined) return [];
    const place = { file: `${project.config.prompts}/${name}${PROMPT_EXTENSION}` };
    return [diagnose("release/shared-tag", { tag, ...choice(own, other) }, place, { name, version })];
  });
}

async function readProjects({ dir, config, git }: Project) {
  const projects = await findProjects(dir, git);
  const found = projects.find((candidate) => candidate.own);
  const own: FoundProject = { folder: "", listPrompts: () => [], own: true, ...found, dir, config };
  return { own, others: projects.filter((other) => !other.own) };
}

/** Without regard to case, as file systems may compare the names of refs. */
function sharesTags(own: FoundProject, name: string, { config, listPrompts }: FoundProject): boolean {
  const wanted = `${own.config.tagPrefix}${name}`.toLowerCase();
  return listPrompts().some((prompt) => `${config.tagPrefix}${prompt}`.toLowerCase() === wanted);
}

function choice(own: FoundProject, { folder, config }: FoundProject) {
  return {
    other: folder,
    suggested: suggestTagPrefix(own.folder, own.config.tagPrefix),
    otherSuggested: suggestTagPrefix(folder, config.tagPrefix),
  };
}
