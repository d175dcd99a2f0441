// Reports projects of one repository whose versions would have the same git tags.

import { type Diagnostic, diagnose, PROMPT_EXTENSION, suggestTagPrefix, type VersionId } from "@cuecard/model";
import { type FoundProject, findProjects } from "../settings/find-projects.js";
import type { Project } from "./project.js";

/** Findings of `check`: one for each other project that shares tags with this one. */
export async function findSharedTags(project: Project): Promise<readonly Diagnostic[]> {
  const { own, others } = await readProjects(project);
  if (others.length === 0) return [];
  const prompts = await own.listPrompts();
  return others.flatMap((other) => {
    const names = prompts.filter((name) => other.tags.has(tagOf(own, name)));
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
    const other = others.find(({ tags }) => tags.has(tagOf(own, name)));
    if (other === undefined) return [];
    const place = { file: `${project.config.prompts}/${name}${PROMPT_EXTENSION}` };
    return [diagnose("release/shared-tag", { tag, ...choice(own, other) }, place, { name, version })];
  });
}

async function readProjects({ dir, config, git }: Project) {
  const projects = await findProjects(dir, git);
  const found = projects.find((candidate) => candidate.own);
  const own: FoundProject = { folder: "", listPrompts: async () => [], own: true, ...found, dir, config };
  const others = projects.filter((other) => !other.own);
  return { own, others: await Promise.all(others.map(async (other) => ({ ...other, tags: await tagsOf(other) }))) };
}

/** The tags of a project's prompts, without the numbers of versions. */
async function tagsOf(project: FoundProject): Promise<ReadonlySet<string>> {
  return new Set((await project.listPrompts()).map((name) => tagOf(project, name)));
}

/** Without regard to case, as file systems may compare the names of refs. */
function tagOf({ config }: Pick<FoundProject, "config">, name: string): string {
  return `${config.tagPrefix}${name}`.toLowerCase();
}

function choice(own: FoundProject, { folder, config }: FoundProject) {
  return {
    other: folder,
    suggested: suggestTagPrefix(own.folder, own.config.tagPrefix),
    otherSuggested: suggestTagPrefix(folder, config.tagPrefix),
  };
}
