// The files of a reading by their texts, or by hashes of them in a reading that was kept on disk.

import { hashText, type InputText } from "./input-text.js";

const GROUPS = 64;

export class InputFiles {
  /** By path within the prompts folder. All files that cannot be read have the same text. */
  readonly files: ReadonlyMap<string, InputText>;
  #groups: readonly string[] | undefined;

  /** @param groups Where the texts of files were not kept. */
  constructor(files: Iterable<readonly [path: string, file: InputText]>, groups?: readonly string[]) {
    this.files = new Map(files);
    this.#groups = groups;
  }

  /** Hashes of groups of files: comparing a few takes a tenth of the time of comparing one for each file. */
  get groups(): readonly string[] {
    this.#groups ??= hashGroups(this.files);
    return this.#groups;
  }

  /** The paths of all files that are not the same as earlier, or not in both. */
  changedSince(earlier: InputFiles): string[] {
    const changed = [...earlier.files.keys()].filter((path) => !this.files.has(path));
    // A process that watches has the texts of both, and needs no hash.
    const same = earlier.#groups?.map((group, index) => group === this.groups[index]);
    for (const [path, file] of this.files) {
      const before = earlier.files.get(path);
      if (before !== undefined && (same?.[groupOf(path)] === true || file.isSame(before))) file.takeHash(before);
      else changed.push(path);
    }
    return changed;
  }
}

function groupOf(path: string): number {
  let sum = 0;
  for (let at = 0; at < path.length; at++) sum = (sum * 31 + path.charCodeAt(at)) | 0;
  return Math.abs(sum) % GROUPS;
}

function hashGroups(files: InputFiles["files"]): string[] {
  const groups = Array.from({ length: GROUPS }, (): string[] => []);
  for (const [path, { text = "" }] of files) groups[groupOf(path)]?.push(`${path}\0${text.length}\0${text}`);
  // One long text takes a third of the time of many.
  return groups.map((texts) => hashText(texts.join("\0")));
}
