// Applies a plan of `init`. Never overwrites a file that appeared after planning.

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { replaceFile } from "@cuecard/project";
import { RequestError } from "../exit.js";
import type { InitPlan } from "./init-plan.js";
import { refuseNonFile } from "./read-text.js";

/** @throws RequestError when a git repository is needed and cannot be created, or when a link is in the place of a file or folder. */
export async function applyInit(dir: string, plan: InitPlan): Promise<void> {
  if (plan.createsRepository) await createRepository(dir);
  const steps = plan.steps.filter((step) => step.kind === "create" || step.kind === "change");
  for (const { file } of steps) refuseNonFile(dir, file);
  for (const step of steps) {
    const file = path.join(dir, step.file);
    await mkdir(path.dirname(file), { recursive: true });
    // Atomic, because the next run keeps a file that exists, even an incomplete one.
    if (await replaceFile(file, step.text, async () => step.kind === "change" || !existsSync(file))) continue;
    throw new RequestError(`${step.file} was created while init was running`, "run init again");
  }
}

async function createRepository(dir: string): Promise<void> {
  try {
    await promisify(execFile)("git", ["init", "--quiet"], { cwd: dir });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      throw new RequestError(
        "this folder is not in a git repository, and git is not installed",
        "install git, or run this inside a repository",
      );
    throw new RequestError(`git init failed: ${(error as Error).message}`);
  }
}
