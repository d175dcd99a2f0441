// Plans the release of a prompt's text that no ref names yet, as if it was committed.

import { type Diagnostic, inRevision, type Planned } from "@cuecard/model";
import { planRelease } from "../release/plan-release.js";
import type { PlanReleaseOptions, ReleasePlan } from "../release/release-plan.js";
import type { Repository } from "../repository/repository.js";

interface Draft extends Pick<PlanReleaseOptions, "notes" | "check"> {
  readonly name: string;
  /** Relative to the project's folder. */
  readonly file: string;
  /** See draft-commit.ts. */
  readonly commit: string;
}

export async function planDraft(
  repository: Repository,
  { name, file, commit, notes, check }: Draft,
): Promise<Planned<ReleasePlan>> {
  const { plan, diagnostics } = await planRelease(repository, {
    anyVersion: true,
    names: [name],
    commit,
    notes,
    check,
  });
  return { plan, diagnostics: diagnostics.map((finding) => atDraft(finding, commit, file)) };
}

/** The draft's commit is never visible, so its findings are reported for the draft's text instead. */
function atDraft(finding: Diagnostic, commit: string, file: string): Diagnostic {
  const { ref, range, revision, ...rest } = finding;
  if (typeof revision !== "object" || !("commit" in revision) || revision.commit !== commit) return finding;
  return range === undefined || rest.file !== file ? rest : inRevision(finding, "draft");
}
