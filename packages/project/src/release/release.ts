// Releases the project's prompts: the registry plans and applies the release, the compiler checks the prompts.

import { type Diagnostic, diagnose, hasErrors, sortDiagnostics } from "@cuecard/model";
import type {
  Applied,
  Person,
  Planned,
  PlannedVersion,
  PlanReleaseOptions,
  ReleaseCandidate,
  ReleasePlan,
  ReleaseResult,
} from "@cuecard/registry";
import * as registry from "@cuecard/registry";
import { nearest } from "@cuecard/runtime";
import { checkSnapshot } from "../compile/check-snapshot.js";
import { onlyPrompts } from "../compile/only-prompts.js";
import type { Project } from "../read/project.js";
import { refuseSharedTags } from "../read/shared-tags.js";

/** Which prompts are released, where, with which notes, and where the tags go. */
export type ReleaseOptions = Pick<PlanReleaseOptions, "names" | "commit" | "notes" | "push">;

export interface ApplyReleaseOptions {
  /** Whether the tags are signed. Default: git's `tag.gpgSign`. */
  readonly sign?: boolean | undefined;
  /** Who creates the tags. Default: the user in git's settings. */
  readonly identity?: Person | undefined;
}

export async function planRelease(project: Project, options: ReleaseOptions): Promise<Planned<ReleasePlan>> {
  const { check, diagnostics } = await releaseCheck(project);
  if (hasErrors(diagnostics)) return { plan: undefined, diagnostics };
  const { readFormerNames: formerNames, differsOnlyInLayout: isLayoutOnly } = await project.compiler();
  const planned = await registry.planRelease(project.repository, { formerNames, isLayoutOnly, ...options, check });
  const misplaced = planned.plan === undefined ? [] : misplacedNotes(planned.plan, options.notes);
  if (misplaced.length > 0)
    return { plan: undefined, diagnostics: sortDiagnostics([...planned.diagnostics, ...misplaced]) };
  return unlessShared(project, planned, planned.plan?.releases ?? []);
}

/** Notes for prompts that the release does not look at: with a misspelled name, they would be lost. */
function misplacedNotes(plan: ReleasePlan, notes: ReleaseOptions["notes"]): Diagnostic[] {
  if (typeof notes !== "object") return [];
  const { releases, unchanged, layoutOnly, behind } = plan;
  const known = [...releases, ...unchanged, ...layoutOnly, ...behind].map(({ name }) => name);
  return Object.keys(notes)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const near = nearest(name, known);
      const path = `options.notes.${name}`;
      const problem = `"${path}" is for a prompt that is not part of this release`;
      const instead = near === undefined ? "remove it" : `write "${near}"`;
      return diagnose("request/invalid-argument", { call: "planRelease", path, problem, instead }, { file: "." });
    });
}

/** Refuses a plan whose tags would be versions of another project as well. */
export async function unlessShared<T>(
  project: Project,
  planned: Planned<T>,
  releases: readonly PlannedVersion[],
): Promise<Planned<T>> {
  const shared = await refuseSharedTags(project, releases);
  if (shared.length === 0) return planned;
  return { plan: undefined, diagnostics: sortDiagnostics([...planned.diagnostics, ...shared]) };
}

export interface ReleaseCheck {
  /** Compiles contents that are to be released. */
  readonly check: (prompts: readonly ReleaseCandidate[]) => Promise<readonly Diagnostic[]>;
  /** Findings about settings and helpers. If they include errors, nothing can be checked. */
  readonly diagnostics: readonly Diagnostic[];
}

export async function releaseCheck(project: Project): Promise<ReleaseCheck> {
  const helpers = await project.helpers();
  const check = (prompts: readonly ReleaseCandidate[]): Promise<readonly Diagnostic[]> =>
    checkSnapshot(project, onlyPrompts(project.config.prompts, prompts));
  return { check, diagnostics: sortDiagnostics([...project.diagnostics, ...helpers.diagnostics]) };
}

export async function applyRelease(
  project: Project,
  plan: ReleasePlan,
  options: ApplyReleaseOptions,
): Promise<Applied<ReleaseResult>> {
  const { readFormerNames: formerNames, differsOnlyInLayout: isLayoutOnly } = await project.compiler();
  return registry.applyRelease(project.repository, plan, { formerNames, isLayoutOnly, ...options });
}
