// The prompts of a project and what can follow their names, unverified: fast, because no prompt is read.

import type { PromptReferences } from "@cuecard/project";
import type { Terminal } from "../terminal/terminal.js";

/**
 * @param dir The project's folder.
 * @param versionsOf The prompts whose versions are asked for. Default: all.
 */
export async function knownPrompts(
  { env }: Terminal,
  dir: string,
  versionsOf?: ReadonlySet<string>,
): Promise<readonly PromptReferences[]> {
  const { listReferences } = await import("@cuecard/project/references");
  const { gitFromEnvironment } = await import("../git-choice.js");
  return listReferences({ dir, git: gitFromEnvironment(env), versionsOf });
}
