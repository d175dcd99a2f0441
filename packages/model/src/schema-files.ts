// Where named schemas are: `schema: Recipe` is prompts/schemas/Recipe.yaml, Recipe.yml or Recipe.json. Digests depend on this
// rule, so it must never change.

import { promptNameProblem } from "./names.js";

/** The folder within the prompts folder. */
export const SCHEMAS_FOLDER = "schemas";

const EXTENSIONS = [".yaml", ".yml", ".json"];

/** The paths within the prompts folder where a named schema can be, in order of precedence; empty if it cannot be a file. */
export function schemaCandidates(name: string): string[] {
  if (promptNameProblem(name) !== undefined) return [];
  return EXTENSIONS.map((extension) => `${SCHEMAS_FOLDER}/${name}${extension}`);
}

/** The name of the schema at a path within the prompts folder; `undefined` if no schema can be there. */
export function schemaName(path: string): string | undefined {
  if (!path.startsWith(`${SCHEMAS_FOLDER}/`)) return undefined;
  const extension = EXTENSIONS.find((ending) => path.endsWith(ending));
  if (extension === undefined) return undefined;
  const name = path.slice(SCHEMAS_FOLDER.length + 1, -extension.length);
  return promptNameProblem(name) === undefined ? name : undefined;
}
