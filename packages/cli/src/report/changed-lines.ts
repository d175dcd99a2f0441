// A text whose changes are known by words, line by line: only the lines near a change are shown.

import type { WordChange } from "@cuecard/project";

export interface ShownLine {
  /** In order; empty for an empty line. */
  readonly parts: readonly WordChange[];
}

/** How many lines are shown around a change. */
const CONTEXT = 2;

/** @returns The lines near a change; `undefined` for lines that are left out. */
export function changedLines(words: readonly WordChange[]): (ShownLine | undefined)[] {
  const lines = splitLines(words);
  const isShown = (at: number) =>
    lines.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some(({ isChanged }) => isChanged);
  const shown: (ShownLine | undefined)[] = [];
  for (const [at, line] of lines.entries()) {
    if (isShown(at)) shown.push(line);
    else if (at === 0 || isShown(at - 1)) shown.push(undefined);
  }
  return shown;
}

interface Line {
  parts: WordChange[];
  isChanged: boolean;
}

/** A change that reaches over a line's end is a part of each line. */
function splitLines(words: readonly WordChange[]): Line[] {
  let line: Line = { parts: [], isChanged: false };
  const lines = [line];
  for (const { kind, text } of words)
    for (const [index, part] of text.split("\n").entries()) {
      if (index > 0) {
        if (kind !== "same") line.isChanged = true;
        line = { parts: [], isChanged: false };
        lines.push(line);
      }
      if (kind !== "same" && (part !== "" || index > 0)) line.isChanged = true;
      if (part !== "") line.parts.push({ kind, text: part });
    }
  // The end of the last line begins no other.
  if (lines.length > 1 && line.parts.length === 0) lines.pop();
  return lines;
}
