// Lists the names, versions and aliases of a project's prompts without opening the project: no cache, no compiler.

import {
  type GitChoice,
  openRepository,
  type PromptReferences,
  listReferences as readReferences,
} from "@cuecard/registry";
import { createIgnore } from "../settings/ignore.js";
import { readSettings } from "../settings/read-settings.js";

/**
 * Lists what can be written in a reference, for completion in a shell; see {@link PromptReferences}. Nothing is verified.
 *
 * @throws UsageError if the folder does not exist.
 */
export async function listReferences(options: {
  /** The project's folder. */
  readonly dir: string;
  /** What reads git. Default: the setting. */
  readonly git?: GitChoice | undefined;
  /** The prompts whose versions are asked for. git is not needed for other names. Default: all. */
  readonly versionsOf?: ReadonlySet<string> | undefined;
}): Promise<readonly PromptReferences[]> {
  const { dir, config } = await readSettings(options.dir);
  const repository = openRepository({
    dir,
    promptsDir: config.prompts,
    tagPrefix: config.tagPrefix,
    git: options.git ?? config.git,
    partialReferences: async () => [],
    isIgnored: createIgnore(config.ignore),
    only: options.versionsOf,
  });
  try {
    return await readReferences(repository);
  } finally {
    await repository.close();
  }
}
