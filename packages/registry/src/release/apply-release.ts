// Carries out a release: first the tag objects, then all tags at once (with --push, first on the remote), then
// prompts.lock. If another release has taken one of the numbers, no tag has been created yet, and the release is
// planned again.

import { type Applied, type Diagnostic, diagnose, LOCK_FILE, sortDiagnostics } from "@cuecard/model";
import { RepositoryUnreadable } from "../git/reader.js";
import type { Repository } from "../repository/repository.js";
import { lockReleased } from "./lock-released.js";
import { planReleaseAgain, promptsOf } from "./plan-release.js";
import type { ApplyReleaseOptions, BehindPrompt, ReleasedVersion, ReleasePlan, ReleaseResult } from "./release-plan.js";
import { type Done, takeTurn } from "./take-turn.js";

/** A turn is lost to another release, or to a process that holds one of git's locks. */
const TURNS = 12;

/**
 * Applies a plan. Content that was released after the plan was made is not released again, and numbers that were taken
 * are not used again: the result reports what happened to each prompt. The repository may be the one that the plan was
 * made with: its tags are listed again only if git refuses a tag because it exists.
 */
export async function applyRelease(
  repository: Repository,
  plan: ReleasePlan,
  options: ApplyReleaseOptions,
): Promise<Applied<ReleaseResult>> {
  try {
    return await apply(repository, plan, options);
  } catch (error) {
    if (!(error instanceof RepositoryUnreadable)) throw error;
    return { result: undefined, diagnostics: [error.diagnostic] };
  } finally {
    repository.refresh();
  }
}

async function apply(
  repository: Repository,
  first: ReleasePlan,
  options: ApplyReleaseOptions,
): Promise<Applied<ReleaseResult>> {
  let lost: Diagnostic | undefined;
  for (let count = 0; count < TURNS; count++) {
    const { plan, diagnostics } = await planReleaseAgain(repository, first, options);
    if (plan === undefined) return { result: undefined, diagnostics };
    const turn = await takeTurn(repository, plan, options);
    if (turn.kind === "done") return finish(repository, first, plan, turn);
    if (turn.kind === "refused") return { result: undefined, diagnostics: [turn.diagnostic] };
    lost = turn.diagnostic ?? racedBy(plan);
    repository.refresh();
    // The longer it takes, the more processes want to write.
    await new Promise((done) => setTimeout(done, Math.random() * 50 * (count + 1)));
  }
  return { result: undefined, diagnostics: lost === undefined ? [] : [lost] };
}

function racedBy({ releases }: ReleasePlan): Diagnostic {
  return diagnose("release/raced", { tags: releases.map(({ tag }) => tag) }, { file: LOCK_FILE });
}

/**
 * @param first The plan that was to be applied; `plan` is the one that was, after others may have released versions.
 */
async function finish(
  repository: Repository,
  first: ReleasePlan,
  plan: ReleasePlan,
  { oids, lacking }: Done,
): Promise<Applied<ReleaseResult>> {
  const planned = new Map(first.releases.map(({ name, version }) => [name, version]));
  const released = plan.releases.map((release, index): ReleasedVersion => {
    const before = planned.get(release.name);
    const moved = before === undefined || before === release.version ? {} : { planned: before };
    return { ...release, oid: oids[index] ?? "", ...moved };
  });
  const behind = plan.behind.map((prompt): BehindPrompt => {
    const before = planned.get(prompt.name);
    return before === undefined ? prompt : { ...prompt, planned: before };
  });
  const lock = await lockReleased(await repository.open(), promptsOf(first), plan.commit, released);
  return {
    result: {
      commit: plan.commit,
      released,
      unchanged: plan.unchanged,
      layoutOnly: plan.layoutOnly,
      behind,
      pushed: plan.push,
      pushedToo: plan.push === undefined ? [] : plan.unpushed,
      lacking: lacking.tags,
      locked: lock.isWritten,
    },
    diagnostics: sortDiagnostics([...lacking.diagnostics, ...lock.diagnostics]),
  };
}
