// Compiles contents as they are read, and puts them into the cache: memory then never holds the texts of all versions.

import type { ContentStore } from "@cuecard/build";
import { hasErrors } from "@cuecard/model";
import type { CompiledForms } from "../cache/build-cache.js";
import type { Project, SnapshotNeed, SnapshotVersion } from "../read/project.js";
import { compileSettings } from "./compile-settings.js";
import type { PackageScope } from "./compiled-project.js";

/** The texts of versions that are not compiled, or were compiled before, are not needed. */
export async function needOf(
  project: Project,
  { versions, replacements }: PackageScope,
): Promise<Pick<SnapshotNeed, "texts" | "take" | "replacements">> {
  const forms = await project.compiledForms();
  const texts = ({ digest, targeted }: SnapshotVersion) => (versions === "all" || targeted) && !forms.has(digest);
  return { texts, take: await compileAhead(project, forms), replacements };
}

/** `undefined` if nothing can be put into the cache, or if what contents compile to is not known. */
async function compileAhead(project: Project, forms: CompiledForms): Promise<SnapshotNeed["take"]> {
  const { cache, config, isPart } = project;
  const helpers = await project.helpers();
  if (isPart || cache.folder === undefined || hasErrors(helpers.diagnostics)) return undefined;
  let contents: ContentStore | undefined;
  return async ({ name, digest, content }) => {
    const { openContents } = await project.compiler();
    contents ??= openContents(
      { promptsDir: config.prompts },
      { ...compileSettings(config, helpers), cache: { get: () => undefined, set: forms.set } },
    );
    contents.compile(name, digest, content);
    return forms.has(digest);
  };
}
