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
    const lines = compareTexts(was?.get(path) ?? "", is?.get(path) ?? "");
    return lines.length === 0 ? [] : [{ path, lines }];
  });
}

function compareTexts(before: string, after: string): ChangedLine[] {
  if (before === after) return [];
  const parts = diffLines(before, after, { maxEditLength: MOST_EDITS }) ?? [
    { removed: true, added: false, value: before },
    { removed: false, added: true, value: after },
  ];
  return parts.flatMap(({ added, removed, value }): ChangedLine[] =>
    added || removed ? linesOf(value).map((text) => ({ kind: added ? "added" : "removed", text })) : [],
  );
}
