// The prompts of a project and what can follow their names, unverified: fast, because no prompt is read.

import type { PromptReferences } from "@cuecard/project";
import type { Terminal } from "../terminal/terminal.js";

/** @param dir The project's folder. */
export async function knownPrompts({ env }: Terminal, dir: string): Promise<readonly PromptReferences[]> {
  const { listReferences } = await import("@cuecard/project/references");
  const { gitFromEnvironment } = await import("../git-choice.js");
  return listReferences({ dir, git: gitFromEnvironment(env) });
}
