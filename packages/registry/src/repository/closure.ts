// The partials that a prompt reaches: which files belong to a version.

import { compareText, partialCandidates } from "@cuecard/model";

/** A file as the lookup meets it; `references` are the names of the partials it uses. */
export interface ClosureFile {
  readonly path: string;
  readonly references: readonly string[];
}

/**
 * Follows the references from a prompt's own text. A name is looked up from the *prompt's* folder upwards, also where it
 * stands in a partial of another folder. Names without a file are skipped: the compiler reports them with their place.
 *
 * @param find The file at a path within the prompts folder, `undefined` when there is none.
 * @returns the reached files, sorted by path.
 */
export async function reachPartials<F extends ClosureFile>(
  promptName: string,
  references: readonly string[],
  find: (path: string) => Promise<F | undefined> | F | undefined,
): Promise<F[]> {
  const reached = new Map<string, F>();
  const asked = new Set<string>(references);
  for (const name of asked) {
    for (const path of partialCandidates(promptName, name)) {
      const file = reached.get(path) ?? (await find(path));
      if (file === undefined) continue;
      reached.set(path, file);
      for (const reference of file.references) asked.add(reference); // a Set's iteration visits what is added meanwhile
      break;
    }
  }
  return [...reached.values()].sort((a, b) => compareText(a.path, b.path));
}
