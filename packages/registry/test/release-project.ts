// For tests: plans and carries out releases as the command line does, with a stand-in for the template parser.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type {
  Applied,
  ApplyReleaseOptions,
  Planned,
  PlanReleaseOptions,
  ReleasePlan,
  ReleaseResult,
} from "../src/index.js";
import { applyRelease, planRelease } from "../src/index.js";
import { type OpenOptions, withRepository } from "./read.js";

export function plan(dir: string, options: OpenOptions & PlanReleaseOptions = {}): Promise<Planned<ReleasePlan>> {
  return withRepository(dir, options, (repository) => planRelease(repository, options));
}

export function apply(
  dir: string,
  made: ReleasePlan | undefined,
  options: OpenOptions & ApplyReleaseOptions = {},
): Promise<Applied<ReleaseResult>> {
  if (made === undefined) throw new Error("there is no plan");
  // A plan is plain data: it is applied after it went through JSON.
  const copy = JSON.parse(JSON.stringify(made)) as ReleasePlan;
  return withRepository(dir, options, (repository) => applyRelease(repository, copy, options));
}

/** Plans, applies, and returns the tags that were made. Throws if either is refused. */
export async function release(
  dir: string,
  options: OpenOptions & PlanReleaseOptions & ApplyReleaseOptions = {},
): Promise<string[]> {
  const planned = await plan(dir, options);
  if (planned.plan === undefined) throw new Error(planned.diagnostics.map(({ message }) => message).join("; "));
  const { result, diagnostics } = await apply(dir, planned.plan, options);
  if (result === undefined) throw new Error(diagnostics.map(({ message }) => message).join("; "));
  return result.released.map(({ tag }) => tag);
}

export function readLockFile(dir: string): string {
  return readFileSync(join(dir, "prompts.lock"), "utf8");
}
