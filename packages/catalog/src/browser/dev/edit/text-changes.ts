// Texts compared line by line, so that an editor changes only what differs and keeps its cursor, and merged.

import { ChangeSet, Text } from "@codemirror/state";
import { diffLines } from "diff";
import type { TextChange } from "../../../dev/protocol.js";

/** Beyond this limit, a text is replaced as a whole: time grows with the square of the difference. */
const MOST_EDITS = 2_000;

/** What makes `after` of `before`. */
export function changesBetween(before: string, after: string): TextChange[] {
  return lineChanges(before, after).map((change) => narrow(before, change));
}

/** The same, but lines are replaced as a whole. */
function lineChanges(before: string, after: string): TextChange[] {
  if (before === after) return [];
  const parts = diffLines(before, after, { maxEditLength: MOST_EDITS });
  if (parts === undefined) return [{ from: 0, to: before.length, insert: after }];
  const changes: TextChange[] = [];
  let [from, to, insert] = [0, 0, ""];
  const flush = () => {
    if (to > from || insert !== "") changes.push({ from, to, insert });
  };
  for (const { added, removed, value } of parts) {
    if (added) insert += value;
    else if (removed) to += value.length;
    else {
      flush();
      from = to + value.length;
      [to, insert] = [from, ""];
    }
  }
  flush();
  return changes;
}

/** Leaves out what the old and the new text begin and end with. */
function narrow(text: string, { from, to, insert }: TextChange): TextChange {
  const most = Math.min(to - from, insert.length);
  let [start, end] = [0, 0];
  while (start < most && text[from + start] === insert[start]) start++;
  while (end < most - start && text[to - 1 - end] === insert[insert.length - 1 - end]) end++;
  return { from: from + start, to: to - end, insert: insert.slice(start, insert.length - end) };
}

/**
 * Both changes of a text. Where they concern the same lines, both versions of these lines are in the result: nothing that one of them
 * wrote is lost.
 */
export function mergeTexts(base: string, mine: string, theirs: string): string {
  // So that every line ends in a line end.
  const [was, own, other] = [`${base}\n`, `${mine}\n`, `${theirs}\n`];
  const kept = lineChanges(was, own);
  const isKnown = ({ from, to, insert }: TextChange) =>
    kept.some((change) => change.from === from && change.to === to && change.insert === insert);
  const more = lineChanges(was, other).filter((change) => !isKnown(change));
  const first = ChangeSet.of(kept, was.length, "\n");
  const second = ChangeSet.of(more, was.length, "\n").map(first);
  return first
    .compose(second)
    .apply(Text.of(was.split("\n")))
    .toString()
    .slice(0, -1);
}
