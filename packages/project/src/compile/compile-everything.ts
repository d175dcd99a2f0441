// Compiles all versions and working files without the package, so that what is wrong with them is known. Each prompt is let go before
// the next one is compiled, and the cache keeps what it compiled to.

import type { ChangesResult } from "@cuecard/build";
import { recordedPrompt, recordOf } from "../cache/package-record.js";
import type { Project } from "../read/project.js";
import { compileChanges } from "./compile.js";
import type { CompiledProject } from "./compiled-project.js";

/**
 * Compiles what has changed since an earlier check.
 *
 * @param keepsCache Whether the cache is saved to disk. While watching, that is not needed each time.
 */
export async function compileEverything(
  project: Project,
  keepsCache: boolean = true,
): Promise<CompiledProject<ChangesResult>> {
  const { cache } = project;
  const compilation = await compileChanges(project, {
    ...{ record: "check", versions: "all", working: true, isDone: () => true },
    start: (keys) => ({ known: (name) => recordedPrompt(cache.record("check"), name, keys) }),
  });
  const { result, keys, snapshot } = compilation;
  if (result !== undefined && keys !== undefined)
    cache.rememberRecord("check", recordOf(result, keys, {}, cache.record("check")));
  if (snapshot !== undefined) {
    cache.rememberSnapshot(snapshot, await project.compiledForms());
    if (keepsCache) await cache.save();
  }
  return compilation;
}
