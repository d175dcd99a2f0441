// Finds the partials and schemas that a prompt uses, directly or through others: the files that belong to a version.

import { compareText, partialCandidates } from "@cuecard/model";

/** A file that the lookup finds; `references` are the names of the partials, or of the schemas, that it uses. */
export interface ClosureFile {
  readonly path: string;
  readonly references: readonly string[];
}

/**
 * Follows the references from a prompt's own text. A name is looked up from the *prompt's* folder upward, even if a
 * partial in another folder uses it. Names without a file are skipped: the compiler reports them with their place.
 *
 * @param find The file at a path within the prompts folder; `undefined` if there is none.
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
      for (const reference of file.references) asked.add(reference); // the loop also visits names that are added while it runs
      break;
    }
  }
  return [...reached.values()].sort((a, b) => compareText(a.path, b.path));
}

/**
 * Follows the names of schemas from a prompt's front matter. Names without a file are skipped: the compiler reports them with
 * their place.
 *
 * @param find The file of a named schema, with the names that it uses itself.
 * @returns the reached files, sorted by path.
 */
export async function reachSchemas<F extends ClosureFile>(
  references: readonly string[],
  find: (name: string) => Promise<F | undefined> | F | undefined,
): Promise<F[]> {
  const reached: F[] = [];
  const asked = new Set<string>(references);
  for (const name of asked) {
    const file = await find(name);
    if (file === undefined) continue;
    reached.push(file);
    for (const reference of file.references) asked.add(reference); // the loop also visits names that are added while it runs
  }
  return reached.sort((a, b) => compareText(a.path, b.path));
}
