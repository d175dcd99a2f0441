// The texts that findings point into: files of the working tree, and files of released versions.

import { type Diagnostic, filesOf, plainText, type Snapshot, versionRef } from "@cuecard/model";

/**
 * The text of a file, or of a version's file; `undefined` if it is not available.
 *
 * @param finding The finding that points into it. Without it, a partial that differs between prompts is not found, because
 * `ref` does not name the prompt.
 */
export type SourceLookup = (
  file: string,
  ref: string | undefined,
  finding?: Pick<Diagnostic, "subject" | "revision">,
) => string | undefined;

/**
 * Sources from a snapshot; files outside of it (aliases.json, prompts.lock …) through `readText`.
 *
 * @param readText Reads a file of the working tree, relative to the project's folder.
 */
export function snapshotSources(
  snapshot: Snapshot | undefined,
  readText: (file: string) => string | undefined,
): SourceLookup {
  const ofPrompts = new Map<string, string>();
  const ofAll = new Map<string, Set<string>>();
  for (const { name, version, content } of snapshot?.versions ?? []) {
    if (content === undefined) continue;
    for (const file of filesOf(content)) {
      const key = keyOf(file.path, versionRef(version));
      ofPrompts.set(keyOf(file.path, versionRef(version), name), file.text);
      ofAll.set(key, (ofAll.get(key) ?? new Set()).add(file.text));
    }
  }
  return (file, ref, finding) => {
    if (ref === undefined) {
      const text = readText(file);
      return text === undefined ? undefined : plainText(text);
    }
    const name = finding?.subject?.name;
    const own = name === undefined ? undefined : ofPrompts.get(keyOf(file, ref, name));
    if (own !== undefined) return own;
    // The same version number of several prompts may have different texts of a partial. Then no frame is shown.
    const [text, ...others] = ofAll.get(keyOf(file, ref)) ?? [];
    return others.length === 0 ? text : undefined;
  };
}

const keyOf = (...parts: readonly string[]): string => JSON.stringify(parts);
