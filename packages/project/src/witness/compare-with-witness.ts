// Compares prompts.lock with a witness, and records there what it lacks.

import { appendFile } from "node:fs/promises";
import path from "node:path";
import { type Diagnostic, diagnose, hasErrors, LOCK_FILE } from "@cuecard/model";
import { compareWitness, parseLock, readProjectFile } from "@cuecard/registry";
import type { Project } from "../read/project.js";
import { isUrl, readWitness } from "./read-witness.js";

/**
 * Findings about lines of prompts.lock that contradict a witness, and of the witness that have no line here.
 *
 * @param witness A file, relative to the project's folder or absolute, or a URL (http, https).
 * @param options.records Whether to add what the witness lacks. Nothing is added if anything contradicts it.
 */
export async function compareWithWitness(
  project: Project,
  witness: string,
  { records }: { readonly records: boolean },
): Promise<readonly Diagnostic[]> {
  const unreadable = (problem: string) => [diagnose("witness/unreadable", { witness, problem }, { file: "." })];
  if (records && isUrl(witness)) return unreadable("a URL is only read; record versions in a file");
  const read = await readWitness(project.dir, witness, {
    offline: project.onFetch === undefined,
    mayBeMissing: records,
  });
  if ("problem" in read) return unreadable(read.problem);
  const { lines } = parseLock((await readProjectFile(project.dir, LOCK_FILE))?.text ?? "");
  const { diagnostics, missing } = compareWitness(read.text, witness, lines);
  if (!records || hasErrors(diagnostics)) return diagnostics;
  if (missing.length > 0) {
    const start = read.text === "" || read.text.endsWith("\n") ? "" : "\n";
    try {
      // In one write: others may record versions at the same time.
      await appendFile(path.resolve(project.dir, witness), `${start}${missing.join("\n")}\n`);
    } catch (error) {
      if (!(error instanceof Error && "code" in error)) throw error;
      return unreadable(error.message);
    }
  }
  return diagnostics.filter(({ code }) => code !== "witness/not-recorded");
}
