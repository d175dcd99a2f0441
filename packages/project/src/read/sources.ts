// The texts that findings point into: files of the working tree, and files of released versions.

import type { Snapshot, SourceFile } from "@cuecard/model";

/** The text of a file, or of a version's file; `undefined` if it is not available. */
export type SourceLookup = (file: string, ref: string | undefined) => string | undefined;

/**
 * Sources from a snapshot; files outside of it (aliases.json, prompts.lock …) through `readText`.
 *
 * @param readText Reads a file of the working tree, relative to the project's folder.
 */
export function snapshotSources(
  snapshot: Snapshot | undefined,
  readText: (file: string) => string | undefined,
): SourceLookup {
  const versions = new Map<string, SourceFile[]>();
  for (const version of snapshot?.versions ?? []) {
    if (version.content === undefined) continue;
    const ref = `v${version.version}`;
    for (const file of [version.content.prompt, ...version.content.partials]) {
      const key = `${file.path}@${ref}`;
      const texts = versions.get(key);
      if (texts === undefined) versions.set(key, [file]);
      else if (!texts.some((known) => known.text === file.text)) texts.push(file);
    }
  }
  return (file, ref) => {
    if (ref === undefined)
      return readText(file)
        ?.replace(/^\uFEFF/, "")
        .replaceAll("\r\n", "\n");
    // The same version number of several prompts may have different texts of a partial. Then no frame is shown.
    const texts = versions.get(`${file}@${ref}`);
    return texts?.length === 1 ? texts[0]?.text : undefined;
  };
}
