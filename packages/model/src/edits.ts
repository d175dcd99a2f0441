// Applies edits to the exact text of a file: everything outside of them stays as it is, also its byte-order mark and line ends.

import type { Position, TextEdit } from "./diagnostics/diagnostic.js";
import { lineEndOf } from "./line-ends.js";

const BYTE_ORDER_MARK = "\ufeff";

/**
 * A file's text after edits. Of edits that overlap, the first in the file is applied: what the others are about may be
 * gone, so look for findings again. Equal edits count once.
 *
 * @param text With its byte-order mark and line ends; edits with `\n` get the file's own line ends.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const offset = offsetsOf(text);
  const lineEnd = lineEndOf(text);
  const sorted = edits
    .map(({ range, text: written }) => ({ start: offset(range.start), end: offset(range.end), written }))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const parts: string[] = [];
  let done = 0;
  let last: (typeof sorted)[number] | undefined;
  for (const edit of sorted) {
    if (last !== undefined && (edit.start < last.end || edit.start === last.start)) continue;
    parts.push(text.slice(done, edit.start), edit.written.replaceAll("\n", lineEnd));
    done = edit.end;
    last = edit;
  }
  return [...parts, text.slice(done)].join("");
}

/**
 * Where the positions of findings are in the exact text of a file: a function from positions to offsets in UTF-16 units.
 *
 * @param text With its byte-order mark and line ends, neither of which findings count.
 */
export function offsetsOf(text: string): (position: Position) => number {
  const starts = lineStarts(text);
  return ({ line, column }) => Math.min((starts[line - 1] ?? text.length) + column - 1, text.length);
}

function lineStarts(text: string): readonly number[] {
  const starts = [text.startsWith(BYTE_ORDER_MARK) ? 1 : 0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
