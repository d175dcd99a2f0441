// Reviews what a proposal would commit, and finds what is wrong with it.

import { type Diagnostic, diagnose, hasErrors } from "@cuecard/model";
import type { Outcome } from "../read/outcome.js";
import type { Project } from "../read/project.js";
import type { Review } from "../review/report.js";
import { review } from "../review/review.js";

export interface Draft {
  /** A commit that no ref names. */
  readonly commit: string;
  /** The files that it has as they are on disk: findings about the working tree are about them as well. */
  readonly fromDisk: readonly string[];
  readonly runsHelpers: boolean;
}

/** @returns Of the findings, those about what the draft changes. A mistake that was there before, in another file, is left out. */
export async function reviewDraft(project: Project, draft: Draft): Promise<Outcome<Review>> {
  const { commit, fromDisk, runsHelpers } = draft;
  const outcome = await review(project, { base: "HEAD", head: commit, runsHelpers, searchesCode: true });
  if (outcome.kind !== "found") return outcome;
  const { prompts } = outcome.value;
  const worse = prompts.filter(({ broken }) => broken.includes("head") && !broken.includes("base"));
  const isNew = ({ file, subject, revision }: Diagnostic) => {
    if (revision !== undefined)
      return typeof revision === "object" && "commit" in revision && revision.commit === commit;
    if (fromDisk.includes(file)) return true;
    return file.startsWith(`${project.config.prompts}/`) && worse.some(({ name }) => name === subject?.name);
  };
  const found = outcome.diagnostics.filter(isNew).map(withoutDraft);
  const unexplained = hasErrors(found) ? undefined : worse[0];
  if (unexplained !== undefined) {
    const { path, name } = unexplained;
    const args = { path, problem: "it does not compile; run `cuecard check` for the reason" };
    found.push(diagnose("propose/not-proposable", args, { file: path }, { name }));
  }
  return { ...outcome, diagnostics: found };
}

/** The draft's commit is never visible. */
function withoutDraft({ ref, revision, ...finding }: Diagnostic): Diagnostic {
  return finding;
}
