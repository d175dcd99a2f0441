// Which findings are at lines that a branch changes: reviewers look there, and code hosts show only some findings.

import { type Diagnostic, plainText } from "@cuecard/model";
import { readFilesOfCommit } from "@cuecard/registry";
import type { Project } from "../read/project.js";
import { readSources } from "../read/read-sources.js";

/**
 * @param commit Where the branch began.
 * @returns The findings at lines that the working tree adds or changes, or after which it removes some. A finding about a whole
 * file counts if the file differs.
 */
export async function findTouched(
  project: Project,
  commit: string,
  diagnostics: readonly Diagnostic[],
): Promise<Diagnostic[]> {
  const own = diagnostics.filter(({ revision }) => revision === undefined);
  if (own.length === 0) return [];
  const files = [...new Set(own.map(({ file }) => file))];
  const before = await readFilesOfCommit(await project.repository.open(), commit, files);
  const sourceOf = await readSources(project, []);
  const { changedLineNumbers } = await project.compiler();
  const changed = new Map(
    files.map((file) => {
      const text = plainText(before.get(file) ?? "");
      return [file, new Set(changedLineNumbers(text, sourceOf(file, undefined) ?? ""))];
    }),
  );
  return own.filter(({ file, range }) => {
    const lines = changed.get(file);
    if (lines === undefined || range === undefined) return (lines?.size ?? 0) > 0;
    for (let line = range.start.line; line <= range.end.line; line++) if (lines.has(line)) return true;
    return false;
  });
}
