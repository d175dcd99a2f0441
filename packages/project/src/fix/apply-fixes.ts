// Writes planned fixes: each file atomically, and only if it is still what the plan saw.

import path from "node:path";
import { type Applied, type Diagnostic, diagnose, writeFailure } from "@cuecard/model";
import { readProjectFile, replaceFile } from "@cuecard/registry";
import type { Project } from "../read/project.js";
import type { FixPlan } from "./plan-fixes.js";

export interface FixResult {
  /** The files that were written, relative to the project's folder. */
  readonly files: readonly string[];
}

export async function applyFixes(project: Project, plan: FixPlan): Promise<Applied<FixResult>> {
  const files: string[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const { file, before, after } of plan.files) {
    const isStill = async () => (await readProjectFile(project.dir, file, true))?.exact === before;
    try {
      if (await replaceFile(path.join(project.dir, file), after, isStill)) files.push(file);
      else diagnostics.push(diagnose("prompt/changed-while-fixing", {}, { file }));
    } catch (error) {
      diagnostics.push(writeFailure(error, file, file));
    }
  }
  return { result: { files }, diagnostics };
}
