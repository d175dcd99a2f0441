// Plans a release: which prompts differ from their latest version at a commit, what their next versions are, and why.

import { type Diagnostic, diagnose, type Planned, sortDiagnostics } from "@cuecard/model";
import { RepositoryUnreadable } from "../git/reader.js";
import { ObjectMissing } from "../git/tree-reader.js";
import type { OpenRepository, Repository } from "../repository/repository.js";
import { decideReleases } from "./decide-releases.js";
import { readReleaseFacts } from "./read-facts.js";
import { type ReleaseRequest, readSubject } from "./read-subject.js";
import type { PlanReleaseOptions, ReleasePlan, ReleaseRules } from "./release-plan.js";

/**
 * Plans the release of prompts. Nothing is written but objects of the remote's versions, which no ref names.
 * Mistakes of users are diagnostics.
 */
export function planRelease(repository: Repository, options: PlanReleaseOptions): Promise<Planned<ReleasePlan>> {
  return planRequest(repository, { ...options, named: options.names !== undefined, alreadyPlanned: undefined });
}

/** Plans the same prompts at the same commit with the same notes, against the repository's current tags. */
export function planReleaseAgain(
  repository: Repository,
  plan: ReleasePlan,
  { formerNames, anyVersion, isLayoutOnly }: ReleaseRules,
): Promise<Planned<ReleasePlan>> {
  return planRequest(repository, {
    ...{ formerNames, anyVersion, isLayoutOnly },
    names: promptsOf(plan),
    commit: plan.commit,
    notes: Object.fromEntries(plan.releases.map(({ name, notes }) => [name, notes])),
    push: plan.push,
    named: plan.named,
    alreadyPlanned: new Set(plan.releases.map(({ name }) => name)),
  });
}

/** The names of all prompts in a plan. */
export function promptsOf({ releases, unchanged, layoutOnly, behind }: ReleasePlan): string[] {
  return [...releases, ...unchanged, ...layoutOnly, ...behind].map(({ name }) => name);
}

async function planRequest(repository: Repository, request: ReleaseRequest): Promise<Planned<ReleasePlan>> {
  try {
    return await planIn(await repository.open(), request);
  } catch (error) {
    if (!(error instanceof RepositoryUnreadable)) throw error;
    return refused([error.diagnostic]);
  }
}

async function planIn(repository: OpenRepository, request: ReleaseRequest): Promise<Planned<ReleasePlan>> {
  const { adapter, shallow } = repository.reader;
  if (request.push !== undefined && adapter !== "native")
    return refused([diagnose("git/needs-program", { action: "push" }, { file: "." })]);
  try {
    const subject = await readSubject(repository, request);
    if ("diagnostics" in subject) return refused(subject.diagnostics);
    const facts = await readReleaseFacts(repository, subject, request);
    return "code" in facts ? refused([facts]) : decideReleases(facts);
  } catch (error) {
    if (!(error instanceof ObjectMissing)) throw error;
    return refused([diagnose("release/unknown-commit", { commit: request.commit ?? "HEAD", shallow }, { file: "." })]);
  }
}

function refused(diagnostics: readonly Diagnostic[]): Planned<ReleasePlan> {
  return { plan: undefined, diagnostics: sortDiagnostics(diagnostics) };
}
