// Finds the usages of a snapshot's prompts in the project's code. This loads TypeScript, which is slow, only when it runs.

import type { Snapshot } from "@cuecard/model";
import type { Project } from "../read/project.js";
import type { FoundUsages } from "./find-usages.js";
import type { ResolvedUsage } from "./usage.js";

export async function findUsagesIn(project: Project, snapshot: Snapshot): Promise<FoundUsages<ResolvedUsage>> {
  const [{ findUsages }, { resolveUsages }] = await Promise.all([
    import("./find-usages.js"),
    import("./resolve-usages.js"),
  ]);
  const { usages, diagnostics } = await findUsages(project);
  return { usages: resolveUsages(usages, snapshot), diagnostics };
}
