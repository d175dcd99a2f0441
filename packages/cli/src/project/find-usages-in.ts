// The usages of a snapshot's prompts in the code of the project. TypeScript, which they take, is loaded only then: it takes long.

import type { Snapshot } from "@cuecard/model";
import type { ResolvedUsage } from "../usages/usage.js";
import type { Project } from "./open-project.js";

export async function findUsagesIn(project: Project, snapshot: Snapshot): Promise<readonly ResolvedUsage[]> {
  const [{ findUsages }, { resolveUsages }] = await Promise.all([
    import("../usages/find-usages.js"),
    import("../usages/resolve-usages.js"),
  ]);
  return resolveUsages(await findUsages(project), snapshot);
}
