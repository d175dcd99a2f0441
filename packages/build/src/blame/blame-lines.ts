// Which of several texts brought each line of the last one.

import { diffArrays } from "diff";
import { linesOf } from "../text/lines-of.js";

/**
 * Compares each text with the one before it. A line that is in both came with the earlier.
 *
 * @param texts In the order in which they came about.
 * @returns For each line of the last text the index of the text that brought it.
 */
export function blameLines(texts: readonly string[]): number[] {
  let lines: readonly string[] = [];
  let origins: number[] = [];
  for (const [index, text] of texts.entries()) {
    const next = linesOf(text);
    let at = 0;
    origins = compareLines(lines, next).flatMap(({ added, removed, count }) => {
      if (added) return Array<number>(count).fill(index);
      const kept = removed ? [] : origins.slice(at, at + count);
      at += count;
      return kept;
    });
    lines = next;
  }
  return origins;
}

interface Stretch {
  readonly added: boolean;
  readonly removed: boolean;
  readonly count: number;
}

/** Above this, texts have little in common, and the time grows with the square. */
const MOST_EDITS = 2000;

function compareLines(before: readonly string[], after: readonly string[]): readonly Stretch[] {
  return diffArrays([...before], [...after], { maxEditLength: MOST_EDITS }) ?? inOnePlace(before, after);
}

/** What begins and ends alike is kept, and all between is another. */
function inOnePlace(before: readonly string[], after: readonly string[]): Stretch[] {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return [
    { added: false, removed: false, count: head },
    { added: false, removed: true, count: before.length - head - tail },
    { added: true, removed: false, count: after.length - head - tail },
    { added: false, removed: false, count: tail },
  ];
}
