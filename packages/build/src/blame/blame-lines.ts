// Which of several texts brought each line of the last one.

import { diffArrays } from "diff";

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
    origins = diffArrays([...lines], [...next]).flatMap(({ added, removed, count }) => {
      if (added) return Array<number>(count).fill(index);
      const kept = removed ? [] : origins.slice(at, at + count);
      at += count;
      return kept;
    });
    lines = next;
  }
  return origins;
}

/** The lines of a text, as editors count them. */
export function linesOf(text: string): string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
