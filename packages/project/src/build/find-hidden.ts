// Invisible characters in files that are not compiled: the notes and reasons in prompts.lock, scores, and partials that no prompt
// includes yet.

import { allowedCharacters, type Diagnostic, LOCK_FILE, reportInvisible, type Snapshot } from "@cuecard/model";
import { readProjectFile, SCORES_EXTENSION } from "@cuecard/registry";
import type { Project } from "../read/project.js";

/** @param lockText prompts.lock, as it is or will be. The notes of a tag can no longer be edited, so findings there are warnings. */
export async function findHidden(project: Project, snapshot: Snapshot, lockText: string): Promise<Diagnostic[]> {
  const { dir, config } = project;
  const isAllowed = allowedCharacters(config.allowCharacters);
  const scored = [...new Set(snapshot.scores.map(({ name }) => `${snapshot.promptsDir}/${name}${SCORES_EXTENSION}`))];
  const scores = await Promise.all(
    scored.map(async (path) => ({ path, text: (await readProjectFile(dir, path))?.text ?? "" })),
  );
  const records = [{ path: LOCK_FILE, text: lockText }, ...scores].flatMap((file) => reportInvisible(file, isAllowed));
  return [
    ...records.map(({ fix, ...finding }): Diagnostic => ({ ...finding, severity: "warning" })),
    ...snapshot.workingPartials.flatMap((partial) => reportInvisible(partial, isAllowed)),
  ];
}
