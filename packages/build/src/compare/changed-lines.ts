// What a version changes, line by line: the whole text of a prompt's first version, and otherwise what differs from the one before.

import { compareText, filesOf, type PromptContent } from "@cuecard/model";
import { diffLines } from "diff";
import { linesOf } from "../text/lines-of.js";

/** The changed lines of one file. */
export interface ChangedFile {
  readonly path: string;
  readonly lines: readonly ChangedLine[];
}

export interface ChangedLine {
  readonly kind: "added" | "removed";
  readonly text: string;
}

/** Time grows with the square of the difference. Beyond this limit, the whole file counts as changed. */
const MOST_EDITS = 4_000;

/** @param before `undefined` for a first version. */
export function changedLines(before: PromptContent | undefined, after: PromptContent): ChangedFile[] {
  const [was, is] = [before, after].map(
    (content) => new Map((content === undefined ? [] : filesOf(content)).map(({ path, text }) => [path, text])),
  );
  const paths = [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])].sort(compareText);
  return paths.flatMap((path) => {
    const parts = compareTexts(was?.get(path) ?? "", is?.get(path) ?? "");
    const lines = parts.flatMap(({ kind, lines: own }) =>
      kind === "same" ? [] : own.map((text): ChangedLine => ({ kind, text })),
    );
    return lines.length === 0 ? [] : [{ path, lines }];
  });
}

/**
 * Where a text differs from an earlier one: the numbers of its new lines, and of the line that follows removed ones.
 * 1-based, ascending.
 */
export function changedLineNumbers(before: string, after: string): number[] {
  const numbers = new Set<number>();
  let line = 1;
  for (const { kind, lines } of compareTexts(before, after)) {
    if (kind === "removed") numbers.add(line);
    else if (kind === "added") for (const at of lines.keys()) numbers.add(line + at);
    if (kind !== "removed") line += lines.length;
  }
  return [...numbers];
}

interface Part {
  readonly kind: ChangedLine["kind"] | "same";
  readonly lines: readonly string[];
}

function compareTexts(before: string, after: string): Part[] {
  if (before === after) return [];
  const parts = diffLines(before, after, { maxEditLength: MOST_EDITS }) ?? [
    { removed: true, added: false, value: before },
    { removed: false, added: true, value: after },
  ];
  return parts.map(({ added, removed, value }) => ({
    kind: added ? "added" : removed ? "removed" : "same",
    lines: linesOf(value),
  }));
}
