// The files of a package. A build looks up few of them, so they are found by halving: a map of 60,000 files takes longer to make.

import type { WrittenFile } from "../cache/build-state.js";

export class SortedFiles {
  readonly list: readonly WrittenFile[];

  /** @param list Sorted by path. */
  constructor(list: readonly WrittenFile[]) {
    this.list = list;
  }

  get(path: string): WrittenFile | undefined {
    let [low, high] = [0, this.list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const file = this.list[middle];
      if (file === undefined || file[0] === path) return file;
      if (file[0] < path) low = middle + 1;
      else high = middle;
    }
    return undefined;
  }

  has(path: string): boolean {
    return this.get(path) !== undefined;
  }
}
