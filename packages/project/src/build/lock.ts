// `lock`: brings prompts.lock up to date with the tags, without building.

import { type Diagnostic, hasErrors, sortDiagnostics, type VersionId } from "@cuecard/model";
import { saveLock } from "@cuecard/registry";
import { NO_TEXTS, type Project } from "../read/project.js";
import { compareWithWitness } from "../witness/compare-with-witness.js";
import { lockFindings } from "./check.js";

export interface LockOptions {
  /** Whether to report that prompts.lock is out of date instead of writing it. Default: no. */
  readonly checksOnly?: boolean | undefined;
  /**
   * A file outside of the repository, relative to the project's folder or absolute, in which new versions are recorded; with
   * `checksOnly`, it is only compared, and may be a URL.
   */
  readonly witness?: string | undefined;
}

export interface LockOutcome {
  /** How many versions the project has. */
  readonly versions: number;
  /** Whether prompts.lock was, or with `checksOnly` is, out of date. */
  readonly outdated: boolean;
  /** Whether it was written. */
  readonly written: boolean;
  /** Versions that gained a line, or lack one with `checksOnly`. */
  readonly added: readonly VersionId[];
  /** Whether merge conflict markers were resolved by the lines of both sides. */
  readonly resolved: boolean;
  /** Sorted. With errors among them, nothing was written. */
  readonly diagnostics: readonly Diagnostic[];
}

export async function lock(project: Project, options: LockOptions): Promise<LockOutcome> {
  const outcome = await updateLock(project, options);
  const { witness, checksOnly = false } = options;
  if (witness === undefined || hasErrors(outcome.diagnostics)) return outcome;
  const compared = await compareWithWitness(project, witness, { records: !checksOnly });
  return { ...outcome, diagnostics: sortDiagnostics([...outcome.diagnostics, ...compared]) };
}

async function updateLock(project: Project, { checksOnly = false }: LockOptions): Promise<LockOutcome> {
  const read = await project.snapshot({ texts: NO_TEXTS, resolvesConflicts: !checksOnly, frozen: false });
  const { added, resolved, changed: outdated } = read.lock;
  const outcome = (written: boolean, diagnostics: readonly Diagnostic[]): LockOutcome => ({
    ...{ versions: read.snapshot?.versions.length ?? 0, outdated, written, added, resolved },
    diagnostics: sortDiagnostics(diagnostics),
  });
  const found = checksOnly ? [...read.diagnostics, ...lockFindings(read.lock)] : read.diagnostics;
  if (checksOnly || !outdated || hasErrors(found)) return outcome(false, found);
  const problem = await saveLock(project.dir, read.lock);
  return problem === undefined ? outcome(true, found) : outcome(false, [...found, problem]);
}
