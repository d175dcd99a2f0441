// The folder that a build makes beside the package. Files that did not change are hard links to those of the package: the folder of an
// earlier build has most of them already.

import { copyFileSync, existsSync, linkSync, mkdirSync, unlinkSync } from "node:fs";
import path from "node:path";
import { removeFile } from "./remove-file.js";
import { removeFolder } from "./remove-folder.js";
import type { SortedFiles } from "./sorted-files.js";
import type { KnownPackage, SpareFolder } from "./spare-folder.js";

/** Another process replaced the package while this one made a new one from it. */
export class PackageMoved extends Error {}

export interface NextFolderOptions extends KnownPackage {
  /** Where it is made. */
  readonly next: string;
  /** The folder of an earlier build. */
  readonly spare: SpareFolder | undefined;
}

export class NextFolder {
  readonly path: string;
  /** Files that were kept and have a new time, since they could not be linked. */
  readonly copied: Set<string> = new Set();
  readonly #options: NextFolderOptions;
  readonly #files: SortedFiles;
  readonly #folders = new Set<string>();
  /** Files of the package that are not in the folder; `undefined` as long as it does not exist. */
  #absent: Set<string> | undefined;

  constructor(options: NextFolderOptions) {
    this.#options = options;
    this.path = options.next;
    this.#files = options.files;
  }

  /** Makes place for a new file, and returns its path. */
  placeOf(file: string): string {
    const absent = this.#make();
    const target = `${this.path}/${file}`;
    const folder = path.dirname(target);
    if (!this.#folders.has(folder)) mkdirSync(folder, { recursive: true });
    this.#folders.add(folder);
    if (!absent.has(file) && this.#files.has(file)) {
      unlinkSync(target);
      absent.add(file);
    }
    return target;
  }

  /**
   * Adds what is missing, and removes what is superfluous.
   *
   * @param changed Files that were placed.
   * @param superfluous Files of the package that the new one does not have.
   */
  complete(changed: readonly string[], superfluous: readonly string[]): void {
    const absent = this.#make();
    const others = new Set([...changed, ...superfluous]);
    for (const file of superfluous) if (!absent.has(file)) removeFile(this.path, file);
    for (const file of absent) if (!others.has(file)) this.#link(file);
  }

  async discard(): Promise<void> {
    if (existsSync(this.path)) await removeFolder(this.path);
  }

  #make(): Set<string> {
    const { spare } = this.#options;
    this.#absent ??= spare?.take(this.path, this.#options) ?? new Set(this.#files.list.map(([file]) => file));
    return this.#absent;
  }

  /** A hard link: the same file, with its times. On drives without hard links (some network drives), it is copied. */
  #link(file: string): void {
    const from = path.join(this.#options.dist, file);
    const to = this.placeOf(file);
    try {
      linkSync(from, to);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") throw new PackageMoved(file);
      copyFileSync(from, to);
      this.copied.add(file);
    }
  }
}
