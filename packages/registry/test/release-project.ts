// For tests: plans and carries out releases as the command line does, with a stand-in for the template parser.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { vi } from "vitest";
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

/** Hides the machine's own settings and identity from git. */
export function isolateGit(identity: { readonly name: string; readonly email: string } | undefined): void {
  vi.stubEnv("GIT_CONFIG_GLOBAL", "/dev/null");
  vi.stubEnv("GIT_CONFIG_NOSYSTEM", "1");
  vi.stubEnv("XDG_CONFIG_HOME", "/nonexistent");
  for (const variable of ["GIT_AUTHOR", "GIT_COMMITTER"]) {
    vi.stubEnv(`${variable}_NAME`, identity?.name);
    vi.stubEnv(`${variable}_EMAIL`, identity?.email);
  }
}

export function readLockFile(dir: string): string {
  return readFileSync(join(dir, "prompts.lock"), "utf8");
}
