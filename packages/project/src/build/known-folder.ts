// What a process that watches knows of the package's folder since it wrote it. To list all files again takes longer than most rebuilds.

import { statSync } from "node:fs";
import path from "node:path";
import type { WrittenFile } from "../cache/build-state.js";

export class KnownFolder {
  readonly files: readonly WrittenFile[];
  readonly #dist: string;
  /** Of its folders and shared files. */
  readonly #marks: ReadonlyMap<string, string>;

  /** @param files All of its files, as they were just written. */
  constructor(dist: string, files: readonly WrittenFile[]) {
    this.files = files;
    this.#dist = dist;
    const folders = files.map(([file]) => path.posix.dirname(file));
    const shared = files.flatMap(([file]) => (file.includes("/") ? [] : [file]));
    this.#marks = new Map([...new Set([...folders, ...shared])].map((one) => [one, this.#mark(one)]));
  }

  /**
   * Whether no file was added, removed or replaced, and no shared file was changed. What is not noticed is a text that was changed in
   * the file of one prompt.
   */
  isSame(dist: string): boolean {
    return dist === this.#dist && [...this.#marks].every(([one, mark]) => this.#mark(one) === mark);
  }

  #mark(one: string): string {
    const found = statSync(`${this.#dist}/${one}`, { throwIfNoEntry: false });
    return found === undefined ? "" : `${found.dev} ${found.ino} ${found.size} ${found.mtimeMs}`;
  }
}
